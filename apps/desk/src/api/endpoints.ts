import type {
  CaseView,
  NearbyView,
  OldComplaint,
  Page,
  SessionView,
  TimelineItem,
  UploadedPicture,
} from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import type { DeskUser } from '../session/types.js';
import { api, type Query } from './client.js';

export async function login(username: string, password: string): Promise<void> {
  await api.post('/api/v1/auth/login', { body: { username, password }, anonymous: true });
}

export function logout(): Promise<void> {
  return api.post('/api/v1/auth/logout', { anonymous: true });
}

export function changePassword(current: string, next: string): Promise<void> {
  return api.post('/api/v1/auth/password', { body: { current, next } });
}

/** The signed-in member of staff; null for a citizen's session in the same browser. */
export async function fetchMe(): Promise<DeskUser | null> {
  const me = await api.get<SessionView>('/api/v1/auth/me', { anonymous: true });
  if (me.kind !== 'staff' || !me.username) return null;
  return {
    username: me.username,
    name: me.name ?? me.username,
    tenant: me.tenant,
    roles: [...new Set([...me.roles, ...me.posts.map((post) => post.role)])],
    posts: me.posts,
    mustChange: me.mustChange,
  };
}

export function listCases(query: Query, signal?: AbortSignal): Promise<Page<CaseView>> {
  return api.get('/api/v1/grievances', { query, ...(signal ? { signal } : {}) });
}

export async function countCases(query: Query): Promise<number> {
  return (await api.get<{ total: number }>('/api/v1/grievances/count', { query })).total;
}

export function fetchCase(number: string, version?: number): Promise<CaseView> {
  return api.get('/api/v1/grievances/{number}', { path: { number }, query: { version } });
}

export async function fetchTimeline(number: string): Promise<TimelineItem[]> {
  return (await api.get<Page<TimelineItem>>('/api/v1/grievances/{number}/timeline', { path: { number } })).items;
}

export function giveCommand(number: string, command: CommandName, body: unknown, key: string): Promise<CaseView> {
  return api.post('/api/v1/grievances/{number}/{command}', { path: { number, command }, body, key });
}

export async function listNearby(subCategory: string, lat: number, lon: number): Promise<NearbyView[]> {
  const query = { subCategory, lat, lon };
  return (await api.get<{ items: NearbyView[] }>('/api/v1/grievances/nearby', { query })).items;
}

/** Complaints of a caller from before this system. */
export async function listOldComplaints(mobile: string): Promise<OldComplaint[]> {
  const query = { category: 'old', mobile };
  return (await api.get<{ items: OldComplaint[] }>('/api/v1/status', { query })).items;
}

export function revealCitizen(number: string, reason: string): Promise<{ name: string | null; mobile: string | null }> {
  return api.post('/api/v1/grievances/{number}/reveal', { path: { number }, body: { reason } });
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
  return api.post('/api/v1/grievances', { body, key });
}

export function upload(file: Blob, name: string, key: string): Promise<UploadedPicture> {
  const form = new FormData();
  form.append('file', file, name);
  return api.post('/api/v1/attachments', { form, key });
}
