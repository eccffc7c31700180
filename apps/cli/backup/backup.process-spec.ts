import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'libsql';
import { HttpClient } from '#libs/testing/http-client';
import { Installation } from '#libs/testing/installation';
import { freePort } from '#libs/testing/temporal';

interface Deep {
  findings: { part: string; ok: boolean }[];
  record: { checked: number; equal: number; differences: { number: string; problems: string[]; mended: boolean }[] };
}

const MOBILE = '9830012345';
const OFFICER = 'LIGHT-LME-B10';

const complaint = (n: number): object => ({
  subCategory: 'LIGHT_OFF',
  ward: 91,
  description: `Lamp post ${n} is dark`,
});

/** Of the other parts a small machine's disk may not be. */
const recordIsRight = ({ findings }: Deep): boolean | undefined => findings.find(({ part }) => part === 'record')?.ok;

/** The operator's command line, as from a shell. */
async function pratikar(
  dataDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const settings = { ...process.env, NODE_OPTIONS: '', DATA_DIR: dataDir, ...env };
  return promisify(execFile)(process.execPath, ['deploy/launcher/pratikar.mjs', ...args], { env: settings })
    .then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }))
    .catch((error: { code: number; stdout: string; stderr: string }) => error);
}

describe('a backup of an installation that runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-backup-'));
  const saved = join(folder, 'saved');
  let first: Installation;
  let second: Installation;
  const numbers: string[] = [];
  let afterwards = '';

  const deep = async (...more: string[]): Promise<Deep> => {
    const { stdout } = await pratikar(second.dataDir, ['doctor', '--deep', '--json', ...more], {
      PORT: String(second.port),
    });
    return JSON.parse(stdout) as Deep;
  };

  beforeAll(async () => {
    first = await Installation.create({ DEMO_PASSWORD: 'kolkata-1690' });
    await first.start();
    const citizen = await HttpClient.citizen(first, MOBILE);
    const officer = await HttpClient.staff(first, OFFICER);
    for (let n = 1; n <= 3; n++) numbers.push((await citizen.surely('grievances', complaint(n))).number);
    for (const number of numbers) await citizen.until(number, ({ state }) => state === 'assigned');
    await officer.surely(`grievances/${numbers[0] ?? ''}/resolve`, { remarks: 'Bulb replaced' });
    await citizen.surely(`grievances/${numbers[0] ?? ''}/rate`, { rating: 5 });
    await officer.surely(`grievances/${numbers[1] ?? ''}/resolve`, { remarks: 'Bulb replaced' });
  }, 200_000);

  afterAll(async () => {
    await first.remove();
    if (second as Installation | undefined) await second.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('is made while everything runs, and says that the secret key is to be kept elsewhere', async () => {
    writeFileSync(join(first.dataDir, 'media', 'lamp.jpg'), 'a picture');
    const { code, stdout, stderr } = await pratikar(first.dataDir, ['backup', saved]);
    expect([code, stderr, stdout]).toEqual([0, '', expect.stringMatching(/SECRET_KEY is not in it/)]);
    expect(readdirSync(saved).sort()).toEqual(['database.sqlite', 'manifest.json', 'media', 'temporal.db']);
    const citizen = await HttpClient.citizen(first, MOBILE);
    afterwards = (await citizen.surely('grievances', complaint(4))).number;
    expect((await pratikar(first.dataDir, ['backup', saved])).stderr).toMatch(/is not empty/);
    const whole = await pratikar(first.dataDir, ['backup', join(folder, 'whole'), '--with-secrets']);
    expect(whole.stdout).toMatch(/holds the secret key/);
  }, 60_000);

  it('is not restored without its key, when it is damaged, or over other data', async () => {
    const target = join(folder, 'target');
    expect((await pratikar(target, ['restore', saved])).stderr).toMatch(/^SECRET_KEY: it is absent; expected the one/);
    expect(existsSync(target)).toBe(false);
    expect((await pratikar(first.dataDir, ['restore', join(folder, 'whole')])).stderr).toMatch(/is not empty/);
    writeFileSync(join(saved, 'temporal.db'), 'not what was written');
    expect((await pratikar(target, ['restore', saved])).stderr).toMatch(/the backup is damaged/);
  }, 60_000);

  it('goes on in an empty folder where it was, and gives out no number again', async () => {
    await first.stop();
    second = new Installation(join(folder, 'restored'), await freePort(), { DEMO_PASSWORD: 'kolkata-1690' });
    const { code, stdout, stderr } = await pratikar(second.dataDir, ['restore', join(folder, 'whole')]);
    expect([code, stderr, stdout]).toEqual([0, '', expect.stringMatching(/doctor --deep --mend/)]);
    // Of those that start at the same time only one would get the usual port.
    writeFileSync(join(second.dataDir, 'temporal-address'), `127.0.0.1:${await freePort()}\n`);
    await second.start();
    expect(readFileSync(join(second.dataDir, 'media', 'lamp.jpg'), 'utf8')).toBe('a picture');
    const citizen = await HttpClient.citizen(second, MOBILE);
    const officer = await HttpClient.staff(second, OFFICER);
    const [closed = '', answered = '', assigned = ''] = numbers;
    expect(await citizen.view(closed)).toMatchObject({ state: 'closed', rating: 5 });
    expect(await citizen.surely(`grievances/${answered}/rate`, { rating: 4 })).toMatchObject({ state: 'closed' });
    expect(await officer.surely(`grievances/${assigned}/resolve`, { remarks: 'Done' })).toMatchObject({
      state: 'resolved',
    });
    const fresh = await citizen.surely('grievances', complaint(5));
    expect(Number(fresh.number.split('-')[2])).toBeGreaterThan(Number(afterwards.split('-')[2]) + 9_000);
    await citizen.until(fresh.number, ({ state }) => state === 'assigned');
  }, 200_000);

  it('is equal in record and workflows', async () => {
    const report = await deep();
    expect(report.record.differences).toEqual([]);
    expect([recordIsRight(report), report.record.checked, report.record.equal]).toEqual([true, 5, 5]);
  }, 120_000);

  it('is mended from the workflows when rows are lost or altered, running and closed cases alike', async () => {
    const [closed = '', answered = '', assigned = ''] = numbers;
    const database = new Database(join(second.dataDir, 'pratikar.sqlite'));
    database.pragma('busy_timeout = 5000');
    for (const table of ['grievance', 'grievance_event', 'grievance_word'])
      database.prepare(`DELETE FROM ${table} WHERE number = ?`).run(closed);
    database
      .prepare("UPDATE grievance SET rating = 1, state = 'resolved', citizen_name = 'Nobody' WHERE number = ?")
      .run(answered);
    database.prepare('DELETE FROM grievance_event WHERE number = ? AND seq = 2').run(assigned);
    database.prepare("UPDATE grievance_event SET text = 'Nothing' WHERE number = ? AND seq = 3").run(assigned);
    database.close();
    const found = await deep();
    const problems = Object.fromEntries(
      found.record.differences.map((each) => [each.number, each.problems.join('; ')]),
    );
    expect(recordIsRight(found)).toBe(false);
    expect(problems).toEqual({
      [closed]: expect.stringMatching(/it is not in the record/),
      [answered]: expect.stringMatching(
        /state is "resolved", by the workflow "closed".*rating is 1, by the workflow 4/,
      ),
      [assigned]: expect.stringMatching(/events missing: 2; events altered: 3/),
    });
    const mended = await deep('--mend');
    expect([recordIsRight(mended), mended.record.differences.map((each) => each.mended)]).toEqual([
      true,
      [true, true, true],
    ]);
    const words = await pratikar(second.dataDir, ['doctor', '--deep'], { PORT: String(second.port) });
    expect(words.stdout).toMatch(/record +5 cases compared with their workflows: 5 equal/);
    const citizen = await HttpClient.citizen(second, MOBILE);
    expect(await citizen.view(closed)).toMatchObject({
      state: 'closed',
      outcome: 'satisfied',
      description: 'Lamp post 1 is dark',
    });
  }, 200_000);
});
