import fc from 'fast-check';
import { CASE_STATES, SOURCES, type CaseStateName } from '#libs/domain/case/names';
import { caseState, MONDAY } from '#libs/testing/case-steps';
import { describeOnEachEngine } from '#libs/testing/database';
import { countCases, CursorError, listCases, listStatement, type CaseListRequest } from './case-list.js';
import type { CaseFilter, CaseScope, CaseSort } from './case-filter.js';
import { caseRow } from './case-rows.js';
import { FollowerEntity, GrievanceEntity, GrievanceWordEntity, STAGE } from './entities/index.js';
import { insertRows } from './insert-rows.js';
import { indexWords, wordsOf } from './words.js';

const TENANTS = ['KMC', 'BMC'];
const DEPARTMENTS = ['WATER', 'ROADS', 'LIGHT'];
const POSTS = ['P1', 'P2', 'P3', 'P4'];
const WARDS = ['1', '2', '3', '91'];
const CITIZENS = ['c1', 'c2', 'c3'];
const HOUR = 3_600_000;
const NOW = MONDAY + 500 * HOUR;
const pick = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

/** Many rows with the same times, so that pages break within them. */
function sample(i: number): GrievanceEntity {
  const spread = (i * 7919) % 10_007;
  const state: CaseStateName = pick(CASE_STATES, spread);
  const tenant = spread % 10 === 0 ? 'BMC' : 'KMC';
  const running = !['awaiting_citizen', 'resolved', 'rejected', 'closed'].includes(state);
  return caseRow(
    caseState(`${tenant}-26-${String(i).padStart(7, '0')}-0`, {
      tenant,
      state,
      department: pick(DEPARTMENTS, spread >> 2),
      ward: pick(WARDS, spread >> 3),
      owner: spread % 11 === 0 ? null : pick(POSTS, spread >> 1),
      accountable: pick(POSTS, spread >> 4),
      level: spread % 4,
      source: pick(SOURCES, spread),
      registeredAt: MONDAY + Math.floor(spread / 20) * HOUR,
      dueAt: running ? MONDAY + (spread % 1000) * HOUR : null,
      rating: spread % 3 === 0 ? (spread % 5) + 1 : null,
    }),
    {
      description: pick(['জল আসছে না', 'street light out', 'सड़क टूटी है light'], spread >> 1),
      locale: 'bn',
      citizen: { id: pick(CITIZENS, spread), mobile: `+9198000000${spread % 50}`, channel: 'sms' },
      attachments: [],
    },
    'CATEGORY',
    1,
  );
}

const COUNT = 2000;
const ROWS = Array.from({ length: COUNT }, (_, i) => sample(i + 1));
const FOLLOWED = ROWS.filter((_, i) => i % 13 === 0);

function matches(row: GrievanceEntity, filter: CaseFilter, scope: CaseScope): boolean {
  const one = <T>(values: readonly T[] | undefined, value: T | null) => !values?.length || values.includes(value as T);
  const inbox = (filter.owners?.length || filter.accountables?.length) && !filter.states?.length;
  const posts = scope.kind === 'posts' ? scope.posts : [];
  const open = row.stage !== STAGE.closed;
  const asked = (values: readonly string[] | undefined, allowed: readonly string[]) =>
    !!values?.length && values.every((each) => allowed.includes(each));
  const seen =
    scope.kind === 'citizen'
      ? scope.followed
        ? FOLLOWED.includes(row)
        : row.citizenId === scope.citizenId
      : scope.tenants.includes(row.tenant) &&
        (scope.kind === 'tenants' ||
          scope.departments.includes(row.department) ||
          asked(filter.owners, posts) ||
          asked(filter.accountables, posts) ||
          (open && (posts.includes(row.owner ?? '') || posts.includes(row.accountable))));
  const { search } = filter;
  const found =
    search === undefined ||
    (search.kind === 'number' && row.number === search.number) ||
    (search.kind === 'mobile' && row.citizenMobile === search.mobile) ||
    (search.kind === 'words' &&
      search.words.length > 0 &&
      search.words.every((word) => wordsOf(`${row.description} ${row.landmark}`).includes(word)));
  return (
    seen &&
    found &&
    one(filter.states, row.state) &&
    one(filter.wards, row.ward) &&
    one(filter.departments, row.department) &&
    one(filter.sources, row.source) &&
    one(filter.owners, row.owner) &&
    one(filter.accountables, row.accountable) &&
    one(filter.levels, row.level) &&
    one(filter.ratings, row.rating) &&
    (!inbox || row.stage === STAGE.working) &&
    (filter.overdue === undefined || (row.dueAt !== null && row.dueAt < NOW) === filter.overdue) &&
    (filter.from === undefined || row.registeredAt >= filter.from) &&
    (filter.to === undefined || row.registeredAt < filter.to)
  );
}

