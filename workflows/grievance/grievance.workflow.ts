import { allHandlersFinished, CancellationScope, condition, continueAsNew, setHandler } from '@temporalio/workflow';
import { COMMANDS } from '#libs/domain/case/names';
import {
  adoptSignal,
  commandUpdates,
  recomputeSignal,
  stateQuery,
  type CommandRequest,
  type GrievanceStart,
} from '#libs/contracts/temporal/grievance';
import { historyIsLong } from '../history-length.js';
import { LiveCase } from './live-case.js';
import { Recorder } from './recorder.js';

/** A case that lives long goes on in a new run after this many events. */
const LONGEST_HISTORY = 4_000;

/**
 * One grievance from registration to closure. What may happen is decided by the rules; here is when it happens: a
 * command or a deadline changes the case, the step goes to the record, and the next deadline is waited for.
 */
export async function grievance(start: GrievanceStart): Promise<void> {
  // A case ends by its rules alone: a cancelled workflow would leave an open case in the record for ever.
  await CancellationScope.nonCancellable(async () => {
    const recorder = new Recorder();
    const live = setup(start, recorder);
    await Promise.all([run(live, recorder), recorder.run(() => live.isClosed)]);
    await condition(allHandlersFinished);
  });
}

/** Routed before the first handler is there, so that no command meets a case without an owner. */
function setup(start: GrievanceStart, recorder: Recorder): LiveCase {
  const live = new LiveCase(start, recorder);
  if (start.registration) live.route(start.registration);
  for (const name of COMMANDS) {
    setHandler(commandUpdates[name], (request: CommandRequest) => live.carryOut(request), {
      validator: (request: CommandRequest) => live.check(request),
    });
  }
  setHandler(recomputeSignal, ({ order, calendar }) => live.recompute(order, calendar));
  setHandler(adoptSignal, ({ from, persons }) => live.adopt(from, persons));
  setHandler(stateQuery, () => live.state);
  return live;
}

async function run(live: LiveCase, recorder: Recorder): Promise<void> {
  const mayContinueAsNew = (): boolean => historyIsLong(LONGEST_HISTORY) && recorder.isIdle && allHandlersFinished();
  live.meetDeadlines();
  while (!live.isClosed) {
    const { wakeAt } = live;
    const moved = await messageOrTimer(wakeAt, () => live.isClosed || live.wakeAt !== wakeAt || mayContinueAsNew());
    if (!moved) live.passTime();
    live.meetDeadlines();
    if (!live.isClosed && mayContinueAsNew()) await continueAsNew<typeof grievance>(live.carriedOn());
  }
}

/**
 * One timer at a time; it stays as it is while the messages that come do not move the next deadline.
 * @returns false: the timer has fired
 */
async function messageOrTimer(wakeAt: number | null, moved: () => boolean): Promise<boolean> {
  if (wakeAt !== null) return condition(moved, Math.max(1, wakeAt - Date.now()));
  await condition(moved);
  return true;
}
