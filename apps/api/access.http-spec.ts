import type { CaseView } from '#libs/contracts/api/views';
import { startStack, type Stack } from '#libs/testing/stack';

/** Everybody who may knock, with the user name of one of them; `foreign` ones belong to the other city. */
const CALLERS = {
  nobody: null,
  filer: '+919830012345',
  stranger: '+919830099998',
  owner: 'water-lme-b10',
  colleague: 'water-lme-b1',
  gro: 'water-gro',
  officer: 'water-ee-b10',
  otherDepartment: 'drain-gro',
  topOfMatrix: 'commissioner-osd',
  callCentre: 'call-centre-1',
  mayorsOffice: 'mayor-desk',
  admin: 'it-admin',
  auditor: 'auditor',
  stateAdmin: 'state-admin',
  foreignOwner: 'ndp-water-lme-n',
  foreignGro: 'ndp-water-gro',
  foreignCallCentre: 'ndp-call-1',
  foreignAdmin: 'ndp-admin',
  foreignAuditor: 'ndp-auditor',
} as const;
type Caller = keyof typeof CALLERS;

const EVERYBODY = Object.keys(CALLERS) as Caller[];
const SEE_IT: Caller[] = [
  'filer',
  'owner',
  'colleague',
  'gro',
  'officer',
  'topOfMatrix',
  'callCentre',
  'mayorsOffice',
  'admin',
  'auditor',
  'stateAdmin',
];

interface Route {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** Status for callers not named in `others`; 401 for nobody and 404 for whoever may not see the case go without saying. */
  status: number;
  /** Case routes are 404 for all who may not know of the case. */
  ofCase: boolean;
  others?: Partial<Record<Caller, number>>;
}

const bodyOf = { text: 'Seen', public: false };
const forbidden = (callers: readonly Caller[]) => Object.fromEntries(callers.map((caller) => [caller, 403]));
const allBut = (...callers: Caller[]) => SEE_IT.filter((caller) => !callers.includes(caller));
const foreign = (status: number) =>
  Object.fromEntries(EVERYBODY.filter((caller) => caller.startsWith('foreign')).map((caller) => [caller, status]));
const everyoneBut = (...callers: Caller[]) =>
  EVERYBODY.filter((caller) => caller !== 'nobody' && !callers.includes(caller));

const ROUTES: Route[] = [
  { method: 'GET', path: '/api/v1/grievances/:number', status: 200, ofCase: true },
  { method: 'GET', path: '/api/v1/grievances/:number/timeline', status: 200, ofCase: true },
  {
    method: 'GET',
    path: '/api/v1/grievances/:number/history',
    status: 200,
    ofCase: true,
    others: forbidden(allBut('admin', 'auditor', 'stateAdmin')),
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/reveal',
    body: { reason: 'To call back' },
    status: 200,
    ofCase: true,
    others: forbidden(['filer', 'auditor', 'stateAdmin']),
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/comment',
    body: bodyOf,
    status: 200,
    ofCase: true,
    others: forbidden(['colleague', 'officer', 'topOfMatrix', 'admin', 'auditor', 'stateAdmin']),
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/directive',
    body: { text: 'By Friday', dueAt: '2099-01-01T00:00:00Z' },
    status: 403,
    ofCase: true,
    others: { mayorsOffice: 200 },
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/resolve',
    body: {},
    status: 403,
    ofCase: true,
    others: { owner: 422 },
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/reassign',
    body: {},
    status: 403,
    ofCase: true,
    others: { gro: 422 },
  },
  {
    method: 'POST',
    path: '/api/v1/grievances/:number/rate',
    body: { rating: 5 },
    status: 403,
    ofCase: true,
    others: { filer: 409, callCentre: 409, mayorsOffice: 409 },
  },
  { method: 'GET', path: '/api/v1/grievances', status: 200, ofCase: false },
  { method: 'GET', path: '/api/v1/grievances/count', status: 200, ofCase: false },
  { method: 'GET', path: '/api/v1/auth/me', status: 200, ofCase: false },
  {
    method: 'POST',
    path: '/api/v1/grievances',
    body: {},
    status: 403,
    ofCase: false,
    others: { filer: 422, stranger: 422, callCentre: 422, mayorsOffice: 422, foreignCallCentre: 422 },
  },
  {
    method: 'POST',
    path: '/api/v1/simulate',
    body: {},
    status: 422,
    ofCase: false,
    others: forbidden(['filer', 'stranger']),
  },
  {
    method: 'POST',
    path: '/api/v1/orders',
    body: {},
    status: 422,
    ofCase: false,
    others: forbidden(everyoneBut('admin', 'stateAdmin', 'foreignAdmin')),
  },
  {
    method: 'POST',
    path: '/api/v1/import/holidays?tenant=KMC',
    body: {},
    status: 403,
    ofCase: false,
    others: { admin: 422, stateAdmin: 422, foreignAdmin: 422 },
  },
  {
    method: 'GET',
    path: '/api/v1/export/holidays?tenant=KMC',
    status: 403,
    ofCase: false,
    others: { admin: 200, auditor: 200, stateAdmin: 200, foreignAdmin: 422, foreignAuditor: 422 },
  },
  {
    method: 'POST',
    path: '/api/v1/api-keys',
    body: {},
    status: 403,
    ofCase: false,
    others: { admin: 422, foreignAdmin: 422 },
  },
  { method: 'GET', path: '/api/v1/api-keys', status: 403, ofCase: false, others: { admin: 200, foreignAdmin: 200 } },
  {
    method: 'GET',
    path: '/api/v1/workflows',
    status: 403,
    ofCase: false,
    others: { admin: 200, auditor: 200, stateAdmin: 200, foreignAdmin: 200, foreignAuditor: 200 },
  },
  {
    method: 'POST',
    path: '/api/v1/workflows/wake',
    body: {},
    status: 403,
    ofCase: false,
    others: { admin: 422, stateAdmin: 422, foreignAdmin: 422 },
  },
  {
    method: 'POST',
    path: '/codec/decode',
    body: { payloads: [] },
    status: 403,
    ofCase: false,
    others: { admin: 200, auditor: 200, stateAdmin: 200, foreignAdmin: 200, foreignAuditor: 200 },
  },
  { method: 'GET', path: '/api/v1/calendar?tenant=KMC', status: 200, ofCase: false, others: foreign(422) },
  {
    method: 'POST',
    path: '/api/v1/calendar/holidays?tenant=KMC',
    body: {},
    status: 403,
    ofCase: false,
    others: { admin: 422, stateAdmin: 422, foreignAdmin: 422 },
  },
  {
    method: 'GET',
    path: '/api/v1/users?q=water',
    status: 403,
    ofCase: false,
    others: { admin: 200, stateAdmin: 200, foreignAdmin: 200 },
  },
  {
    method: 'POST',
    path: '/api/v1/users/water-lme-b2/password',
    body: {},
    status: 403,
    ofCase: false,
    others: { admin: 200, stateAdmin: 200, foreignAdmin: 404 },
  },
  { method: 'GET', path: '/api/v1/status?category=new&number=:number', status: 200, ofCase: true },
];

