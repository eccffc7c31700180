import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import type {
  Portal,
  PortalCity,
  PortalDeps,
  PortalQuestion,
  RatingInvitation,
  Speech,
} from '#libs/contracts/api/portal';

export const EVIL = `"><img src=x onerror=alert(1)></script><script>alert('x')</script>'`;
export const NUMBER = 'KMC-26-0000001-4';
const DIST = join(process.cwd(), 'dist', 'citizen');
export const LOCALES = ['bn', 'hi', 'en'] as const;

export const STATES = [
  'registered',
  'awaiting_assignment',
  'assigned',
  'reassignment_requested',
  'awaiting_citizen',
  'reopened',
  'resolved',
  'rejected',
  'closed',
] as const;

function cityNamed(name: string, questions: readonly PortalQuestion[] = []): PortalCity {
  const names = { en: name, bn: name, hi: name };
  return {
    code: 'KMC',
    names,
    defaultLocale: 'bn',
    zone: 'Asia/Kolkata',
    listed: true,
    ratingDays: 15,
    legacyUrl: 'https://old.example.org/',
    legacyUntil: '2024-07-13',
    groups: [{ code: 'WATER_DEPT', names, items: [{ code: 'WATER_LEAK', names, hidden: false, questions }] }],
    wards: [{ code: '63', borough: '7' }],
    mapped: true,
    rejectReasons: { sub_judice: names },
  };
}

function speechOf(text: string): Speech {
  return {
    office: () => text,
    department: () => text,
    moment: () => text,
    day: () => text,
    deadline: () => text,
  };
}

function viewOf(text: string, change: Partial<CaseView> = {}): CaseView {
  return {
    number: NUMBER,
    tenant: 'KMC',
    type: 'grievance',
    state: 'assigned',
    outcome: null,
    subCategory: 'WATER_LEAK',
    department: 'WATER_DEPT',
    ward: '63',
    borough: '7',
    source: 'portal',
    locale: 'bn',
    description: text,
    location: { landmark: text },
    owner: { position: 'WATER-LME-B7', designation: text },
    accountable: { position: 'WATER-EE-B7', designation: text },
    escalationLevel: 0,
    registeredAt: '2026-11-24T07:00:00.000Z',
    dueAt: '2026-11-26T07:00:00.000Z',
    resolvedAt: null,
    closedAt: null,
    reopens: 0,
    rating: null,
    remarks: text,
    citizen: { name: text, mobile: '+919830012345' },
    followers: 2,
    attachments: [{ id: 'a1', mime: 'image/jpeg', url: text, kind: 'complaint' }],
    directive: null,
    duplicateOf: null,
    allowed: ['comment', 'attach', 'withdraw', 'rate', 'answer', 'reopen'],
    version: 3,
    ...change,
  };
}

function timelineOf(text: string): TimelineItem[] {
  const events = ['registered', 'assigned', 'citizen_asked', 'resolved', 'rejected', 'commented', 'rated'] as const;
  return events.map((event, index) => ({
    seq: index + 1,
    at: '2026-11-24T07:00:00.000Z',
    event,
    actor: { role: index === 0 ? 'citizen' : 'lme', name: text },
    text,
    public: true,
    data: { to: { owner: text }, reasonCode: 'sub_judice', until: '2026-12-01T07:00:00.000Z', rating: 2 },
    notifications: [],
  }));
}

/** A city, a case and an API that answer with one text everywhere. */
export interface Site {
  text?: string;
  view?: Partial<CaseView>;
  api?: (path: string) => Response | null;
  questions?: readonly PortalQuestion[];
  /** Hears what is sent to the API. */
  sent?: (path: string, body: unknown) => unknown;
}

export async function portalOf({ text = 'ordinary', view = {}, api, questions, sent }: Site = {}): Promise<Portal> {
  const { createPortal } = (await import(pathToFileURL(join(DIST, 'server.js')).href)) as {
    createPortal(deps: PortalDeps): Promise<Portal>;
  };
  const answerOf = (path: string): unknown => {
    if (path.endsWith('/timeline')) return { items: timelineOf(text), next: null };
    if (path.startsWith('/api/v1/status')) {
      return { items: [{ number: text, status: text, registeredAt: null, closedAt: null }] };
    }
    if (path.startsWith('/api/v1/grievances?')) return { items: [viewOf(text, view)], next: text };
    if (path.startsWith('/api/v1/auth/me')) return { kind: 'citizen', mobile: '+919830012345' };
    return viewOf(text, view);
  };
  const invited = {
    number: NUMBER,
    locale: 'hi' as const,
    city: 'KMC',
    category: 'WATER_LEAK',
    rejected: false,
    answer: text,
  };
  const invitations: Readonly<Record<string, RatingInvitation>> = {
    good: { ...invited, state: 'open' },
    away: { ...invited, state: 'open' },
    used: { ...invited, state: 'rated' },
    late: { ...invited, state: 'over' },
  };
  return createPortal({
    fetch: async (path, { body }) => {
      if (body !== undefined) sent?.(path, JSON.parse(body));
      return api?.(path) ?? Response.json(answerOf(path));
    },
    secret: new Uint8Array(32).fill(1),
    publicUrl: 'https://city.example.org',
    assets: join(DIST, 'browser'),
    demo: true,
    cities: async () => [cityNamed(text, questions)],
    speech: async () => speechOf(text),
    wardShapes: async () => '{"type":"FeatureCollection","features":[]}',
    wardAt: async () => '63',
    nearby: async () => [{ number: NUMBER, registeredAt: '2026-11-24T07:00:00.000Z', distance: 12, followers: 1 }],
    readNumber: (typed) => (typed === NUMBER ? { ok: true, number: NUMBER } : { ok: false, problem: 'format' }),
    photos: { add: async () => ({ id: 'p1' }), give: async () => null, claim: async () => undefined },
    ratingLinks: {
      read: async (token) => invitations[token] ?? null,
      rate: async (token, rating) =>
        token === 'away' ? 'away' : invitations[token] === undefined ? 'none' : rating <= 2 ? 'reopened' : 'taken',
    },
    lodgedUnder: async () => null,
    report: (error) => {
      throw error;
    },
  });
}

const COOKIE = 'pratikar_form=abcdefghijklmnopqrstuvwx; pratikar_citizen=token';

export async function get(
  portal: Portal,
  url: string,
  cookie = COOKIE,
): Promise<{ status: number; html: string; answer: Response }> {
  const answer = await portal.handle({
    method: 'GET',
    url,
    headers: { cookie },
    body: new Uint8Array(),
    from: '127.0.0.1',
  });
  return { status: answer.status, html: await answer.clone().text(), answer };
}

export async function post(
  portal: Portal,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; html: string; answer: Response }> {
  const answer = await portal.handle({
    method: 'POST',
    url,
    headers: { cookie: COOKIE, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
    from: '127.0.0.1',
  });
  return { status: answer.status, html: await answer.clone().text(), answer };
}

/** Value of a hidden field of the page. */
export function hidden(html: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
  if (found === undefined) throw new Error(`the page has no ${name}`);
  return found;
}

export async function lodged(
  portal: Portal,
  fields: Record<string, string>,
): Promise<{ status: number; html: string }> {
  const { html } = await get(portal, '/lodge');
  return post(portal, '/lodge', { form: hidden(html, 'form'), state: hidden(html, 'state'), ...fields });
}
