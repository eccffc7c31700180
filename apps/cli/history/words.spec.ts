import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { deriveKeys } from '#libs/config/keys';
import { codecFor } from '#libs/temporal/data-converter';
import type { EncryptionCodec } from '#libs/temporal/payload-codec';
import { PayloadReader } from './payloads.js';
import { HistoryWords } from './words.js';

type Event = temporal.api.history.v1.IHistoryEvent;

const codec = codecFor(deriveKeys('a secret that is long enough for tests'));
const at = Date.UTC(2026, 6, 14, 5, 0, 0);

async function encrypted(...values: unknown[]): Promise<temporal.api.common.v1.IPayloads> {
  return { payloads: await codec.encode(values.map((value) => defaultPayloadConverter.toPayload(value))) };
}

async function told(...events: Event[]): Promise<string[]> {
  const numbered = events.map((event, index) => ({
    ...event,
    eventId: index + 1,
    eventTime: { seconds: at / 1000 + index },
  })) as unknown as Event[];
  const lines = await new HistoryWords(new PayloadReader(codec), 'Asia/Kolkata').tell(numbered);
  return lines.map((line) => `${line.event} ${line.text}`);
}

const seconds = (count: number): { seconds: never } => ({ seconds: count as never });

describe('a history in words', () => {
  it('says which officer gave a command, from the encrypted request', async () => {
    const actor = { id: 'user:water-lme-b10', name: 'Gautam Sen', roles: ['lme'], posts: [] };
    const args = await encrypted({ command: { name: 'resolve', actor, body: {} }, id: 'x', bodyHash: 'y' });
    const lines = await told({
      workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { input: { name: 'resolve', args } } },
    });
    expect(lines).toEqual(['1 resolve by Gautam Sen, water-lme-b10 (lme)']);
  });

  it('calls a citizen a citizen, whose id is a hash that tells nobody anything', async () => {
    const actor = { id: 'citizen:abcdef', roles: ['citizen'], posts: [] };
    const args = await encrypted({ command: { name: 'rate', actor, body: { rating: 2 } } });
    const lines = await told({
      workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { input: { name: 'rate', args } } },
    });
    expect(lines).toEqual(['1 rate by a citizen']);
  });

  it('tells timers set, fired and no longer needed, in the time of the city', async () => {
    const lines = await told(
      { timerStartedEventAttributes: { timerId: '1', startToFireTimeout: seconds(90_000) } },
      { timerCanceledEventAttributes: { timerId: '1' } },
      { timerStartedEventAttributes: { timerId: '2', startToFireTimeout: seconds(60) } },
      { timerFiredEventAttributes: { timerId: '2' } },
    );
    expect(lines).toEqual([
      '1 Timer 1 set for 1 d 1 h (2026-07-15 11:30:00)',
      '2 Timer 1 no longer needed (was for 2026-07-15 11:30:00)',
      '3 Timer 2 set for 1 min (2026-07-14 10:31:02)',
      '4 Timer 2 fired',
    ]);
  });

  it('tells how often an activity was tried and why it failed before', async () => {
    const lastFailure = { message: 'Activity task failed', cause: { message: 'The record cannot be reached\nat …' } };
    const lines = await told(
      { activityTaskScheduledEventAttributes: { activityType: { name: 'recordSteps' } } },
      { activityTaskStartedEventAttributes: { scheduledEventId: 1 as never, attempt: 3, lastFailure } },
      { activityTaskCompletedEventAttributes: { scheduledEventId: 1 as never } },
    );
    expect(lines).toEqual([
      '2 recordSteps: attempt 3; the one before failed: The record cannot be reached',
      '3 recordSteps done in 3 attempts, 2 s',
    ]);
  });

  it('opens the words of a failure, and says that they are sealed where it has not the key', async () => {
    const sealedBy = async (by: EncryptionCodec) => {
      const attributes = { message: 'The provider says no\nto everything', stack_trace: 'at …' };
      const [encodedAttributes] = await by.encode([defaultPayloadConverter.toPayload(attributes)]);
      return { message: 'Encoded failure', cause: { message: 'Encoded failure', encodedAttributes } };
    };
    const scheduled = { activityTaskScheduledEventAttributes: { activityType: { name: 'deliver' } } };
    const failed = (failure: object) => ({
      activityTaskFailedEventAttributes: { scheduledEventId: 1 as never, failure },
    });
    expect(await told(scheduled, failed(await sealedBy(codec)))).toEqual([
      '2 deliver failed for good: The provider says no, 1 s',
    ]);
    const other = codecFor(deriveKeys('quite another secret, also long enough'));
    expect(await told(scheduled, failed(await sealedBy(other)))).toEqual([
      '2 deliver failed for good: Encoded failure, 1 s',
    ]);
  });

  it('leaves out what Temporal only keeps for itself', async () => {
    const lines = await told(
      { workflowExecutionStartedEventAttributes: { workflowType: { name: 'grievance' } } },
      { workflowTaskScheduledEventAttributes: {} },
      { workflowTaskStartedEventAttributes: {} },
      { workflowTaskCompletedEventAttributes: {} },
      { workflowExecutionContinuedAsNewEventAttributes: { newExecutionRunId: 'next' } },
    );
    expect(lines).toEqual(['1 Started as grievance', '5 Continued in a new run, because this history had grown long']);
  });

  it('still tells the rest when a payload was written under a key that is lost', async () => {
    const other = codecFor(deriveKeys('quite another secret, also long enough'));
    const payloads = await other.encode([defaultPayloadConverter.toPayload({ command: {} })]);
    const lines = await told({
      workflowExecutionUpdateAcceptedEventAttributes: {
        acceptedRequest: { input: { name: 'reopen', args: { payloads } } },
      },
    });
    expect(lines).toEqual(['1 reopen by somebody']);
  });
});
