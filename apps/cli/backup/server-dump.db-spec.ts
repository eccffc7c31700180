import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryChunkEntity, TenantEntity } from '#libs/persistence/entities/index';
import { openTestDatabase, type TestDatabase } from '#libs/testing/database';
import { buildCity } from '#libs/testing/small-city';
import { dumpServer, loadServer } from './server-dump.js';

describe('a dump of a database server', () => {
  let from: TestDatabase;
  let to: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-dump-'));
  const file = join(folder, 'database.jsonl.gz');
  const serverOf = ({ settings }: TestDatabase) => {
    if (settings.engine === 'sqlite') throw new Error('no server');
    return settings;
  };

  beforeAll(async () => {
    from = await openTestDatabase('mariadb');
    to = await openTestDatabase('mariadb', false);
    await buildCity(from.sources);
    const bytes = Buffer.from([0, 1, 2, 250, 255, 10, 13, 39]);
    await from.uow.run((em) => em.insert(HistoryChunkEntity, { number: 'KMC-26-0000001-0', run: 'r', part: 0, bytes }));
  }, 120_000);
  afterAll(async () => {
    await Promise.all([from.close(), to.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every table with every row, bytes and words of all scripts included', async () => {
    await dumpServer(serverOf(from), file);
    await loadServer(serverOf(to), file);
    const tables = await from.sources.read.query<Record<string, string>[]>('SHOW TABLES');
    expect(tables.length).toBeGreaterThan(30);
    for (const table of tables.flatMap((row) => Object.values(row))) {
      const sum = async (db: TestDatabase) => {
        const [row] = await db.sources.read.query<{ Checksum: unknown }[]>(`CHECKSUM TABLE \`${table}\``);
        return [table, row?.Checksum];
      };
      expect(await sum(to)).toEqual(await sum(from));
    }
    const [city] = await to.sources.read.manager.find(TenantEntity);
    expect(city).toBeDefined();
  });

  it('is not put into a database that holds something', async () => {
    await expect(loadServer(serverOf(to), file)).rejects.toThrow(/is not empty: restore into a new one/);
  });
});
