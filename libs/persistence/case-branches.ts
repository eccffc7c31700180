import { CASE_STATES } from '#libs/domain/case/names';
import { stageOf } from './case-rows.js';
import type { CaseFilter, CaseScope, CaseSort } from './case-filter.js';
import { STAGE } from './entities/grievance.entity.js';

/** A condition on the row `g` with its parameters. */
export interface Condition {
  sql: string;
  params: readonly unknown[];
}

/** One run along one index, in the order of the list. A list is one of them or several, merged. */
export interface Branch {
  /** Index of `grievance` to be used; null leaves it to the engine. */
  index: string | null;
  conditions: readonly Condition[];
  /** Tables joined in front of `g`; the order of the list is then read from `orderAlias`. */
  joins: readonly { table: string; alias: string; on: string; params: readonly unknown[] }[];
  orderAlias: string;
}

/** More runs than this cost more than one run that sorts. */
const MOST_BRANCHES = 64;

const eq = (column: string, value: unknown): Condition => ({ sql: `g.${column} = ?`, params: [value] });
const oneOf = (column: string, values: readonly unknown[]): Condition => {
  if (values.length === 1) return eq(column, values[0]);
  if (values.length === 0) return { sql: '1 = 0', params: [] };
  return { sql: `g.${column} IN (${values.map(() => '?').join(', ')})`, params: values };
};
const unless = (column: string, values: readonly unknown[]): Condition =>
  values.length === 0
    ? { sql: '1 = 1', params: [] }
    : { sql: `(g.${column} IS NULL OR g.${column} NOT IN (${values.map(() => '?').join(', ')}))`, params: values };

type Dimension = readonly [column: string, values: readonly unknown[]];

/** Every combination of one value per dimension; null if there are too many. */
function combinations(dimensions: readonly Dimension[]): Condition[][] | null {
  const count = dimensions.reduce((product, [, values]) => product * values.length, 1);
  if (count > MOST_BRANCHES) return null;
  return dimensions.reduce<Condition[][]>(
    (all, [column, values]) => all.flatMap((each) => values.map((value) => [...each, eq(column, value)])),
    [[]],
  );
}

/** Branches along an index whose equality columns are the dimensions; else one branch for the engine to sort. */
function along(index: string, dimensions: readonly Dimension[], rest: readonly Condition[]): Branch[] {
  const found = combinations(dimensions);
  if (!found) return [plain([...dimensions.map(([column, values]) => oneOf(column, values)), ...rest])];
  return found.map((each) => ({ ...plain([...each, ...rest]), index }));
}

const plain = (conditions: readonly Condition[]): Branch => ({ index: null, conditions, joins: [], orderAlias: 'g' });

interface Narrowing {
  filter: CaseFilter;
  stages: readonly number[];
  now: number;
}

/** The filter as conditions, without those that the branch itself expands. */
function conditionsOf({ filter, stages, now }: Narrowing, expanded: readonly string[]): Condition[] {
  const conditions: Condition[] = [];
  const add = (column: string, values: readonly unknown[] | undefined) => {
    if (values && values.length > 0 && !expanded.includes(column)) conditions.push(oneOf(column, values));
  };
  add('state', filter.states);
  // Follows from the states where there are some; said as well where an index knows only the stage.
  if (!filter.states?.length || expanded.includes('owner') || expanded.includes('accountable')) add('stage', stages);
  add('ward', filter.wards);
  add('borough', filter.boroughs);
  add('department', filter.departments);
  add('sub_category', filter.subCategories);
  add('source', filter.sources);
  add('owner', filter.owners);
  add('accountable', filter.accountables);
  add('level', filter.levels);
  add('rating', filter.ratings);
  add('category', filter.categories);
  add('outcome', filter.outcomes);
  conditions.push(...figureConditions(filter));
  if (filter.overdue !== undefined)
    conditions.push({ sql: `g.due_order ${filter.overdue ? '<' : '>='} ?`, params: [now] });
  if (filter.from !== undefined) conditions.push({ sql: 'g.registered_at >= ?', params: [filter.from] });
  if (filter.to !== undefined) conditions.push({ sql: 'g.registered_at < ?', params: [filter.to] });
  const { search } = filter;
  if (search?.kind === 'number') conditions.push(eq('number', search.number));
  if (search?.kind === 'mobile' && !expanded.includes('citizen_mobile'))
    conditions.push(eq('citizen_mobile', search.mobile));
  return conditions;
}

