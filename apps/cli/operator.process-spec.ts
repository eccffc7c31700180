import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { loadSettings } from '#libs/config/settings';
import { GrievanceEntity, PostEntity } from '#libs/persistence/entities/index';
import { createDataSources } from '#libs/persistence/data-sources';
import { ensureNamespace } from '#libs/temporal/cluster';
import { Installation } from '#libs/testing/installation';
import { clock } from './output.js';
import { privateMariaDb, type PrivateDatabase } from '#libs/testing/mariadb';
import { anyFormOf, makePrivateTraffic, secretEnvironment } from '#libs/testing/private-traffic';
import { startProviders, type Providers } from '#libs/testing/providers';
import { startDevServer, type DevServer } from '#libs/testing/temporal';

const SEEDS = join(process.cwd(), 'deploy/seed');

interface Outcome {
  code: number | null;
  out: string;
  errors: string;
}

/** `npx pratikar …` from the folder, as an operator types it. */
function pratikar(folder: string, env: Readonly<Record<string, string>>, ...args: string[]): Promise<Outcome> {
  const script = join(process.cwd(), 'deploy/launcher/pratikar.mjs');
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, errors })));
}

/** For what a test builds upon. */
async function succeed(outcome: Promise<Outcome>): Promise<void> {
  const { code, out, errors } = await outcome;
  if (code !== 0) throw new Error(`It ended with ${code}:\n${out}\n${errors}`);
}

