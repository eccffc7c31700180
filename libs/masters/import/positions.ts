import { DateTime } from 'luxon';
import { In, type EntityManager } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { AppUserEntity, HoldingEntity, PostEntity } from '#libs/persistence/entities/index';
import {
  categoryDirectory,
  departmentsOf,
  parseCategoryList,
  tenantOf,
  wardDirectory,
  type CategoryDirectory,
} from './directory.js';
import { changeHoldings, holdingsOf, type HoldingChange, type WantedHolding } from './holdings.js';
import type { Counts, Finding, MasterSpec, NumberedRow, ReadRow } from './master-spec.js';
import { exportPositions } from './positions-export.js';
import { checkRouting } from './routing-check.js';
import { ROLE_EXPECTED, ROLE_WORDS } from './roles.js';
import type { RowReader } from './row-reader.js';
import { upsertRows } from './upsert.js';
import type { Vocabulary } from './vocabulary.js';
import { parseWardList, type WardDirectory } from './ward-list.js';

export interface PostRow {
  post: Omit<PostEntity, 'tenant'>;
  /** Absent: the file says nothing about who holds it. */
  holder?: WantedHolding | null;
  /** Position whose holder acts meanwhile. */
  delegate?: { position: string; from?: number; to?: number | null } | null;
}

export interface PostContext {
  tenant: string;
  zone: string;
  isState: boolean;
  now: number;
  departments: Vocabulary;
  wards: WardDirectory;
  categories: CategoryDirectory;
  positions: Set<string>;
  usernames: ReadonlyMap<string, string>;
  /** Posts with a delegate that this run has created or updated otherwise. */
  counted: Set<string>;
  /** Delegations of this run: set once all holders are known. */
  delegates: NumberedRow<{ position: string; to: NonNullable<PostRow['delegate']> }>[];
}

export async function postContext(em: EntityManager, tenant: string): Promise<PostContext> {
  const { zone, kind } = await tenantOf(em, tenant);
  const posts = await em.find(PostEntity, { where: { tenant }, select: { tenant: true, position: true } });
  const users = await em.find(AppUserEntity, { where: { tenant }, select: { username: true, mobile: true } });
  return {
    tenant,
    zone,
    isState: kind === 'state',
    now: Date.now(),
    departments: await departmentsOf(em, tenant),
    wards: await wardDirectory(em, tenant),
    categories: await categoryDirectory(em, tenant),
    positions: new Set(posts.map(({ position }) => position)),
    usernames: new Map(users.flatMap(({ username, mobile }) => (mobile ? [[mobile, username] as const] : []))),
    counted: new Set(),
    delegates: [],
  };
}

/** Roles that act on particular wards; others may leave the cell empty and then cover all. */
const NEEDS_WARDS: ReadonlySet<Role> = new Set(['lme']);

export function readRole(reader: RowReader, column: string, context: Pick<PostContext, 'isState'>): Role | undefined {
  const role = reader.oneOf(column, ROLE_WORDS, ROLE_EXPECTED);
  // A city's administrator must not be able to make one of the state.
  if (role === 'state_admin' && !context.isState) return reader.wrong(column, 'not_allowed', 'a role within this city');
  return role;
}

export function readScope(
  reader: RowReader,
  columns: { wards: string; categories: string },
  role: Role | undefined,
  department: string | undefined,
  context: PostContext,
): { wards: string[]; categories: string[] } | null {
  const needed = role !== undefined && NEEDS_WARDS.has(role);
  const wards = reader.read<{ wards: string[] }>(columns.wards, (cell) => parseWardList(cell, context.wards), needed);
  const categories = reader.read<{ categories: string[] }>(
    columns.categories,
    (cell) => parseCategoryList(cell, department, context.categories),
    false,
  );
  return { wards: wards?.wards ?? ['*'], categories: categories?.categories ?? ['*'] };
}

function read(reader: RowReader, context: PostContext): ReadRow<PostRow> | null {
  const position = reader.code('position', 64);
  const designation = reader.text('designation', { required: true });
  const role = readRole(reader, 'role', context);
  const department = reader.known('department', context.departments);
  const scope = readScope(reader, { wards: 'wards', categories: 'categories' }, role, department, context);
  const holder = readHolder(reader, context);
  const delegate = readDelegate(reader, context, position);
  if (!reader.ok || !position || !designation || !role || !department || !scope) return null;
  return {
    value: { post: { position, designation, role, department, ...scope }, ...holder, ...delegate },
    key: position,
    keyColumn: 'position',
    needs: delegate.delegate
      ? [{ column: 'delegate', key: delegate.delegate.position, expected: 'the code of a post of this city' }]
      : [],
  };
}

function readHolder(reader: RowReader, context: PostContext): Pick<PostRow, 'holder'> {
  const person = reader.text('holder');
  const mobile = reader.mobile('mobile');
  const period = readPeriod(reader, 'from', 'to', context.zone);
  if (!reader.has('holder')) return {};
  if (person === undefined) {
    if (mobile !== undefined) reader.wrong('holder', 'required', 'the name of whose mobile number it is');
    return { holder: null };
  }
  const username = mobile === undefined ? undefined : context.usernames.get(mobile);
  return { holder: { person, mobile: mobile ?? null, ...period, ...(username ? { username } : {}) } };
}

