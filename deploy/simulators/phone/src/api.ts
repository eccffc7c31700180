import type { PhonesAnswer } from '#libs/contracts/api/phones';

export type Outgoing =
  | { channel: 'whatsapp' | 'sms'; kind: 'text'; text: string }
  | { channel: 'whatsapp'; kind: 'place'; lat: number; lon: number; name?: string }
  | { channel: 'whatsapp'; kind: 'choice'; of: string; id: string };

const BASE = '/simulator/api';

export async function look(
  mobiles: readonly string[],
  looking: readonly string[],
  after: number,
): Promise<PhonesAnswer> {
  const query = new URLSearchParams({ mobiles: mobiles.join(','), looking: looking.join(','), after: String(after) });
  const response = await fetch(`${BASE}/phones?${query}`);
  if (!response.ok) throw new Error(await reasonOf(response));
  return (await response.json()) as PhonesAnswer;
}

export function write(mobile: string, message: Outgoing): Promise<void> {
  return post(`phones/${encodeURIComponent(mobile)}/messages`, message);
}

export function setName(mobile: string, name: string): Promise<void> {
  return post(`phones/${encodeURIComponent(mobile)}/name`, { name });
}

export function setState(mobile: string, state: { on?: boolean; windowClosed?: boolean }): Promise<void> {
  return post(`phones/${encodeURIComponent(mobile)}/state`, state);
}

export function setWeather(weather: object): Promise<void> {
  return post('weather', weather);
}

export async function sendFile(mobile: string, file: Blob, name: string): Promise<void> {
  const form = new FormData();
  form.set('file', file, name);
  const response = await fetch(`${BASE}/phones/${encodeURIComponent(mobile)}/media`, { method: 'POST', body: form });
  if (!response.ok) throw new Error(await reasonOf(response));
}

export function mediaUrl(id: string): string {
  return `${BASE}/media/${id}`;
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${BASE}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await reasonOf(response));
}

async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  return problem.detail ?? `The server answered ${response.status}.`;
}