describe('a Pratikar whose operator has a database server and a Temporal cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-operator-'));
  const namespace = 'city';
  let env: Record<string, string>;
  let cluster: DevServer;
  let database: PrivateDatabase;
  let installation: Installation;
  let providers: Providers;
  /** A case that nobody has answered yet. */
  let open = '';
  const run = (...args: string[]): Promise<Outcome> => pratikar(folder, env, ...args);

  beforeAll(async () => {
    [cluster, database, providers] = await Promise.all([
      startDevServer({ namespace }),
      privateMariaDb(),
      startProviders(),
    ]);
    env = {
      DATABASE_URL: database.url.replace('mariadb:', 'mysql:'),
      TEMPORAL_ADDRESS: cluster.address,
      TEMPORAL_NAMESPACE: namespace,
      ...secretEnvironment(providers),
    };
    installation = await Installation.create(env);
    env = { ...env, DATA_DIR: installation.dataDir, PORT: String(installation.port) };
    await installation.start();
    for (const city of ['kolkata', 'nadipur']) {
      await succeed(run('import', 'seed', join(SEEDS, city), '--apply'));
    }
  }, 240_000);

  afterAll(async () => {
    await installation.remove();
    await Promise.all([cluster.stop(), database.drop(), providers.close()]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('starts no Temporal and makes no database file of its own', () => {
    expect(installation.output).not.toMatch(/Starting Temporal/);
    expect(installation.running()).toMatchObject({ temporal: null, parts: { worker: expect.any(Number) as number } });
    expect(installation.running()?.parts).not.toHaveProperty('temporal');
    expect(['temporal.db', 'pratikar.sqlite'].filter((name) => existsSync(join(installation.dataDir, name)))).toEqual(
      [],
    );
  });

  it('says at the start and by the doctor what only the owner of the cluster may change, and is content then', async () => {
    const advice = `Namespace "${namespace}" keeps closed runs for 1 days; set its retention to 90.`;
    expect(installation.output).toContain(advice);
    const before = await run('doctor');
    expect(before.code).toBe(1);
    const wrong = before.out.split('\n').filter((line) => line.startsWith('WRONG'));
    expect(wrong).toEqual([expect.stringMatching(/^WRONG +namespace +"city" keeps .*set its retention to 90$/)]);
    const connection = await Connection.connect({ address: cluster.address });
    await ensureNamespace(connection, namespace, { own: true });
    await connection.close();
    const after = await run('doctor');
    expect(after).toMatchObject({ code: 0, errors: '' });
    expect(after.out).toMatch(new RegExp(`^ok +temporal +answers at ${cluster.address}$`, 'm'));
    expect(after.out).toMatch(/^ok +database +mysql answers$/m);
  });

  it('takes a complaint there: the case runs in that cluster and stands in that database', async () => {
    const lodged = await run(
      'lodge',
      'আলো নেই',
      '--category',
      'LIGHT_OFF',
      '--ward',
      '91',
      '--tenant',
      'KMC',
      '--json',
    );
    expect(lodged).toMatchObject({ code: 0, errors: '' });
    const { number, registeredAt } = JSON.parse(lodged.out) as { number: string; registeredAt: string };
    open = number;
    const shown = await run('show', number);
    const byTheClockOfKolkata = clock(Date.parse(registeredAt), 'Asia/Kolkata');
    expect(shown.out).toMatch(
      new RegExp(`^Registered +${byTheClockOfKolkata} by call_centre \\(times of Asia/Kolkata\\)$`, 'm'),
    );
    expect(shown.out).toMatch(new RegExp(`^ +${byTheClockOfKolkata} +registered`, 'm'));
    const history = await run('history', number);
    expect(history.code).toBe(0);
    expect(history.out).toMatch(/Started as grievance[^]*recordSteps done/);
    const sources = await createDataSources(loadSettings(env, join(folder, 'no.env')));
    try {
      expect(await sources.read.manager.countBy(GrievanceEntity, { number })).toBe(1);
    } finally {
      await sources.close();
    }
  });

  it('logs what people do there without their numbers, codes, passwords, sessions and any secret of its own', async () => {
    writeFileSync(join(folder, 'users.csv'), 'username,name,roles\nkmc.admin,Administrator,tenant_admin\n');
    await succeed(run('import', 'users', 'users.csv', '--tenant', 'KMC', '--apply'));
    const sources = await createDataSources(loadSettings(env, join(folder, 'no.env')));
    try {
      const { mobiles, secrets } = await makePrivateTraffic({
        url: installation.url,
        providers,
        sources,
        administrator: 'kmc.admin',
        newPassword: async (name) => (await run('password', name)).out.trim().split(': ')[1] ?? '',
        workerLog: () => installation.log('worker'),
        apiLog: () => installation.log('api'),
      });
      const [api, worker] = [installation.log('api'), installation.log('worker')];
      // They say what happened, and to whom as far as an operator may know.
      for (const route of ['auth/login', 'auth/otp', 'auth/otp/verify', 'api-keys', 'grievances', 'status'])
        expect(api).toMatch(new RegExp(`"route":"/api/v1/${route}"`));
      expect(api).toMatch(/"err":\{[^\n]*citizen' doesn't exist[^\n]*request failed/);
      expect(api).toMatch(/131000[^\n]*\*\*\*5672[^\n]*WhatsApp reports a fault/);
      expect(api).toMatch(/401 not sent: [^\n]*\*\*\*[^\n]*channel needs its operator/);
      expect(worker).toMatch(/\*\*\*5672[^\n]*channel needs its operator/);
      const everything = [installation.output, api, worker].join('\n');
      const found = [
        ...mobiles.filter((mobile) => anyFormOf(mobile).test(everything)),
        ...Object.entries(secrets).flatMap(([name, secret]) => (stands(secret, everything) ? [name] : [])),
      ];
      expect(found).toEqual([]);
      expect(Object.values(secrets).every((secret) => secret.length >= 6)).toBe(true);
      for (const line of `${api}\n${worker}`.split('\n').filter((each) => each.startsWith('{')))
        expect(() => JSON.parse(line) as unknown).not.toThrow();
    } finally {
      await sources.close();
    }
  }, 120_000);

  it('tells of a database that is away in one line, and the doctor of nothing else', async () => {
    const away = { ...env, DATABASE_URL: 'mysql://root@127.0.0.1:9/nowhere' };
    const [imported, examined] = await Promise.all([
      pratikar(folder, away, 'export', 'reasons', '--tenant', 'KMC'),
      pratikar(folder, away, 'doctor', '--json'),
    ]);
    expect([imported.code, imported.out]).toEqual([1, '']);
    expect(imported.errors.trim()).toMatch(/^The record cannot be reached: ECONNREFUSED$/);
    const { ok, findings } = JSON.parse(examined.out) as { ok: boolean; findings: { part: string; ok: boolean }[] };
    expect([examined.code, ok]).toEqual([1, false]);
    expect(findings.filter((finding) => !finding.ok).map(({ part }) => part)).toContain('database');
    expect(findings.find(({ part }) => part === 'temporal')).toMatchObject({ ok: true });
  });

  describe('and masters as files', () => {
    const holidays = join(folder, 'holidays.csv');

    /** ISO; of the case that was lodged on the command line. */
    async function dueOfOpenCase(): Promise<string> {
      const { out } = await run('show', open, '--json');
      return (JSON.parse(out) as { dueAt: string }).dueAt;
    }

    it('are tried out first, then written, then as they were', async () => {
      writeFileSync(holidays, 'date,name\n2027-01-26,Republic Day\n2027-08-15,"Independence Day, 80th"\n');
      const tried = await run('import', 'holidays', 'holidays.csv', '--tenant', 'KMC');
      expect(tried).toMatchObject({ code: 0, errors: '' });
      expect(tried.out).toMatch(/^holidays of KMC: tried out; --apply writes it\. 2 rows, 2 good, 0 bad: 2 new/);
      const applied = await run('import', 'holidays', 'holidays.csv', '--tenant', 'KMC', '--apply');
      expect(applied.code).toBe(0);
      expect(applied.out).toMatch(/^holidays of KMC: imported\. 2 rows, 2 good, 0 bad: 2 new, 0 changed/);
      const again = await run('import', 'holidays', 'holidays.csv', '--tenant', 'KMC', '--apply', '--json');
      expect(JSON.parse(again.out)).toMatchObject({ applied: true, created: 0, updated: 0, unchanged: 2 });
    });

    it('put the open cases on a changed calendar, or say how when Temporal is away', async () => {
      const due = await dueOfOpenCase();
      const date = due.slice(0, 10);
      writeFileSync(holidays, `date,name\n${date},Puja\n`);
      const args = ['import', 'holidays', 'holidays.csv', '--tenant', 'KMC', '--apply'];
      const away = await pratikar(folder, { ...env, TEMPORAL_ADDRESS: '127.0.0.1:9' }, ...args);
      expect(away.code).toBe(1);
      expect(away.errors.trim()).toMatch(
        /^The calendar is in, but the open cases of KMC keep the old one: Temporal does not answer at 127\.0\.0\.1:9 .*Then import it once more\.$/,
      );
      expect(await dueOfOpenCase()).toBe(due);
      const back = await run(...args);
      expect(back).toMatchObject({ code: 0, errors: '' });
      expect(back.out).toMatch(/1 as they were[^]*The open cases of KMC are put on this calendar: order [0-9a-f-]{36}/);
      const giveUp = Date.now() + 30_000;
      while ((await dueOfOpenCase()) === due && Date.now() < giveUp) await sleep(100);
      expect(Date.parse(await dueOfOpenCase())).toBeGreaterThan(Date.parse(due));
    }, 120_000);

    it('are exported as they can be imported again', async () => {
      const out = await run('export', 'holidays', '--tenant', 'KMC', '--out', 'back.csv');
      expect(out).toEqual({ code: 0, out: '', errors: '' });
      const text = readFileSync(join(folder, 'back.csv'), 'utf8');
      expect(text).toMatch(/2027-08-15,"Independence Day, 80th",no/);
      const back = await run('import', 'holidays', 'back.csv', '--tenant', 'KMC', '--json');
      expect(JSON.parse(back.out)).toMatchObject({ errorCount: 0, created: 0, updated: 0 });
    });

    it('with a mistake are refused whole, each row named, and exit code 1', async () => {
      writeFileSync(holidays, 'date,name\n05/06/2027,Which day\n2027-10-02,Gandhi Jayanti\n2027-13-01,No day\n');
      const refused = await run('import', 'holidays', 'holidays.csv', '--tenant', 'KMC', '--apply');
      expect(refused.code).toBe(1);
      expect(refused.out).toMatch(/^holidays of KMC: not imported\. 3 rows, 1 good, 2 bad/);
      expect(refused.out).toMatch(/^ +row 2 +date +"05\/06\/2027" +ambiguous; expected a date as/m);
      expect(refused.out).toMatch(/^ +row 4 +date +"2027-13-01" +wrong_type; expected a date as/m);
      const good = await run('import', 'holidays', 'holidays.csv', '--tenant', 'KMC', '--apply', '--take-good-rows');
      expect(good.out).toMatch(/^holidays of KMC: imported\. 3 rows, 1 good, 2 bad: 1 new/);
      expect(good.code).toBe(1);
    });

    it.each([
      [['import', 'holidays', 'gone.csv', '--tenant', 'KMC'], /^There is no file .*gone\.csv\.$/],
      [['import', 'holydays', 'holidays.csv', '--tenant', 'KMC'], /holydays/],
      [['import', 'holidays', 'holidays.csv'], /^--tenant is needed; expected one of /],
      [['export', 'secrets', '--tenant', 'KMC'], /secrets.*cases, events\.$/],
      [['export', 'holidays', '--tenant', 'DELHI'], /^There is no tenant DELHI; expected one of /],
    ])('answer %j in one line', async (args, line) => {
      const { code, out, errors } = await run(...args);
      expect([code, out]).toEqual([1, '']);
      expect(errors.trim()).toMatch(line);
      expect(errors.trim().split('\n')).toHaveLength(1);
    });
  });
});

const ROWS = 100_000;
const MB = 1024 * 1024;

function manyPosts(count: number, department: string): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const mobile = `+919${String(100_000_000 + n)}`;
    return `BULK-${n},Helper,call_centre,${department},"${(n % 100) + 1}-${(n % 100) + 20}",Helper ${n},${mobile}`;
  });
  return ['position,designation,role,department,wards,holder,mobile', ...lines, ''].join('\n');
}

