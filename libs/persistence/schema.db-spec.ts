import { describeOnEachEngine, openTestDatabase } from '#libs/testing/database';
import { pendingMigrations, runMigrations } from './migrate.js';
import { ENTITIES } from './entities/index.js';

describeOnEachEngine('the schema', (db) => {
  test('that the migrations make is the one the entities describe', async () => {
    const { upQueries } = await db.sources.write.driver.createSchemaBuilder().log();
    expect(upQueries.map((each) => each.query)).toEqual([]);
  });

  test('has a table for every entity', async () => {
    for (const entity of ENTITIES) expect(await db.sources.read.getRepository(entity).count()).toBe(0);
  });

  test('is up to date after migrating, and migrating again does nothing', async () => {
    expect(await pendingMigrations(db.sources)).toEqual([]);
    expect(await runMigrations(db.sources)).toEqual([]);
  });

  test('keeps emoji, Bengali and long JSON whatever the default of the server', async () => {
    const name = 'বাঁধাঘাট 🚰 पानी';
    const polygon = { type: 'Polygon' as const, coordinates: Array.from({ length: 20_000 }, (_, i) => [i, i]) };
    await db.uow.run((em) =>
      em
        .getRepository('ward')
        .insert({ tenant: 'KMC', code: '1', borough: '1', name, nameBn: null, nameHi: null, polygon }),
    );
    const [ward] = await db.sources.read.getRepository('ward').find();
    expect(ward).toMatchObject({ name, polygon });
  });
});

test('a column the entities do not know is seen as drift', async () => {
  const db = await openTestDatabase('sqlite');
  await db.sources.write.query('ALTER TABLE holiday ADD COLUMN colour varchar(10)');
  const { upQueries } = await db.sources.write.driver.createSchemaBuilder().log();
  expect(upQueries.length).toBeGreaterThan(0);
  await db.close();
});

test.each(['sqlite', 'mariadb'] as const)('two processes may migrate at the same time (%s)', async (engine) => {
  const db = await openTestDatabase(engine, false);
  const other =
    engine === 'sqlite'
      ? await import('./data-sources.js').then((m) => m.createDataSources({ database: db.settings }))
      : db.sources;
  await Promise.all([runMigrations(db.sources), runMigrations(other)]);
  expect(await pendingMigrations(db.sources)).toEqual([]);
  if (other !== db.sources) await other.close();
  await db.close();
});