const ANSWER_STANDS: Condition = {
  sql: "(g.stage = ? OR g.outcome IN ('satisfied', 'unrated', 'rejected', 'dissatisfied'))",
  params: [STAGE.answered],
};

/** The cases behind a figure of the insight, in the figure's own words. */
function figureConditions({ officers, answered, sla, reopened, resolved }: CaseFilter): Condition[] {
  const conditions: Condition[] = [];
  if (officers?.length)
    conditions.push({
      sql: `EXISTS (SELECT 1 FROM case_fact cf WHERE cf.number = g.number AND cf.post IN (${officers.map(() => '?').join(', ')}))`,
      params: officers,
    });
  if (answered === 'standing') conditions.push(ANSWER_STANDS);
  if (answered === 'once')
    conditions.push({ sql: `(g.reopens > 0 OR ${ANSWER_STANDS.sql})`, params: ANSWER_STANDS.params });
  if (sla === 'met') conditions.push({ sql: 'g.level = 0', params: [] }, ANSWER_STANDS);
  if (sla === 'missed') conditions.push({ sql: 'g.level > 0', params: [] });
  if (sla === 'decided')
    conditions.push({ sql: `(g.level > 0 OR ${ANSWER_STANDS.sql})`, params: ANSWER_STANDS.params });
  if (reopened !== undefined) conditions.push({ sql: `g.reopens ${reopened ? '>' : '='} 0`, params: [] });
  if (resolved !== undefined)
    conditions.push({ sql: `g.resolved_at IS ${resolved ? 'NOT NULL' : 'NULL'}`, params: [] });
  return conditions;
}

function stagesOf(filter: CaseFilter): readonly number[] {
  if (filter.states?.length) return [...new Set(filter.states.map(stageOf))];
  return filter.owners?.length || filter.accountables?.length ? [STAGE.working] : [];
}

const within = (values: readonly string[] | undefined, allowed: readonly string[]) =>
  values !== undefined && values.length > 0 && values.every((each) => allowed.includes(each));

/** What a scope by departments and posts adds to a list that runs along another column. */
function scopeCondition(scope: CaseScope, filter: CaseFilter): Condition[] {
  if (scope.kind !== 'posts' || satisfied(scope, filter)) return [];
  const any = [
    oneOf('department', scope.departments),
    ...(scope.posts.length > 0 ? [oneOf('owner', scope.posts), oneOf('accountable', scope.posts)] : []),
  ];
  return [{ sql: `(${any.map((each) => each.sql).join(' OR ')})`, params: any.flatMap((each) => each.params) }];
}

/** The filter asks for no more than the scope allows anyway. */
function satisfied(scope: Extract<CaseScope, { kind: 'posts' }>, filter: CaseFilter): boolean {
  return (
    within(filter.departments, scope.departments) ||
    within(filter.owners, scope.posts) ||
    within(filter.accountables, scope.posts)
  );
}

/**
 * The runs that make up a list. The equality columns of the index that serves the list are taken value by value, so
 * that each run is in the order of the list and stops after a page.
 * @param levels levels that occur, for overdue cases at any level
 */
export function branchesOf(
  filter: CaseFilter,
  scope: CaseScope,
  sort: CaseSort,
  now: number,
  levels: readonly number[],
): Branch[] {
  const stages = stagesOf(filter);
  const narrowing = { filter, stages, now };
  const rest = (...expanded: string[]) => [...conditionsOf(narrowing, expanded), ...scopeCondition(scope, filter)];
  const { search } = filter;

  if (scope.kind === 'citizen') return [citizenBranch(scope, [...rest(), ...withWords(search)])];
  const tenant: Dimension = ['tenant', scope.tenants];
  if (search?.kind === 'number') return [plain([oneOf('tenant', scope.tenants), ...rest()])];
  if (search?.kind === 'words') return wordBranches(scope.tenants, search.words, rest());
  if (sort === 'due') {
    for (const [column, values] of [
      ['owner', filter.owners],
      ['accountable', filter.accountables],
    ] as const)
      if (values?.length)
        return along(`ix_grievance_${column}`, [tenant, [column, values], ['stage', stages]], rest(column, 'stage'));
    const wanted = filter.levels?.length ? filter.levels : levels;
    if (filter.overdue === true) return along('ix_grievance_level', [tenant, ['level', wanted]], rest('level'));
    return [plain([oneOf('tenant', scope.tenants), ...rest()])];
  }
  if (search?.kind === 'mobile')
    return along('ix_grievance_mobile', [tenant, ['citizen_mobile', [search.mobile]]], rest('citizen_mobile'));
  if (filter.owners?.length || filter.accountables?.length) return [plain([oneOf('tenant', scope.tenants), ...rest()])];
  if (filter.wards?.length) return along('ix_grievance_ward', [tenant, ['ward', filter.wards]], rest('ward'));
  const states: Dimension = ['state', filter.states?.length ? filter.states : CASE_STATES];
  if (scope.kind === 'posts' && !satisfied(scope, filter)) return scopedBranches(scope, narrowing, states);
  if (filter.departments?.length)
    return along(
      'ix_grievance_department',
      [tenant, ['department', filter.departments], states],
      rest('department', 'state'),
    );
  const selective =
    filter.states?.length || filter.subCategories?.length || filter.ratings?.length || filter.levels?.length;
  if (selective || filter.overdue !== undefined) return [plain([oneOf('tenant', scope.tenants), ...rest()])];
  return along('ix_grievance_registered', [tenant], rest());
}