describe('a file of a hundred thousand rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-large-'));
  const env = { DATA_DIR: join(folder, 'data') };
  let modest: number;

  /** Imports it; answers the report and the most memory that the process ever had. */
  async function importPosts(count: number, department: string, ...options: string[]) {
    const [file, peakFile] = [join(folder, 'posts.csv'), join(folder, 'peak')];
    writeFileSync(file, manyPosts(count, department));
    const hook = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`;
    const measured = { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
    const args = ['import', 'positions', file, '--tenant', 'KMC', '--json', ...options];
    const { code, out } = await pratikar(folder, measured, ...args);
    return { code, report: JSON.parse(out) as Record<string, unknown>, peak: Number(readFileSync(peakFile)) * 1024 };
  }

  beforeAll(async () => {
    await succeed(pratikar(folder, env, 'migrate'));
    await succeed(pratikar(folder, env, 'import', 'seed', join(SEEDS, 'kolkata'), '--apply'));
    modest = (await importPosts(5_000, 'WATER')).peak;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is imported whole, with no more than 100 MB beyond what one of five thousand takes', async () => {
    const { code, report, peak } = await importPosts(ROWS, 'WATER', '--apply');
    expect(code).toBe(0);
    expect(report).toMatchObject({ applied: true, created: ROWS, errorCount: 0 });
    expect((peak - modest) / MB).toBeLessThan(100);
    const sources = await createDataSources(loadSettings(env, join(folder, 'no.env')));
    try {
      expect(await sources.read.manager.countBy(PostEntity, { designation: 'Helper' })).toBe(ROWS);
    } finally {
      await sources.close();
    }
  }, 240_000);

  it('may be wrong in every row without filling memory or report', async () => {
    const { code, report, peak } = await importPosts(ROWS, 'NOWHERE', '--apply');
    expect(code).toBe(1);
    expect(report).toMatchObject({ applied: false, errorCount: ROWS, bad: ROWS });
    expect(report['errors']).toHaveLength(1_000);
    expect((peak - modest) / MB).toBeLessThan(100);
  }, 240_000);
});

/** Six digits may stand by chance within a longer number or the hash of something else. */
function stands(secret: string, text: string): boolean {
  return /^\d{6}$/.test(secret)
    ? new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`, 'i').test(text)
    : text.includes(secret);
}