function readDelegate(
  reader: RowReader,
  context: PostContext,
  position: string | undefined,
): Pick<PostRow, 'delegate'> {
  const to = reader.code('delegate', 64, false);
  const period = readPeriod(reader, 'delegate_from', 'delegate_to', context.zone);
  if (!reader.has('delegate')) return {};
  if (to === undefined) return { delegate: null };
  if (to === position) reader.wrong('delegate', 'loop', 'another post');
  return { delegate: { position: to, ...period } };
}

/** Local dates, both inclusive, as instants. */
function readPeriod(reader: RowReader, from: string, to: string, zone: string): { from?: number; to?: number } {
  const first = reader.date(from);
  const last = reader.date(to);
  if (first !== undefined && last !== undefined && last < first) {
    reader.wrong(to, 'out_of_range', `a date not before ${first}`);
  }
  const midnight = (date: string, plus: number): number =>
    DateTime.fromISO(date, { zone }).plus({ days: plus }).toMillis();
  return {
    ...(first === undefined ? {} : { from: midnight(first, 0) }),
    ...(last === undefined ? {} : { to: midnight(last, 1) }),
  };
}

/** Writes posts and their holders; delegations wait for {@link finishDelegates}. */
export async function writePosts(
  em: EntityManager,
  context: PostContext,
  rows: readonly NumberedRow<PostRow>[],
): Promise<Counts> {
  const { tenant, now } = context;
  const positions = rows.map(({ value }) => value.post.position);
  const stored = await em.findBy(PostEntity, { tenant, position: In(positions) });
  const posts = rows.map(({ value }) => ({ tenant, ...value.post }));
  const counts = await upsertRows(em, PostEntity, ['tenant', 'position'], posts, stored);
  const changes = rows.flatMap(({ row, value }): HoldingChange[] => {
    const { position } = value.post;
    if (value.delegate) context.delegates.push({ row, value: { position, to: value.delegate } });
    return [
      ...(value.holder === undefined ? [] : [{ position, kind: 'holder' as const, wanted: value.holder }]),
      ...(value.delegate === null ? [{ position, kind: 'delegate' as const, wanted: null }] : []),
    ];
  });
  const changed = await changeHoldings(em, tenant, changes, await holdingsOf(em, tenant, positions), now);
  // A post that stayed the same but changed hands counts as updated.
  const known = new Map(stored.map((post) => [post.position, post]));
  const same = posts.filter((post) => describesSame(post, known.get(post.position)));
  const handed = same.filter((post) => changed.has(post.position)).length;
  const left = new Set(same.filter((post) => !changed.has(post.position)).map(({ position }) => position));
  for (const { value } of rows)
    if (value.delegate && !left.has(value.post.position)) context.counted.add(value.post.position);
  return { ...counts, updated: counts.updated + handed, unchanged: counts.unchanged - handed };
}

function describesSame(a: PostEntity, b: PostEntity | undefined): boolean {
  const list = (post: PostEntity): string =>
    JSON.stringify([post.designation, post.role, post.department, post.wards, post.categories]);
  return b !== undefined && list(a) === list(b);
}

export async function finishDelegates(
  em: EntityManager,
  context: PostContext,
): Promise<{ counts: Counts; findings: Finding[] }> {
  const { tenant, now, delegates } = context;
  const findings: Finding[] = [];
  const changes: HoldingChange[] = [];
  const touched = delegates.flatMap(({ value }) => [value.position, value.to.position]);
  const stored = touched.length > 0 ? await holdingsOf(em, tenant, touched) : [];
  for (const { row, value } of delegates) {
    const holder = currentHolder(stored, value.to.position, now);
    if (holder) {
      const { person, mobile, username } = holder;
      const { position: _position, ...period } = value.to;
      changes.push({ position: value.position, kind: 'delegate', wanted: { person, mobile, username, ...period } });
    } else {
      findings.push({
        row,
        column: 'delegate',
        value: value.to.position,
        problem: 'points_nowhere',
        expected: 'a post that somebody holds',
      });
    }
  }
  const changed = await changeHoldings(em, tenant, changes, stored, now);
  const more = [...changed].filter((position) => !context.counted.has(position)).length;
  return { counts: { created: 0, updated: more, unchanged: -more }, findings };
}

function currentHolder(stored: readonly HoldingEntity[], position: string, now: number): HoldingEntity | undefined {
  return stored.find(
    (holding) =>
      holding.position === position && holding.kind === 'holder' && (holding.validTo === null || holding.validTo > now),
  );
}

export const positionsMaster: MasterSpec<PostContext, PostRow> = {
  name: 'positions',
  columns: [
    { name: 'position', aliases: ['post', 'code'], required: true },
    { name: 'designation', required: true },
    { name: 'role', required: true },
    { name: 'department', aliases: ['dept'], required: true },
    { name: 'wards', aliases: ['ward'] },
    { name: 'categories', aliases: ['category'] },
    { name: 'holder', aliases: ['name'] },
    { name: 'mobile', aliases: ['phone', 'mobile number'] },
    { name: 'from' },
    { name: 'to' },
    { name: 'delegate' },
    { name: 'delegate_from' },
    { name: 'delegate_to' },
  ],
  context: postContext,
  read,
  exists: (context, key) => context.positions.has(key),
  write: writePosts,
  async finish(em, context) {
    const { counts, findings } = await finishDelegates(em, context);
    return { counts, findings: [...findings, ...(await checkRouting(em, context.tenant))] };
  },
  export: exportPositions,
};
