import type { TemplateView } from '#libs/contracts/api/operation';
import type { Masters } from '../masters/types.js';
import { api } from './client.js';

export function fetchMasters(): Promise<Masters> {
  return api.get('/api/v1/masters');
}

/** Ward boundaries with `ward` and `borough`; wards without one are simply absent. */
export function fetchWardShapes(): Promise<
  GeoJSON.FeatureCollection<GeoJSON.Geometry, { ward: string; borough: string }>
> {
  return api.get('/api/v1/masters/wards.geojson');
}

export interface SimulatedPost {
  position: string;
  designation: string;
  name?: string;
  vacant: boolean;
}

/** What would happen to a complaint that nobody answers. */
export interface Simulation {
  subCategory: string;
  department: string;
  ward: string;
  borough: string;
  calendar: 'office' | 'round_the_clock';
  slaHours: number;
  registeredAt: string;
  state: 'assigned' | 'awaiting_assignment';
  owner: SimulatedPost | null;
  gro: SimulatedPost;
  candidates: string[];
  reminderAt: string;
  dueAt: string;
  levels: (SimulatedPost & { level: number; hours: number; from: string; dueAt: string })[];
}

export function simulate(body: { subCategory: string; ward: string; at?: string }): Promise<Simulation> {
  return api.post('/api/v1/simulate', { body });
}

export interface RowProblem {
  row: number;
  column: string;
  value: string;
  problem: string;
  expected: string;
}

export interface ImportReport {
  master: string;
  applied: boolean;
  rows: number;
  good: number;
  bad: number;
  created: number;
  updated: number;
  unchanged: number;
  errors: RowProblem[];
  errorCount: number;
  warnings: RowProblem[];
  warningCount: number;
}

/** Without `apply` nothing is written: the answer tells what would happen, row by row. */
export function importMaster(
  master: string,
  file: File,
  options: { apply: boolean; takeGoodRows: boolean },
): Promise<ImportReport> {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.post('/api/v1/import/{master}', { path: { master }, query: { ...options }, form });
}

export interface Holiday {
  date: string;
  name: string;
}

export interface CalendarView {
  week: Partial<Record<string, { from: number; to: number }[]>>;
  holidays: Holiday[];
}

export function fetchCalendar(): Promise<CalendarView> {
  return api.get('/api/v1/calendar');
}

/** Publishes a holiday; the open cases are put on the new calendar by an order of its own. */
export function addHoliday(holiday: Holiday): Promise<void> {
  return api.post('/api/v1/calendar/holidays', { body: holiday });
}

export function removeHoliday(date: string): Promise<void> {
  return api.delete('/api/v1/calendar/holidays/{date}', { path: { date } });
}

export interface StaffAccount {
  username: string;
  name: string;
  roles: string[];
  disabled: boolean;
  lockedUntil: string | null;
}

export async function fetchUsers(q: string): Promise<StaffAccount[]> {
  return (await api.get<{ items: StaffAccount[] }>('/api/v1/users', { query: { q } })).items;
}

export function saveUser(
  username: string,
  change: { name?: string; disabled?: boolean; unlock?: boolean },
): Promise<StaffAccount> {
  return api.patch('/api/v1/users/{username}', { path: { username }, body: change });
}

export function resetPassword(username: string): Promise<{ password: string }> {
  return api.post('/api/v1/users/{username}/password', { path: { username } });
}

export async function fetchTemplates(): Promise<TemplateView[]> {
  return (await api.get<{ items: TemplateView[] }>('/api/v1/templates')).items;
}
