import { verify } from '@node-rs/argon2';
import { AppUserEntity, HoldingEntity, TenantEntity, WardEntity } from '#libs/persistence/entities/index';
import { describeOnEachEngine } from '#libs/testing/database';
import { createDemoAccounts } from './demo-accounts.js';
import { exportMaster } from './import/export-master.js';
import { importMaster } from './import/import-master.js';
import { MASTER_NAMES } from './import/masters.js';
import { MastersService } from './masters.service.js';
import { describe as describeName } from './names.js';
import { wardAt } from './places.js';
import { holderOf, postsOf } from './posts.js';
import { rulesFor } from './routing.js';
import { importSeed } from './seed.js';
import { simulate } from './simulate.js';

const SEED = 'deploy/seed';
const at = Date.parse('2026-11-24T11:00+05:30');

describeOnEachEngine('the seeds', (db) => {
  let masters: MastersService;
  beforeAll(async () => {
    await importSeed(db.uow, `${SEED}/kolkata`);
    await importSeed(db.uow, `${SEED}/nadipur`);
    masters = new MastersService(db.sources, { demo: true });
  }, 60_000);

  it('bring Kolkata with all its wards, posts and outlines', async () => {
    const kolkata = await masters.snapshot('KMC');
    expect(kolkata.tenant).toMatchObject({ root: 'WB', prefix: 'KMC', zone: 'Asia/Kolkata' });
    expect([...kolkata.wards.keys()]).toEqual(Array.from({ length: 144 }, (_, n) => String(n + 1)));
    expect(describeName(kolkata, 'ward', '91', 'bn')).toBe('ওয়ার্ড ৯১');
    expect(describeName(kolkata, 'category', 'SWM', 'hi')).toBe('ठोस अपशिष्ट प्रबंधन');
    expect([...kolkata.wards.values()].filter(({ polygon }) => polygon)).toHaveLength(141);
    expect(kolkata.posts.size).toBe(520);
    expect(kolkata.subCategories.size).toBe(41);
    expect(kolkata.rejectReasons.get('rti')?.bn).toMatch(/আইন/);
  });

  it('change nothing when they are imported again', async () => {
    const before = await db.sources.read.manager.find(TenantEntity);
    const { reports } = await importSeed(db.uow, `${SEED}/kolkata`);
    expect(reports.map(({ created, updated }) => created + updated)).toEqual(reports.map(() => 0));
    expect(await db.sources.read.manager.find(TenantEntity)).toEqual(before);
  });

  it('route a complaint to the borough’s field officer and up the matrix, filling its placeholders', async () => {
    const kolkata = await masters.snapshot('KMC');
    const rules = rulesFor(kolkata, 'WATER_LEAK', '91');
    expect(rules.candidates.map(({ position }) => position)).toEqual(['WATER-LME-B10']);
    expect(rules.gro).toBe('WATER-GRO');
    expect(rules.levels).toEqual([
      { level: 1, position: 'WATER-EE-B10', hours: 18 },
      { level: 2, position: 'WATER-DYCE', hours: 27 },
      { level: 3, position: 'COMMISSIONER-OSD', hours: 45 },
    ]);
    expect(rulesFor(kolkata, 'DANGEROUS_BUILDING', '91').levels.map(({ position }) => position)).toEqual([
      'BUILDING-DG2',
      'BUILDING-DYCE',
      'COMMISSIONER-OSD',
    ]);
  });

  it('keep a second city with rules of its own under the same state', async () => {
    const nadipur = await masters.snapshot('NDP');
    expect(nadipur.tenant.root).toBe('WB');
    expect(rulesFor(nadipur, 'LIGHT_OFF', '2').candidates.map(({ position }) => position)).toEqual([
      'NDP-WORKS-LAMP',
      'NDP-WORKS-LME-N',
    ]);
    expect(rulesFor(nadipur, 'WATER_NO_SUPPLY', '5').levels.map(({ position }) => position)).toEqual([
      'NDP-WATER-EO',
      'NDP-CHAIRMAN',
    ]);
  });

  it('find the ward of a point, and none outside the city', async () => {
    const kolkata = await masters.snapshot('KMC');
    expect(wardAt(kolkata, 22.561186, 88.347567)).toBe('46');
    expect(wardAt(kolkata, 28.6139, 77.209)).toBeNull();
  });

  it.each(MASTER_NAMES.filter((name) => !['users', 'templates', 'legacy'].includes(name)))(
    'export %s so that it imports to the same',
    async (master) => {
      for (const tenant of ['KMC', 'NDP']) {
        let csv = '';
        for await (const piece of exportMaster(db.sources.read.manager, tenant, master)) csv += piece;
        const report = await importMaster(db.uow, tenant, master, csv, { apply: true });
        expect(report.errors).toEqual([]);
        expect(report.rows).toBeGreaterThan(0);
        expect(report).toMatchObject({ created: 0, updated: 0, unchanged: report.rows });
      }
    },
  );

  it('let a delegate act first and give the work of a vacant post to the GRO', async () => {
    const lines = await createDemoAccounts(db.uow, ['KMC', 'NDP'], 'howrah-bridge');
    masters.forget();
    const kolkata = await masters.snapshot('KMC');
    expect(lines[0]).toBe('username\trole\tposition\tdepartment\twards\tpassword');
    expect(lines).toHaveLength(1 + 1 + 520 + 18);
    expect(lines).toContain('state-admin\tstate_admin\tSTATE-ADMIN\t\t*\thowrah-bridge');
    expect(lines).toContain('market-lme-b7\tlme\tMARKET-LME-B7\tMARKET\t56-59, 63-67\thowrah-bridge');
    expect(holderOf(kolkata, 'LIGHT-LME-B4', at)?.username).toBe('light-lme-b5');
    expect(
      postsOf(kolkata, 'light-lme-b5', at)
        .map(({ position }) => position)
        .sort(),
    ).toEqual(['LIGHT-LME-B4', 'LIGHT-LME-B5']);
    expect(holderOf(kolkata, 'MARKET-LME-B7', at)?.username).toBe('market-gro');
    expect(postsOf(kolkata, 'market-gro', at).map(({ position }) => position)).toEqual([
      'MARKET-GRO',
      'MARKET-LME-B13',
      'MARKET-LME-B7',
    ]);
    expect(postsOf(kolkata, 'market-lme-b7', at)).toEqual([]);
  });

  it('give every demo account the password, and accounts survive a second start', async () => {
    const em = db.sources.read.manager;
    const users = await em.count(AppUserEntity);
    await createDemoAccounts(db.uow, ['KMC', 'NDP'], 'second-password');
    expect(await em.count(AppUserEntity)).toBe(users);
    const user = await em.findOneByOrFail(AppUserEntity, { username: 'water-gro' });
    expect(await verify(user.passwordHash, 'second-password')).toBe(true);
    expect(user).toMatchObject({ roles: ['gro'], mustChange: false, name: 'Officer 001', tenant: 'KMC' });
    expect(await em.countBy(HoldingEntity, { tenant: 'KMC', kind: 'holder' })).toBe(516);
  });

  it('say who is next at which time', async () => {
    const result = simulate(await masters.snapshot('KMC'), { subCategory: 'water_leak', ward: 91, at });
    const times = (instant: number): string => new Date(instant).toISOString();
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    const { simulation } = result;
    expect(simulation.owner).toMatchObject({ position: 'WATER-LME-B10', name: 'Officer 020', vacant: false });
    expect(times(simulation.reminderAt)).toBe('2026-11-25T11:00:00.000Z');
    expect(times(simulation.dueAt)).toBe('2026-11-26T07:30:00.000Z');
    expect(simulation.levels.map(({ position, from }) => `${position} ${times(from)}`)).toEqual([
      'WATER-EE-B10 2026-11-26T07:30:00.000Z',
      'WATER-DYCE 2026-11-30T05:30:00.000Z',
      'COMMISSIONER-OSD 2026-12-03T08:30:00.000Z',
    ]);
  });

  it('let a play city take Kolkata’s masters with its own clock', async () => {
    await importSeed(db.uow, `${SEED}/play`, `${SEED}/kolkata`);
    const lines = await createDemoAccounts(db.uow, ['PLAY'], 'x');
    const play = await masters.snapshot('PLAY');
    expect(play.clockScale).toBe(14_400);
    expect(play.calendar.week[7]).toEqual([{ from: 0, to: 1440 }]);
    expect(lines.some((line) => line.startsWith('play.water-gro\t'))).toBe(true);
    expect((await new MastersService(db.sources).snapshot('PLAY')).clockScale).toBe(1);
    expect(await db.sources.read.manager.countBy(WardEntity, { tenant: 'PLAY' })).toBe(144);
  }, 60_000);
});