/** All that an officer may see: by department, and what their posts hold of other departments. No case in two runs. */
function scopedBranches(
  scope: Extract<CaseScope, { kind: 'posts' }>,
  narrowing: Narrowing,
  states: Dimension,
): Branch[] {
  const { filter } = narrowing;
  const tenant: Dimension = ['tenant', scope.tenants];
  const own = filter.departments?.length
    ? scope.departments.filter((each) => filter.departments?.includes(each))
    : scope.departments;
  const inDepartments = along(
    'ix_grievance_department',
    [tenant, ['department', own], states],
    conditionsOf(narrowing, ['department', 'state']),
  );
  if (scope.posts.length === 0) return inDepartments;
  const elsewhere = [...conditionsOf(narrowing, []), unless('department', scope.departments)];
  const held = oneOf('owner', scope.posts);
  const answered = [oneOf('accountable', scope.posts), unless('owner', scope.posts)];
  const open = { sql: 'g.stage < ?', params: [STAGE.closed] };
  const cities = oneOf('tenant', scope.tenants);
  return [
    ...inDepartments,
    { ...plain([cities, held, open, ...elsewhere]), index: 'ix_grievance_owner' },
    { ...plain([cities, ...answered, open, ...elsewhere]), index: 'ix_grievance_accountable' },
  ];
}

function citizenBranch(scope: Extract<CaseScope, { kind: 'citizen' }>, rest: readonly Condition[]): Branch {
  const city = scope.tenant === undefined ? [] : [eq('tenant', scope.tenant)];
  if (!scope.followed)
    return { ...plain([eq('citizen_id', scope.citizenId), ...city, ...rest]), index: 'ix_grievance_citizen' };
  const joins = [
    { table: 'follower', alias: 'f', on: 'f.number = g.number AND f.citizen_id = ?', params: [scope.citizenId] },
  ];
  return { index: null, conditions: [...city, ...rest], joins, orderAlias: 'f' };
}

/** Words looked up row by row, for lists that are short anyway. */
function withWords(search: CaseFilter['search']): Condition[] {
  if (search?.kind !== 'words') return [];
  if (search.words.length === 0) return [{ sql: '1 = 0', params: [] }];
  const row = 'w.tenant = g.tenant AND w.word = ? AND w.registered_at = g.registered_at AND w.number = g.number';
  return search.words.map((word) => ({
    sql: `EXISTS (SELECT 1 FROM grievance_word w WHERE ${row})`,
    params: [word],
  }));
}

function wordBranches(tenants: readonly string[], words: readonly string[], rest: readonly Condition[]): Branch[] {
  if (words.length === 0) return [plain([{ sql: '1 = 0', params: [] }])];
  return tenants.map((tenant) => ({
    index: null,
    conditions: [eq('tenant', tenant), ...rest],
    joins: words.map((word, position) => {
      const alias = `w${position}`;
      const same =
        position === 0
          ? `${alias}.number = g.number`
          : `${alias}.registered_at = w0.registered_at AND ${alias}.number = w0.number`;
      return {
        table: 'grievance_word',
        alias,
        on: `${alias}.tenant = ? AND ${alias}.word = ? AND ${same}`,
        params: [tenant, word],
      };
    }),
    orderAlias: 'w0',
  }));
}
