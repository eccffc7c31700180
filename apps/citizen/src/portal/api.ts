import type { CaseView, Page, TimelineItem } from '#libs/contracts/api/views.js';
import type { Locale } from '../words/locale.js';
import type { ApiInit, PortalDeps } from '#libs/contracts/api/portal.js';

export interface FieldProblem {
  field: string;
  problem: string;
  expected: string;
}

/** An answer that is not the one asked for, as the API tells it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly errors: readonly FieldProblem[],
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${status} ${code}`);
    this.name = 'ApiProblem';
  }
}

export interface Citizen {
  kind: string;
  name?: string;
  /** E.164. */
  mobile?: string;
}

export interface LegacyCase {
  number: string;
  status: string;
  registeredAt: string | null;
  closedAt: string | null;
}

export interface Registration {
  tenant: string;
  subCategory: string;
  ward: string;
  lat?: number;
  lon?: number;
  landmark?: string;
  description: string;
  locale: Locale;
  citizen?: { name: string };
  attachments: readonly string[];
  answers?: Readonly<Record<string, string>>;
}

/** The REST API as one visitor calls it. */
export class Api {
  constructor(
    private readonly deps: Pick<PortalDeps, 'fetch'>,
    private readonly visitor: { token: string | undefined; locale: Locale; from: string },
  ) {}

  sendCode(mobile: string): Promise<void> {
    return this.post('/api/v1/auth/otp', { mobile, locale: this.visitor.locale });
  }

  verifyCode(mobile: string, code: string): Promise<{ token: string; expiresAt: string }> {
    return this.post('/api/v1/auth/otp/verify', { mobile, code });
  }

  logout(): Promise<void> {
    return this.post('/api/v1/auth/logout', undefined);
  }

  me(): Promise<Citizen> {
    return this.get('/api/v1/auth/me');
  }

  register(body: Registration, key: string): Promise<CaseView> {
    return this.post('/api/v1/grievances', body, key);
  }

  /** @param version waits up to a second for the record to reach it */
  view(number: string, version?: number): Promise<CaseView> {
    const query = version === undefined ? '' : `?version=${version}`;
    return this.get(`/api/v1/grievances/${encodeURIComponent(number)}${query}`);
  }

  async timeline(number: string): Promise<TimelineItem[]> {
    const { items } = await this.get<{ items: TimelineItem[] }>(
      `/api/v1/grievances/${encodeURIComponent(number)}/timeline`,
    );
    return items;
  }

  command(number: string, command: string, body: Record<string, unknown>, key: string): Promise<CaseView> {
    return this.post(`/api/v1/grievances/${encodeURIComponent(number)}/${command}`, body, key);
  }

  mine(followed: boolean, cursor: string | undefined): Promise<Page<CaseView>> {
    const query = new URLSearchParams({ limit: '20', followed: String(followed), ...(cursor ? { cursor } : {}) });
    return this.get(`/api/v1/grievances?${query.toString()}`);
  }

  old(by: { number: string } | { mobile: string }): Promise<{ items: LegacyCase[] }> {
    return this.get(`/api/v1/status?${new URLSearchParams({ category: 'old', ...by }).toString()}`);
  }

  /** @param range part of a voice note that a player asks for */
  async photo(id: string, number: string, range: string | undefined): Promise<Response> {
    const query = new URLSearchParams({ number }).toString();
    const headers: Record<string, string> = range === undefined ? {} : { range };
    return this.call(`/api/v1/attachments/${encodeURIComponent(id)}?${query}`, { headers });
  }

  private async get<T>(path: string): Promise<T> {
    return (await this.call(path, {})).json() as Promise<T>;
  }

  private async post<T>(path: string, body: unknown, key?: string): Promise<T> {
    const response = await this.call(path, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async call(path: string, init: ApiInit): Promise<Response> {
    const { token, locale, from } = this.visitor;
    const headers = {
      'accept-language': locale,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...init.headers,
    };
    const response = await this.deps.fetch(path, { ...init, headers }, from);
    if (response.ok) return response;
    throw await problemOf(response);
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as { code?: string; errors?: FieldProblem[] };
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    body.code ?? 'internal',
    body.errors ?? [],
    Number.isFinite(wait) ? wait : null,
  );
}
