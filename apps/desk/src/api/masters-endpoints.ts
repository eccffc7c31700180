import type { CalendarView, ImportReport, MastersView, Simulation, UserView } from '#libs/contracts/api/masters';
import type { TemplateView } from '#libs/contracts/api/operation';
import { api } from './client.js';

export function fetchMasters(): Promise<MastersView> {
  return api.get('/api/v1/masters');
}

/** Ward boundaries with `ward` and `borough`; wards without one are simply absent. */
export function fetchWardShapes(): Promise<
  GeoJSON.FeatureCollection<GeoJSON.Geometry, { ward: string; borough: string }>
> {
  return api.get('/api/v1/masters/wards.geojson');
}

export function simulate(body: { subCategory: string; ward: string; at?: string }): Promise<Simulation> {
  return api.post('/api/v1/simulate', { body });
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

export function fetchCalendar(): Promise<CalendarView> {
  return api.get('/api/v1/calendar');
}

/** Publishes a holiday; the open cases are put on the new calendar by an order of its own. */
export function addHoliday(holiday: CalendarView['holidays'][number]): Promise<void> {
  return api.post('/api/v1/calendar/holidays', { body: holiday });
}

export function removeHoliday(date: string): Promise<void> {
  return api.delete('/api/v1/calendar/holidays/{date}', { path: { date } });
}

export async function fetchUsers(q: string): Promise<UserView[]> {
  return (await api.get<{ items: UserView[] }>('/api/v1/users', { query: { q } })).items;
}

export function saveUser(
  username: string,
  change: { name?: string; disabled?: boolean; unlock?: boolean },
): Promise<UserView> {
  return api.patch('/api/v1/users/{username}', { path: { username }, body: change });
}

export function resetPassword(username: string): Promise<{ password: string }> {
  return api.post('/api/v1/users/{username}/password', { path: { username } });
}

export async function fetchTemplates(): Promise<TemplateView[]> {
  return (await api.get<{ items: TemplateView[] }>('/api/v1/templates')).items;
}
