import type { CaseView, Page, TimelineItem } from '#libs/contracts/api/views';
import type { CommandName, Role } from '#libs/domain/case/names';
import type { DeskPost, DeskUser } from '../session/types.js';
import { call, type Query } from './client.js';

/** Told at login alone; a page loaded anew has passed it already. */
let mustChange = false;

export async function login(username: string, password: string): Promise<void> {
  const answer = await call<{ mustChange?: boolean }>('POST', '/auth/login', { body: { username, password }, anonymous: true });
  mustChange = answer.mustChange ?? false;
}

export function logout(): Promise<void> {
  return call('POST', '/auth/logout', { anonymous: true });
}

export async function changePassword(current: string, next: string): Promise<void> {
  await call<void>('POST', '/auth/password', { body: { current, next } });
  mustChange = false;
}

interface Me {
  kind: 'staff' | 'citizen';
  tenant: string;
  roles: Role[];
  username?: string;
  name?: string;
  posts: DeskPost[];
}

/** The signed-in member of staff; null for a citizen's session in the same browser. */
export async function fetchMe(): Promise<DeskUser | null> {
  const me = await call<Me>('GET', '/auth/me', { anonymous: true });
  if (me.kind !== 'staff' || !me.username) return null;
  return {
    username: me.username,
    name: me.name ?? me.username,
    tenant: me.tenant,
    roles: [...new Set([...me.roles, ...me.posts.map((post) => post.role)])],
    posts: me.posts,
    mustChange,
  };
}

export function listCases(query: Query, signal?: AbortSignal): Promise<Page<CaseView>> {
  return call('GET', '/grievances', { query, ...(signal ? { signal } : {}) });
}

export async function countCases(query: Query): Promise<number> {
  return (await call<{ total: number }>('GET', '/grievances/count', { query })).total;
}

export function fetchCase(number: string, version?: number): Promise<CaseView> {
  return call('GET', `/grievances/${encodeURIComponent(number)}`, { query: { version } });
}

export async function fetchTimeline(number: string): Promise<TimelineItem[]> {
  return (await call<Page<TimelineItem>>('GET', `/grievances/${encodeURIComponent(number)}/timeline`)).items;
}

export function giveCommand(number: string, command: CommandName, body: unknown, key: string): Promise<CaseView> {
  return call('POST', `/grievances/${encodeURIComponent(number)}/${command}`, { body, key });
}

export function revealCitizen(number: string, reason: string): Promise<{ name: string | null; mobile: string | null }> {
  return call('POST', `/grievances/${encodeURIComponent(number)}/reveal`, { body: { reason } });
}

export interface Lodging {
  subCategory: string;
  ward?: string;
  lat?: number;
  lon?: number;
  landmark?: string;
  description: string;
  locale: string;
  source: string;
  citizen?: { mobile?: string; name?: string };
  attachments?: string[];
}

export function lodge(body: Lodging, key: string): Promise<CaseView> {
  return call('POST', '/grievances', { body, key });
}

export interface Uploaded {
  id: string;
  mime: string;
  bytes: number;
  lat?: number;
  lon?: number;
}

export function upload(file: Blob, name: string, key: string): Promise<Uploaded> {
  const form = new FormData();
  form.append('file', file, name);
  return call('POST', '/attachments', { form, key });
}

/** An open case of the same kind close by: to be followed rather than lodged again. */
export interface NearbyCase {
  number: string;
  subCategory: string;
  state: CaseView['state'];
  ward: string;
  registeredAt: string;
  location: { lat: number; lon: number; landmark?: string };
  distance: number;
  followers: number;
}

export async function nearbyCases(query: { subCategory: string; lat: number; lon: number }): Promise<NearbyCase[]> {
  return (await call<{ items: NearbyCase[] }>('GET', '/grievances/nearby', { query })).items;
}

export interface HistoryRun {
  runId: string;
  archived: boolean;
  events: { id: number; at: string; type: string; name?: string }[];
}

export async function fetchHistory(number: string): Promise<HistoryRun[]> {
  return (await call<{ runs: HistoryRun[] }>('GET', `/grievances/${encodeURIComponent(number)}/history`)).runs;
}