let stack: Stack;
let number: string;
const tokens = new Map<Caller, string>();

beforeAll(async () => {
  stack = await startStack();
  for (const caller of EVERYBODY) {
    const name = CALLERS[caller];
    if (name) tokens.set(caller, await (name.startsWith('+') ? stack.citizenToken(name) : stack.login(name)));
  }
  const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'No water' };
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, tokens.get('filer'));
  number = (await stack.until(body.number, tokens.get('filer') ?? '', 'assigned')).number;
}, 120_000);
afterAll(async () => stack?.stop());

describe.each(ROUTES)('$method $path', ({ method, path, body, status, ofCase, others = {} }) => {
  const expected = (caller: Caller): number => {
    if (caller === 'nobody') return 401;
    if (ofCase && !SEE_IT.includes(caller)) return 404;
    return others[caller] ?? status;
  };

  it.each(EVERYBODY.map((caller) => [caller, expected(caller)] as const))(
    'answers %s with %i',
    async (caller, code) => {
      const token = tokens.get(caller);
      const answer = await stack.request(method, path.replace(':number', number), {
        ...(body === undefined ? {} : { body }),
        ...(token === undefined ? {} : { token }),
      });
      expect({ status: answer.status, body: code < 400 ? undefined : answer.body }).toMatchObject({
        status: code,
        ...(code < 400 ? {} : { body: { status: code } }),
      });
    },
  );
});

describe('lists', () => {
  it.each(EVERYBODY.filter((caller) => caller !== 'nobody'))('show %s nothing they may not open', async (caller) => {
    const { body } = await stack.get<{ items: CaseView[] }>('/api/v1/grievances', tokens.get(caller));
    const listed = body.items.some((item) => item.number === number);
    const mayOpen = SEE_IT.includes(caller);
    // Who only stands in the matrix may open the case once somebody names it, but has no list of all such cases.
    expect(listed).toBe(mayOpen && caller !== 'topOfMatrix');
  });
});

describe('what a caller sees of the citizen', () => {
  const full = { mobile: '+919830012345' };
  const masked = { mobile: '+91******2345' };
  it.each([
    ['filer', full],
    ['owner', full],
    ['gro', full],
    ['callCentre', full],
    ['mayorsOffice', full],
    ['colleague', masked],
    ['topOfMatrix', masked],
    ['admin', masked],
    ['auditor', masked],
    ['stateAdmin', masked],
  ] as const)('%s', async (caller, citizen) => {
    const { body } = await stack.get<CaseView>(`/api/v1/grievances/${number}`, tokens.get(caller));
    expect(body.citizen).toMatchObject(citizen);
  });
});
