import type { CaseView } from '#libs/contracts/api/views';
import { Balancer } from './balancer.js';
import type { ChaosClient } from './client.js';
import type { Citizen, Lives } from './lives.js';
import type { Check } from './verdict.js';
import type { World } from './world.js';

const AT_ONCE = 4;
const MOST_EXAMPLES = 5;

/** Restarts both APIs and both workers one after the other, in order, while requests come: each must be answered at once. */
export async function restartInTurn(
  world: World,
  client: ChaosClient,
  lives: Lives,
  citizens: readonly Citizen[],
): Promise<Check> {
  const balancer = await Balancer.start(world.urls);
  const check: Check = { what: 'requests answered while all restarts in turn', good: 0, of: 0, examples: [] };
  let over = false;

  const ask = async (method: string, path: string, asked: object): Promise<CaseView | null> => {
    check.of += 1;
    const problem = await client.once<CaseView>(method, `${balancer.url}/api/v1/${path}`, asked).then(
      (answer) => (answer.status < 300 ? answer.body : `${answer.status} ${JSON.stringify(answer.body).slice(0, 160)}`),
      (error: unknown) => (error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : 'no answer'),
    );
    if (typeof problem !== 'string') {
      check.good += 1;
      return problem;
    }
    if (check.examples.length < MOST_EXAMPLES) check.examples.push(`${method} ${path}: ${problem}`);
    return null;
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
    }
  };

  const running = citizens.slice(0, AT_ONCE).map((citizen) => load(citizen));
  try {
    for (const part of [...world.apis, ...world.workers]) await part.restart();
  } finally {
    over = true;
    await Promise.all(running);
    balancer.stop();
  }
  return check;
}
