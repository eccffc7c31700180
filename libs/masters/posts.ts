import type { PostRef } from '#libs/domain/case/types';
import type { HoldingInfo, MastersSnapshot, PostInfo } from './snapshot.js';

/** The person who acts for a post; without a username they cannot log in (yet). */
export interface PostHolder {
  username: string | null;
  person: string;
  mobile: string | null;
}

/** Roles whose work the GRO takes over while nobody holds the post. Others carry rights that no vacancy may grant. */
const COVERED_BY_GRO: ReadonlySet<string> = new Set(['lme', 'escalation_officer']);

export function postRef(post: PostInfo): PostRef {
  return { position: post.position, designation: post.designation, role: post.role, department: post.department };
}

/** The post meant by a code in any case; null if there is none. */
export function findPost(snapshot: MastersSnapshot, position: string): PostRef | null {
  const post = snapshot.posts.get(position) ?? snapshot.posts.get(position.trim().toUpperCase());
  return post ? postRef(post) : null;
}

export function covers(list: readonly string[], code: string): boolean {
  return list.includes('*') || list.includes(code);
}

function isValid(holding: HoldingInfo, at: number): boolean {
  return holding.validFrom <= at && (holding.validTo === null || at < holding.validTo);
}

/** Who acts for the post itself: the delegate while there is one, else the holder. */
function actingHolding(snapshot: MastersSnapshot, position: string, at: number): HoldingInfo | undefined {
  const valid = (snapshot.holdings.get(position) ?? []).filter((holding) => isValid(holding, at));
  return valid.find(({ kind }) => kind === 'delegate') ?? valid.find(({ kind }) => kind === 'holder');
}

/** Whether nobody holds the post or acts for its holder at that moment. */
export function isVacant(snapshot: MastersSnapshot, position: string, at: number): boolean {
  return actingHolding(snapshot, position, at) === undefined;
}

/** GRO posts of a department, those of the ward's own before those of all wards, then by code. */
export function groPosts(snapshot: MastersSnapshot, department: string, ward: string): PostInfo[] {
  return [...snapshot.posts.values()]
    .filter((post) => post.role === 'gro' && post.department === department && covers(post.wards, ward))
    .sort((a, b) => byScope(a.wards, b.wards) || a.position.localeCompare(b.position));
}

export function byScope(a: readonly string[], b: readonly string[]): number {
  return Number(a.includes('*')) - Number(b.includes('*'));
}

/** GRO posts that answer for a vacant post: those of its department that share a ward with it. */
function coveringPosts(snapshot: MastersSnapshot, vacant: PostInfo): PostInfo[] {
  if (!COVERED_BY_GRO.has(vacant.role)) return [];
  return [...snapshot.posts.values()]
    .filter((post) => post.role === 'gro' && post.department === vacant.department && sharesWard(post, vacant))
    .sort((a, b) => byScope(a.wards, b.wards) || a.position.localeCompare(b.position));
}

function sharesWard(a: PostInfo, b: PostInfo): boolean {
  return a.wards.includes('*') || b.wards.includes('*') || a.wards.some((ward) => b.wards.includes(ward));
}

/** Who acts for a post: its delegate, its holder, or for a vacant one the department's GRO; null if that is vacant too. */
export function holderOf(snapshot: MastersSnapshot, position: string, at: number): PostHolder | null {
  const acting = actingHolding(snapshot, position, at) ?? coveringHolding(snapshot, position, at);
  return acting ? { username: acting.username, person: acting.person, mobile: acting.mobile } : null;
}

function coveringHolding(snapshot: MastersSnapshot, position: string, at: number): HoldingInfo | undefined {
  const post = snapshot.posts.get(position);
  if (!post) return undefined;
  for (const gro of coveringPosts(snapshot, post)) {
    const acting = actingHolding(snapshot, gro.position, at);
    if (acting) return acting;
  }
  return undefined;
}

/** Every request of staff asks for their posts, and a city has hundreds. */
const byUser = new WeakMap<MastersSnapshot, ReadonlyMap<string, readonly HoldingInfo[]>>();

function holdingsByUser(snapshot: MastersSnapshot): ReadonlyMap<string, readonly HoldingInfo[]> {
  const known = byUser.get(snapshot);
  if (known) return known;
  const found = new Map<string, HoldingInfo[]>();
  for (const holding of [...snapshot.holdings.values()].flat()) {
    if (holding.username === null) continue;
    const list = found.get(holding.username);
    if (list) list.push(holding);
    else found.set(holding.username, [holding]);
  }
  byUser.set(snapshot, found);
  return found;
}

/**
 * Posts that a person acts for: held, delegated to them, or vacant and covered because theirs is the department's
 * GRO post. Held ones first.
 */
export function postsOf(snapshot: MastersSnapshot, username: string, at: number): PostRef[] {
  const own = new Map<string, PostInfo>();
  for (const holding of holdingsByUser(snapshot).get(username) ?? []) {
    const post = snapshot.posts.get(holding.position);
    if (post && isValid(holding, at)) own.set(holding.position, post);
  }
  const gros = [...own.values()].filter((post) => post.role === 'gro');
  const covered = gros.length === 0 ? [] : vacantPostsOf(snapshot, gros, at);
  return [...own.values(), ...covered.filter((post) => !own.has(post.position))].map(postRef);
}

function vacantPostsOf(snapshot: MastersSnapshot, gros: readonly PostInfo[], at: number): PostInfo[] {
  return [...snapshot.posts.values()].filter(
    (post) =>
      COVERED_BY_GRO.has(post.role) &&
      gros.some((gro) => gro.department === post.department && sharesWard(gro, post)) &&
      isVacant(snapshot, post.position, at),
  );
}

/** How a post is shown: its designation, and who acts for it where the caller may know. */
export function describePost(
  snapshot: MastersSnapshot,
  position: string,
  at: number,
): { position: string; designation: string; name?: string } {
  const designation = snapshot.posts.get(position)?.designation ?? position;
  const name = actingHolding(snapshot, position, at)?.person;
  return { position, designation, ...(name ? { name } : {}) };
}
