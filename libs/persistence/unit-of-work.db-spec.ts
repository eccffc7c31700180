import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnEachEngine, openTestDatabase } from '#libs/testing/database';
import { createDataSources } from './data-sources.js';
import { AuditEntity, NumberBlockEntity } from './entities/index.js';
import { RecordUnavailableError } from './record-errors.js';
import { UnitOfWork } from './unit-of-work.js';

const entry = (id: string) => ({
  id,
  at: 1,
  tenant: 'KMC',
  actor: 'user:a',
  action: 'tested',
  subject: 's',
  detail: {},
});

describeOnEachEngine('units of work', (db) => {
  const next = async (tenant: string) =>
    (await db.sources.read.manager.findOneByOrFail(NumberBlockEntity, { tenant, year: 2026 })).next;
  const counter = (tenant: string) => db.uow.run((em) => em.insert(NumberBlockEntity, { tenant, year: 2026, next: 0 }));
  const add = (uow: UnitOfWork, tenant: string) =>
    uow.run(async (em) => {
      await em.increment(NumberBlockEntity, { tenant, year: 2026 }, 'next', 1);
      await sleep(1);
      await em.insert(AuditEntity, entry(`${tenant}-${Math.random()}`));
    });

  test('fifty at once lose nothing', async () => {
    await counter('A');
    await Promise.all(Array.from({ length: 50 }, () => add(db.uow, 'A')));
    expect(await next('A')).toBe(50);
    expect(await db.sources.read.manager.countBy(AuditEntity, { tenant: 'KMC' })).toBeGreaterThanOrEqual(50);
  });

  test('one that fails takes back its own writes and nobody else’s', async () => {
    const failing = db.uow.run(async (em) => {
      await em.insert(AuditEntity, entry('lost'));
      await sleep(20);
      throw new Error('no');
    });
    const kept = db.uow.run((em) => em.insert(AuditEntity, entry('kept')));
    await expect(failing).rejects.toThrow('no');
    await kept;
    const { manager } = db.sources.read;
    expect(await manager.existsBy(AuditEntity, { id: 'lost' })).toBe(false);
    expect(await manager.existsBy(AuditEntity, { id: 'kept' })).toBe(true);
  });

  test('two connections of different processes’ kind take turns', async () => {
    await counter('B');
    const other = await createDataSources({ database: db.settings });
    const otherUow = new UnitOfWork(other);
    await Promise.all(Array.from({ length: 40 }, (_, i) => add(i % 2 ? db.uow : otherUow, 'B')));
    await other.close();
    expect(await next('B')).toBe(40);
  });

  test('a deadlock is tried again', async () => {
    await counter('C');
    await counter('D');
    const both = (first: string, second: string) =>
      db.uow.run(async (em) => {
        await em.increment(NumberBlockEntity, { tenant: first, year: 2026 }, 'next', 1);
        await sleep(10);
        await em.increment(NumberBlockEntity, { tenant: second, year: 2026 }, 'next', 1);
      });
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? both('C', 'D') : both('D', 'C'))));
    expect([await next('C'), await next('D')]).toEqual([10, 10]);
  });

  test('one inside another is refused instead of waiting for itself', async () => {
    await expect(db.uow.run(() => db.uow.run(() => Promise.resolve()))).rejects.toThrow('do not nest');
  });

  test('reads are not held up by a unit that is under way, and do not see what it has not committed', async () => {
    let there = true;
    await db.uow.run(async (em) => {
      await em.insert(AuditEntity, entry('unfinished'));
      there = await db.sources.read.manager.existsBy(AuditEntity, { id: 'unfinished' });
    });
    expect(there).toBe(false);
  });
});

test('on SQLite the source for reads refuses to write', async () => {
  const db = await openTestDatabase('sqlite');
  await expect(db.sources.read.manager.insert(AuditEntity, entry('x'))).rejects.toThrow(
    /readonly|read-only|query_only/i,
  );
  await db.close();
});

test('on SQLite another process that writes is waited for, and loses nothing either', async () => {
  const db = await openTestDatabase('sqlite');
  await db.uow.run((em) => em.insert(NumberBlockEntity, { tenant: 'P', year: 2026, next: 0 }));
  const script = `
    const Database = require('libsql');
    const database = new Database(process.argv[1], { timeout: 5000 });
    database.pragma('busy_timeout = 5000');
    for (let i = 0; i < 20; i++) {
      database.exec('BEGIN IMMEDIATE');
      database.exec("UPDATE number_block SET next = next + 1 WHERE tenant = 'P'");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
      database.exec('COMMIT');
    }`;
  const file = db.settings.engine === 'sqlite' ? db.settings.file : '';
  const child = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  for (let i = 0; i < 30; i++) {
    await db.uow.run((em) => em.increment(NumberBlockEntity, { tenant: 'P', year: 2026 }, 'next', 1));
    await sleep(15);
  }
  expect(await ended).toBe(0);
  expect(await db.sources.read.manager.findOneBy(NumberBlockEntity, { tenant: 'P' })).toMatchObject({ next: 50 });
  await db.close();
});

test('a database that is not there is a RecordUnavailableError', async () => {
  const database = {
    engine: 'mariadb',
    host: '127.0.0.1',
    port: 1,
    username: 'x',
    password: '',
    database: 'x',
    poolSize: 1,
  } as const;
  await expect(createDataSources({ database })).rejects.toThrow(RecordUnavailableError);
});

test('a server that goes away in mid-life is a RecordUnavailableError, and the next unit goes through', async () => {
  const db = await openTestDatabase('mariadb');
  const torn = db.uow.run(async (em) => {
    const [connection] = await em.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id');
    await db.sources.read.query(`KILL ${connection?.id}`);
    await sleep(100);
    await em.insert(AuditEntity, entry('torn'));
  });
  await expect(torn).rejects.toThrow(RecordUnavailableError);
  await db.uow.run((em) => em.insert(AuditEntity, entry('after')));
  expect(await db.sources.read.manager.find(AuditEntity)).toMatchObject([{ id: 'after' }]);
  await db.close();
});
