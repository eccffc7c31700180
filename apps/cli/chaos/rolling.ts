import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView } from '#libs/contracts/api/views';
import { Balancer } from './balancer.js';
import type { Asked, ChaosClient } from './client.js';
import type { Citizen, Lives } from './lives.js';
import type { Check } from './verdict.js';
import type { World } from './world.js';

const AT_ONCE = 4;
const MOST_EXAMPLES = 5;
/** What takes longer was forgotten, however slow the machine. */
const ANSWER_MS = 30_000;
/** Before the first restart each of those who ask has been answered so often. */
const WARM_LIVES = 2;

/** Nothing of what is asked may be cut off; "later" is what a machine says that cannot keep up. */
const CUT_OFF = 'requests not cut off while all restarts in turn';
const AT_FIRST = 'requests answered at the first try while all restarts in turn';

/** Restarts both APIs and both workers one after the other, in order, while requests come: each must be answered at once. */
export async function restartInTurn(
  world: World,
  client: ChaosClient,
  lives: Lives,
  citizens: readonly Citizen[],
): Promise<Check[]> {
  const balancer = await Balancer.start(world.urls);
  const cutOff: Check = { what: CUT_OFF, good: 0, of: 0, examples: [] };
  const atFirst: Check = { what: AT_FIRST, good: 0, of: 0, examples: [] };
  let over = false;
  let lived = 0;

  const ask = async (method: string, path: string, asked: Asked): Promise<CaseView | null> => {
    const url = `${balancer.url}/api/v1/${path}`;
    const told = (check: Check, problem: string | null): void => {
      check.of += 1;
      if (problem === null) check.good += 1;
      else if (check.examples.length < MOST_EXAMPLES) check.examples.push(`${method} ${path}: ${problem}`);
    };
    try {
      const { status, body } = await client.once<CaseView>(method, url, { ...asked, tryMs: ANSWER_MS });
      told(cutOff, null);
      told(atFirst, status < 300 ? null : `${status} ${JSON.stringify(body).slice(0, 160)}`);
      return status < 300 ? body : null;
    } catch (error) {
      const problem = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error);
      told(cutOff, problem);
      told(atFirst, problem);
      return null;
    }
  };
  const load = async ({ token }: Citizen): Promise<void> => {
    while (!over) {
      const life = lives.promise('http', { withdrawn: true });
      const { mark } = life;
      const lodging = { token, key: `${mark}/register`, body: lives.complaint(mark) };
      // Where it is not known whether it was taken, its key tells.
      const lodged =
        (await ask('POST', 'grievances', lodging)) ?? (await client.surely<CaseView>('POST', 'grievances', lodging));
      life.number = lodged.number;
      await ask('GET', `grievances/${life.number}`, { token });
      const path = `grievances/${life.number}/withdraw`;
      const asked = { token, key: `${mark}/withdraw`, body: { reason: 'It was lit again' } };
      if (!(await ask('POST', path, asked))) await client.surely('POST', path, asked);
      life.ended = true;
      lived += 1;
    }
  };

  const running = citizens.slice(0, AT_ONCE).map((citizen) => load(citizen));
  try {
    while (lived < WARM_LIVES * running.length) await Promise.race([sleep(100), ...running]);
    for (const part of [...world.apis, ...world.workers]) await part.restart();
  } finally {
    over = true;
    await Promise.all(running);
    balancer.stop();
  }
  return [cutOff, atFirst];
}
