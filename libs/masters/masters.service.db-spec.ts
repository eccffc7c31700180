import { TenantEntity } from '#libs/persistence/entities/index';
import { openTestDatabase, type TestDatabase } from '#libs/testing/database';
import { importMaster } from './import/import-master.js';
import { MastersService } from './masters.service.js';
import { importSeed } from './seed.js';

describe('the masters in memory', () => {
  let db: TestDatabase;
  let now = 0;
  beforeAll(async () => {
    db = await openTestDatabase('sqlite');
    await importSeed(db.uow, 'deploy/seed/nadipur');
  }, 60_000);
  afterAll(() => db.close());

  const service = (): MastersService => new MastersService(db.sources, { now: () => now });
  const addDepartment = async (code: string): Promise<void> => {
    await importMaster(db.uow, 'NDP', 'departments', `code,name\n${code},New ${code}\n`, { apply: true });
  };

  it('are the same object until they change, and seen anew within two seconds', async () => {
    const masters = service();
    const first = await masters.snapshot('NDP');
    await addDepartment('PARKS');
    now += 1_999;
    expect(await masters.snapshot('NDP')).toBe(first);
    now += 1;
    const second = await masters.snapshot('NDP');
    expect(second.departments.has('PARKS')).toBe(true);
    expect(second.calendar.version).toBe(second.version);
    expect(second.version).toBeGreaterThan(first.version);
    now += 2_000;
    expect(await masters.snapshot('NDP')).toBe(second);
  });

  it('are read anew at once by whoever changed them', async () => {
    const masters = service();
    await masters.snapshot('NDP');
    await addDepartment('HEALTH');
    masters.forget('NDP');
    expect((await masters.snapshot('NDP')).departments.has('HEALTH')).toBe(true);
  });

  it('are read once, however many ask at the same time', async () => {
    const masters = service();
    const all = await Promise.all(Array.from({ length: 20 }, () => masters.snapshot('NDP')));
    expect(new Set(all).size).toBe(1);
  });

  it('do not know a tenant that is not there', async () => {
    await expect(service().snapshot('NOWHERE')).rejects.toMatchObject({ field: 'tenant', problem: 'unknown' });
  });

  it('list the state before its cities', async () => {
    expect((await service().tenants()).map(({ code }: TenantEntity) => code)).toEqual(['WB', 'NDP']);
  });

  it('are served on while the database is gone', async () => {
    const other = await openTestDatabase('sqlite');
    await importSeed(other.uow, 'deploy/seed/nadipur');
    const masters = new MastersService(other.sources, { now: () => now });
    const first = await masters.snapshot('NDP');
    const tenants = await masters.tenants();
    await other.close();
    now += 10_000;
    expect(await masters.snapshot('NDP')).toBe(first);
    expect(await masters.tenants()).toBe(tenants);
    await expect(masters.snapshot('WB')).rejects.toThrow();
  });
});