function expected(filter: CaseFilter, scope: CaseScope, sort: CaseSort): string[] {
  const key = (row: GrievanceEntity) => (sort === 'due' ? row.dueOrder : row.registeredAt);
  const sign = sort === '-registered' ? -1 : 1;
  return ROWS.filter((row) => matches(row, filter, scope))
    .toSorted((a, b) => sign * (key(a) - key(b) || (a.number < b.number ? -1 : 1)))
    .map((row) => row.number);
}

const someOf = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { maxLength: Math.min(3, values.length) }), { nil: undefined });
const filters = fc.record(
  {
    states: someOf(CASE_STATES),
    wards: someOf(WARDS),
    departments: someOf(DEPARTMENTS),
    owners: someOf(POSTS),
    accountables: someOf(POSTS),
    levels: someOf([0, 1, 2, 3]),
    ratings: someOf([1, 3]),
    overdue: fc.boolean(),
    from: fc.constant(MONDAY + 100 * HOUR),
    to: fc.constant(MONDAY + 400 * HOUR),
    search: fc.constantFrom(
      { kind: 'words' as const, words: ['light'] },
      { kind: 'words' as const, words: ['सड़क', 'light'].map((each) => each.normalize('NFC')) },
      { kind: 'words' as const, words: [] },
      { kind: 'mobile' as const, mobile: '+919800000007' },
      { kind: 'number' as const, number: 'KMC-26-0000001-0' },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<CaseFilter>;
const scopes: fc.Arbitrary<CaseScope> = fc.oneof(
  fc.record({ kind: fc.constant('tenants' as const), tenants: fc.subarray(TENANTS, { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('posts' as const),
    tenants: fc.subarray(TENANTS, { minLength: 1 }),
    departments: fc.subarray(DEPARTMENTS, { maxLength: 2 }),
    posts: fc.subarray(POSTS, { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('citizen' as const), citizenId: fc.constantFrom(...CITIZENS) }),
  fc.constant({ kind: 'citizen' as const, citizenId: 'c1', followed: true }),
);

const KMC: CaseScope = { kind: 'tenants', tenants: ['KMC'] };
const LIMIT = 20;
/** The lists people live by: each along one index, in its order, whatever the number of cases. */
const SHAPES: [name: string, index: string, filter: CaseFilter, scope: CaseScope, sort: CaseSort][] = [
  [
    'my inbox by due date',
    'ix_grievance_owner',
    { owners: ['P1'] },
    { kind: 'posts', tenants: ['KMC'], departments: ['WATER'], posts: ['P1', 'P2'] },
    'due',
  ],
  [
    'what I answer for by due date',
    'ix_grievance_accountable',
    { accountables: ['P1'] },
    { kind: 'posts', tenants: ['KMC'], departments: [], posts: ['P1'] },
    'due',
  ],
  [
    'a department by state',
    'ix_grievance_department',
    { departments: ['WATER'], states: ['assigned'] },
    { kind: 'posts', tenants: ['KMC'], departments: ['WATER'], posts: ['P1'] },
    '-registered',
  ],
  ['a ward', 'ix_grievance_ward', { wards: ['91'] }, KMC, '-registered'],
  ['overdue by level', 'ix_grievance_level', { overdue: true, levels: [1] }, KMC, 'due'],
  ['a citizen’s own', 'ix_grievance_citizen', {}, { kind: 'citizen', citizenId: 'c1' }, '-registered'],
  [
    'those of a mobile number',
    'ix_grievance_mobile',
    { search: { kind: 'mobile', mobile: '+919800000007' } },
    KMC,
    '-registered',
  ],
  ['those with a word', 'grievance_word', { search: { kind: 'words', words: ['light'] } }, KMC, '-registered'],
  ['all of a city', 'ix_grievance_registered', {}, KMC, '-registered'],
];

describeOnEachEngine('lists of cases', (db) => {
  const read = () => db.sources.read.manager;
  const request = (
    filter: CaseFilter,
    scope: CaseScope,
    sort: CaseSort,
    limit = LIMIT,
    cursor: string | null = null,
  ): CaseListRequest => ({ filter, scope, sort, limit, cursor, now: NOW });

  beforeAll(async () => {
    await db.uow.run(async (manager) => {
      await insertRows(manager, GrievanceEntity, ROWS);
      const words = ROWS.flatMap((row) =>
        indexWords(row.number, row.description, row.landmark).map((word) => ({
          tenant: row.tenant,
          word,
          registeredAt: row.registeredAt,
          number: row.number,
        })),
      );
      await insertRows(manager, GrievanceWordEntity, words);
      const followers = FOLLOWED.map((row) => ({
        number: row.number,
        person: 'citizen:c1',
        tenant: row.tenant,
        citizenId: 'c1',
        mobile: null,
        locale: 'bn' as const,
        registeredAt: row.registeredAt,
      }));
      await insertRows(manager, FollowerEntity, followers);
      await manager.query(db.engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE grievance, grievance_word, follower');
    });
  }, 60_000);

  async function allPages(filter: CaseFilter, scope: CaseScope, sort: CaseSort, limit: number): Promise<string[]> {
    const numbers: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCases>> = await listCases(
        read(),
        request(filter, scope, sort, limit, cursor),
      );
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      numbers.push(...page.rows.map((row) => row.number));
      cursor = page.next;
    } while (cursor !== null);
    return numbers;
  }

  test('any filter, scope and order gives exactly the cases it should, once each, and their true count', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        scopes,
        fc.constantFrom<CaseSort>('-registered', 'registered', 'due'),
        async (filter, scope, sort) => {
          const right = expected(filter, scope, sort);
          expect(await allPages(filter, scope, sort, Math.max(7, Math.ceil(right.length / 3)))).toEqual(right);
          expect(await countCases(read(), { filter, scope, now: NOW })).toBe(right.length);
        },
      ),
      { numRuns: 120, seed: 20_260_113 },
    );
  }, 120_000);

  test('a row comes back as it was written', async () => {
    const [wanted] = ROWS;
    const search = { kind: 'number' as const, number: wanted?.number ?? '' };
    const { rows } = await listCases(read(), request({ search }, KMC, '-registered'));
    expect(rows).toEqual([wanted]);
  });

  test('a cursor of another order, or of nobody’s, is refused', async () => {
    const { next } = await listCases(read(), request({}, KMC, '-registered'));
    await expect(listCases(read(), request({}, KMC, 'due', LIMIT, next))).rejects.toThrow(CursorError);
    for (const cursor of ['x', 'bnVsbA', Buffer.from('["due","1 OR 1=1","x"]').toString('base64url')])
      await expect(listCases(read(), request({}, KMC, 'due', LIMIT, cursor))).rejects.toThrow(CursorError);
  });

  test('what is asked for is a value, never SQL', async () => {
    const nasty = ["' OR 1=1 --", '"; DROP TABLE grievance; --', '%', '_', '\\'];
    const { rows } = await listCases(read(), request({ wards: nasty, departments: nasty, owners: nasty }, KMC, 'due'));
    expect(rows).toEqual([]);
    expect(await read().count(GrievanceEntity)).toBe(COUNT);
  });

  test.each(SHAPES)(
    '%s runs along its index and reads no more than a page',
    async (_name, index, filter, scope, sort) => {
      const first = request(filter, scope, sort);
      const { next } = await listCases(read(), first);
      for (const each of [first, { ...first, cursor: next }]) {
        const { text, params } = await listStatement(read(), each);
        if (db.engine === 'sqlite') {
          const plan: { detail: string }[] = await read().query(`EXPLAIN QUERY PLAN ${text}`, params);
          const details = plan.map(({ detail }) => detail).join('\n');
          expect(details).toMatch(index.startsWith('ix_') ? new RegExp(`INDEX ${index} `) : /SEARCH w0 USING .*INDEX/);
          expect(details).not.toMatch(/TEMP B-TREE|SCAN/);
        } else {
          const reads = await rowsRead(text, params);
          // A word brings its case by the primary key; a second page begins at two places of the index.
          const perRow = index === 'grievance_word' ? 2 : 1;
          expect(reads).toBeLessThanOrEqual(perRow * (LIMIT + 1) + (each.cursor ? perRow : 0));
        }
      }
    },
  );

  async function rowsRead(text: string, params: unknown[]): Promise<number> {
    const runner = db.sources.read.createQueryRunner();
    try {
      await runner.query('FLUSH STATUS');
      await runner.query(text, params);
      const status: { Value: string }[] = await runner.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
      return status.reduce((sum, { Value }) => sum + Number(Value), 0);
    } finally {
      await runner.release();
    }
  }
});
