import type { CaseView, Page, TimelineItem } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import type { DeskUser } from '../session/types.js';
import { call, type Query } from './client.js';

export async function login(username: string, password: string): Promise<void> {
  await call<void>('POST', '/auth/login', { body: { username, password }, anonymous: true });
}

export function logout(): Promise<void> {
  return call('POST', '/auth/logout', { anonymous: true });
}

export function changePassword(current: string, next: string): Promise<void> {
  return call('POST', '/auth/password', { body: { current, next } });
}

export function fetchMe(): Promise<DeskUser> {
  return call('GET', '/me', { anonymous: true });
}

export function listCases(query: Query, signal?: AbortSignal): Promise<Page<CaseView>> {
  return call('GET', '/grievances', { query, ...(signal ? { signal } : {}) });
}

export async function countCases(query: Query): Promise<number> {
  return (await call<{ count: number }>('GET', '/grievances/count', { query })).count;
}

export function fetchCase(number: string, version?: number): Promise<CaseView> {
  return call('GET', `/grievances/${encodeURIComponent(number)}`, { query: { version } });
}

export async function fetchTimeline(number: string): Promise<TimelineItem[]> {
  const answer = await call<TimelineItem[] | Page<TimelineItem>>('GET', `/grievances/${encodeURIComponent(number)}/timeline`);
  return Array.isArray(answer) ? answer : answer.items;
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
