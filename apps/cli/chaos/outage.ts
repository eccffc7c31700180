import type { CaseView } from '#libs/contracts/api/views';
import type { ChaosClient } from './client.js';
import type { Citizen, Lives, Life } from './lives.js';
import type { World } from './world.js';

const AT_ONCE = 4;
/** Of the registrations, sent again under their key to the other process. */
const REPEATED = 10;
/** Of these, lodged while the database was still there. */
const LODGED_BEFORE = 3;

export interface OutageResult {
  /** Registrations answered 201 at the first try while there was no database, by process. */
  taken: number[];
  wanted: number[];
  /** Repeats that named another case than the first. */
  doubled: number;
  /** What was lodged, to be ended by `withdrawAll`. */
  lodged: Lodged[];
}

interface Lodged {
  promised: Life;
  citizen: Citizen;
  process: number;
  body: object;
}

/**
 * Registrations while the database is down, at each process alone, and then repeats at the other one: of these, and of
 * some that were lodged before.
 */
export async function registerWithoutDatabase(
  world: World,
  client: ChaosClient,
  lives: Lives,
  citizens: readonly Citizen[],
  wanted: readonly number[],
): Promise<OutageResult> {
  // Each process has met the citizens, as it has those of its day.
  for (const url of world.urls)
    for (const { token } of citizens) await client.once('GET', `${url}/api/v1/grievances?limit=1`, { token });
  const lodged: Lodged[] = [];
  for (const citizen of citizens.slice(0, LODGED_BEFORE)) {
    const promised = lives.promise('http', { withdrawn: true });
    const body = lives.complaint(promised.mark);
    const asked = { token: citizen.token, key: `${promised.mark}/register`, body };
    promised.number = (await client.surely<CaseView>('POST', 'grievances', asked)).number;
    lodged.push({ promised, citizen, process: 0, body });
  }
  await world.database.end('SIGKILL');
  const result: OutageResult = { taken: world.urls.map(() => 0), wanted: [...wanted], doubled: 0, lodged };
  for (const [process, url] of world.urls.entries()) {
    const queue = Array.from({ length: wanted[process] ?? 0 }, (_, index) => index);
    const lodge = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const citizen = citizens[next % citizens.length];
        if (!citizen) return;
        const promised = lives.promise('http', { withdrawn: true });
        const body = lives.complaint(promised.mark);
        const asked = { token: citizen.token, key: `${promised.mark}/register`, body };
        const answer = await client.once<CaseView>('POST', `${url}/api/v1/grievances`, asked).catch(() => null);
        if (answer?.status === 201) {
          result.taken[process] = (result.taken[process] ?? 0) + 1;
          promised.number = answer.body.number;
        } else promised.failure = `answered ${answer?.status ?? 'nothing'} while the database was down`;
        lodged.push({ promised, citizen, process, body });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lodge));
  }
  for (const { promised, citizen, process, body } of lodged.slice(0, REPEATED)) {
    const url = world.urls[(process + 1) % world.urls.length] ?? '';
    const asked = { token: citizen.token, key: `${promised.mark}/register`, body };
    const answer = await client.once<CaseView>('POST', `${url}/api/v1/grievances`, asked).catch(() => null);
    if (answer?.status === 201 && answer.body.number !== promised.number) result.doubled += 1;
  }
  await world.database.start();
  await world.calm();
  return result;
}

/** What was lodged without the database is withdrawn once it is back. */
export async function withdrawAll(client: ChaosClient, { lodged }: OutageResult): Promise<void> {
  const queue = lodged.filter(({ promised }) => promised.number !== null);
  const withdraw = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { promised, citizen } = next;
      const { token } = citizen;
      try {
        await client.surely('POST', `grievances/${promised.number ?? ''}/withdraw`, {
          token,
          key: `${promised.mark}/withdraw`,
          body: { reason: 'It was lit again' },
        });
        promised.ended = true;
      } catch (error) {
        promised.failure = error instanceof Error ? error.message : String(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, withdraw));
}
