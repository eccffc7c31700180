import type { EntityManager } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { HoldingEntity, PostEntity } from '#libs/persistence/entities/index';
import type { MasterSpec, ReadRow } from './master-spec.js';
import { postContext, readRole, readScope, writePosts, type PostContext, type PostRow } from './positions.js';
import { checkRouting } from './routing-check.js';
import { ROLE_TITLES } from './roles.js';
import type { RowReader } from './row-reader.js';
import { formatWardList } from './ward-list.js';

interface StaffRow {
  person: string;
  mobile: string;
  /** Absent: a post of that scope is found or made. */
  position?: string;
  role: Role;
  department: string;
  wards: string[];
  categories: string[];
}

interface StaffContext extends PostContext {
  /** Scope → posts that have it. */
  byScope: Map<string, string[]>;
  posts: Map<string, Omit<PostEntity, 'tenant'>>;
  /** Post → mobile number of who holds it; a vacant one is missing. */
  heldBy: Map<string, string | null>;
  /** Mobile number → first row of this file with it, to tell of repetitions. */
  seen: Map<string, { row: number; person: string | undefined }>;
}

function scopeOf(post: Pick<PostEntity, 'department' | 'role' | 'wards' | 'categories'>): string {
  return JSON.stringify([post.department, post.role, post.wards, post.categories]);
}

/** A list of people as departments keep it: who they are and what they look after; posts follow from that. */
export const staffMaster: MasterSpec<StaffContext, StaffRow> = {
  name: 'staff',
  columns: [
    { name: 'name', aliases: ['holder', 'officer', 'employee'], required: true },
    { name: 'mobile', aliases: ['phone', 'mobile no', 'mobile number'], required: true },
    { name: 'designation', aliases: ['role'], required: true },
    { name: 'department', aliases: ['dept'], required: true },
    { name: 'ward', aliases: ['wards'], required: true },
    { name: 'category', aliases: ['categories'] },
    { name: 'position', aliases: ['post'] },
  ],
  context: staffContext,
  read,
  async write(em, context, rows) {
    return writePosts(
      em,
      context,
      rows.map(({ row, value }) => ({ row, value: toPost(value, context) })),
    );
  },
  async finish(em, { tenant }) {
    return { findings: await checkRouting(em, tenant) };
  },
  export: exportStaff,
};

async function staffContext(em: EntityManager, tenant: string): Promise<StaffContext> {
  const context = await postContext(em, tenant);
  const posts = await em.findBy(PostEntity, { tenant });
  const byScope = new Map<string, string[]>();
  for (const post of posts) byScope.set(scopeOf(post), [...(byScope.get(scopeOf(post)) ?? []), post.position]);
  const holdings = await em.findBy(HoldingEntity, { tenant, kind: 'holder' });
  const current = holdings.filter(({ validTo }) => validTo === null || validTo > context.now);
  return {
    ...context,
    byScope,
    posts: new Map(posts.map(({ tenant: _tenant, ...post }) => [post.position, post])),
    heldBy: new Map(current.map(({ position, mobile }) => [position, mobile])),
    seen: new Map(),
  };
}

function read(reader: RowReader, context: StaffContext): ReadRow<StaffRow> | null {
  const person = reader.text('name', { required: true });
  const mobile = reader.mobile('mobile', true);
  const role = readRole(reader, 'designation', context);
  const department = reader.known('department', context.departments);
  const scope = readScope(reader, { wards: 'ward', categories: 'category' }, role, department, context);
  const position = reader.code('position', 64, false);
  if (position !== undefined && !context.positions.has(position)) {
    reader.wrong('position', 'unknown', 'the code of a post of this city, or nothing');
  }
  if (mobile !== undefined) tellRepetition(reader, mobile, person, context);
  if (!reader.ok || !person || !mobile || !role || !department || !scope) return null;
  const value = { person, mobile, role, department, ...scope, ...(position ? { position } : {}) };
  return { value, key: JSON.stringify([mobile, position ?? scopeOf(value)]), keyColumn: 'mobile' };
}

/** One person may hold several posts, so a number that comes again is told, but not refused. */
function tellRepetition(reader: RowReader, mobile: string, person: string | undefined, { seen }: StaffContext): void {
  const first = seen.get(mobile);
  if (!first) seen.set(mobile, { row: reader.row, person });
  else if (first.row !== reader.row) {
    const same = first.person === person;
    reader.warn(
      'mobile',
      'duplicate',
      `${same ? 'the same person' : 'another person with this number'} is in row ${first.row}`,
    );
  }
}

function toPost(value: StaffRow, context: StaffContext): PostRow {
  const { person, mobile, role, department, wards, categories } = value;
  const position = value.position ?? positionFor(value, context);
  const existing = context.posts.get(position);
  const designation = existing?.designation ?? ROLE_TITLES[role].title;
  const post = { position, designation, role, department, wards, categories };
  if (!existing) context.byScope.set(scopeOf(post), [...(context.byScope.get(scopeOf(post)) ?? []), position]);
  context.posts.set(position, post);
  context.positions.add(position);
  context.heldBy.set(position, mobile);
  const username = context.usernames.get(mobile);
  return { post, holder: { person, mobile, ...(username ? { username } : {}) } };
}

/** The post of that scope that the person holds already, else a vacant one, else a new one. */
function positionFor(value: StaffRow, context: StaffContext): string {
  const same = context.byScope.get(scopeOf(value)) ?? [];
  const own = same.find((position) => context.heldBy.get(position) === value.mobile);
  const free = own ?? same.find((position) => !context.heldBy.has(position));
  if (free !== undefined) return free;
  const base = newCode(value, context);
  for (let nth = 1; ; nth += 1) {
    const code = nth === 1 ? base : `${base}-${nth}`;
    if (!context.positions.has(code)) return code;
  }
}

const LONGEST_PLACE = 24;

function newCode({ department, role, wards }: StaffRow, { wards: directory }: StaffContext): string {
  const start = `${department}-${ROLE_TITLES[role].short}`;
  if (wards.includes('*')) return start;
  const boroughs = new Set(wards.map((ward) => directory.wards.get(ward)));
  const [borough] = boroughs;
  const whole = [...directory.wards.values()].filter((each) => each === borough).length;
  if (boroughs.size === 1 && wards.length === whole) return `${start}-B${borough}`;
  const place = formatWardList(wards).replaceAll(', ', '_');
  return place.length <= LONGEST_PLACE ? `${start}-W${place}` : `${start}-W${wards[0]}_AND_${wards.length - 1}`;
}

async function* exportStaff(em: EntityManager, tenant: string): AsyncGenerator<readonly string[]> {
  const context: StaffContext = await staffContext(em, tenant);
  const holdings = await em.find(HoldingEntity, { where: { tenant, kind: 'holder' }, order: { position: 'ASC' } });
  for (const { position, person, mobile, validTo } of holdings) {
    const post = context.posts.get(position);
    if (!post || (validTo !== null && validTo <= context.now)) continue;
    const categories = post.categories.join('; ');
    yield [person, mobile ?? '', post.role, post.department, formatWardList(post.wards), categories, position];
  }
}
