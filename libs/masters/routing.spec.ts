import { holderOf, postsOf, isVacant } from './posts.js';
import { matrixFor, rulesFor } from './routing.js';
import { simulate } from './simulate.js';
import type { HoldingInfo, MastersSnapshot, PostInfo } from './snapshot.js';

const names = { en: 'Name' };
const post = (
  position: string,
  role: PostInfo['role'],
  wards = ['*'],
  categories = ['*'],
  department = 'WATER',
): PostInfo => ({
  position,
  designation: 'Officer',
  role,
  department,
  wards,
  categories,
});
const holding = (position: string, person: string, change: Partial<HoldingInfo> = {}): HoldingInfo => ({
  position,
  kind: 'holder',
  username: person,
  person,
  mobile: null,
  validFrom: 0,
  validTo: null,
  ...change,
});

function city(
  posts: readonly PostInfo[],
  holdings: readonly HoldingInfo[] = [],
  change: Partial<MastersSnapshot> = {},
): MastersSnapshot {
  const held = new Map<string, HoldingInfo[]>();
  for (const each of holdings) held.set(each.position, [...(held.get(each.position) ?? []), each]);
  const sub = {
    code: 'WATER_LEAK',
    category: 'WATER',
    names,
    department: 'WATER',
    slaHours: 18,
    calendar: 'round_the_clock' as const,
    evidencePhoto: true,
    evidenceWithinMetres: 100,
    hideComplainant: false,
    duplicateRadiusMetres: 0,
    questions: [],
    active: true,
  };
  return {
    version: 3,
    tenant: { code: 'C', parent: 'S', root: 'S', kind: 'ulb', names, prefix: 'CC', zone: 'Asia/Kolkata', settings: {} },
    boroughs: new Map([['1', { code: '1', names }]]),
    wards: new Map(['7', '8'].map((code) => [code, { code, borough: '1', names, polygon: null, bounds: null }])),
    departments: new Map(['WATER', 'ROADS'].map((code) => [code, { code, names }])),
    subCategories: new Map([
      ['WATER_LEAK', sub],
      ['OLD', { ...sub, code: 'OLD', active: false }],
    ]),
    posts: new Map(posts.map((each) => [each.position, each])),
    holdings: held,
    matrix: [
      { department: '*', level: 1, position: '{department}-EE-B{borough}', hours: 6 },
      { department: '*', level: 2, position: 'TOP', hours: 12 },
      { department: 'ROADS', level: 1, position: 'ROADS-W{ward}', hours: 3 },
    ],
    calendar: { version: 3, zone: 'Asia/Kolkata', week: {}, holidays: [] },
    rejectReasons: new Map([['own_reason', names]]),
    categories: new Map(),
    registrations: { dltIds: {}, headers: {}, whatsappNames: {} },
    clockScale: 1,
    ...change,
  };
}

const GRO = post('WATER-GRO', 'gro');
const EE = post('WATER-EE-B1', 'escalation_officer');
const TOP = post('TOP', 'escalation_officer');

describe('routing', () => {
  it('prefers the post that names the very sub-category, then the category, then all; then the ward; then the code', () => {
    const posts = [
      GRO,
      post('E-ALL', 'lme'),
      post('D-WARD-2', 'lme', ['7']),
      post('C-WARD-1', 'lme', ['7']),
      post('Y-CATEGORY', 'lme', ['*'], ['WATER']),
      post('Z-VERY', 'lme', ['*'], ['WATER_LEAK']),
      post('A-OTHER-WARD', 'lme', ['8']),
      post('A-OTHER-WORK', 'lme', ['7'], ['WATER_BILL']),
      post('A-OTHER-DEPARTMENT', 'lme', ['7'], ['*'], 'ROADS'),
    ];
    expect(rulesFor(city(posts), 'WATER_LEAK', '7').candidates.map(({ position }) => position)).toEqual([
      'Z-VERY',
      'Y-CATEGORY',
      'C-WARD-1',
      'D-WARD-2',
      'E-ALL',
    ]);
  });

  it('takes a department’s own levels, and those of all for the rest', () => {
    const snapshot = city([
      GRO,
      EE,
      TOP,
      post('ROADS-W7', 'escalation_officer'),
      post('ROADS-GRO', 'gro', ['*'], ['*'], 'ROADS'),
    ]);
    expect(matrixFor(snapshot, 'WATER', '1', '7').map(({ position }) => position)).toEqual(['WATER-EE-B1', 'TOP']);
    expect(matrixFor(snapshot, 'ROADS', '1', '7')).toEqual([
      { level: 1, position: 'ROADS-W7', hours: 3 },
      { level: 2, position: 'TOP', hours: 12 },
    ]);
    expect(rulesFor(snapshot, 'WATER_LEAK', '7', 'ROADS')).toMatchObject({
      gro: 'ROADS-GRO',
      slaHours: 18,
      candidates: [],
    });
  });

  it('goes straight to the next officer where a post has been abolished', () => {
    expect(matrixFor(city([GRO, TOP]), 'WATER', '1', '7')).toEqual([{ level: 1, position: 'TOP', hours: 12 }]);
  });

  it('prefers the GRO of the ward to the GRO of all', () => {
    const rules = rulesFor(city([GRO, post('WATER-GRO-W7', 'gro', ['7'])]), 'WATER_LEAK', '7');
    expect(rules).toMatchObject({ gro: 'WATER-GRO-W7', evidenceWithinMetres: 100 });
    expect(rules.rejectReasons).toEqual(expect.arrayContaining(['sub_judice', 'own_reason']));
  });

  it.each([
    ['NOTHING', '7', undefined, 'subCategory'],
    ['WATER_LEAK', '99', undefined, 'ward'],
    ['WATER_LEAK', '7', 'NOBODY', 'department'],
    ['WATER_LEAK', '7', 'ROADS', 'department'],
  ])('says what of %s, %s, %s it cannot answer', (sub, ward, department, field) => {
    expect(() => rulesFor(city([GRO]), sub, ward, department)).toThrow(
      expect.objectContaining({ name: 'MastersError', field }),
    );
  });
});

describe('who acts for a post', () => {
  const lme = post('LME', 'lme', ['7']);
  const admin = post('ADMIN', 'tenant_admin');
  const gro = holding('WATER-GRO', 'gita');

  it('is the delegate during the leave, the holder before and after', () => {
    const snapshot = city(
      [GRO, lme],
      [gro, holding('LME', 'ravi'), holding('LME', 'mina', { kind: 'delegate', validFrom: 100, validTo: 200 })],
    );
    expect([99, 100, 199, 200].map((at) => holderOf(snapshot, 'LME', at)?.person)).toEqual([
      'ravi',
      'mina',
      'mina',
      'ravi',
    ]);
    expect(postsOf(snapshot, 'mina', 150).map(({ position }) => position)).toEqual(['LME']);
    expect(postsOf(snapshot, 'mina', 200)).toEqual([]);
  });

  it('is the department’s GRO while nobody holds it', () => {
    const snapshot = city([GRO, lme], [gro, holding('LME', 'ravi', { validTo: 100 })]);
    expect(isVacant(snapshot, 'LME', 100)).toBe(true);
    expect(holderOf(snapshot, 'LME', 100)?.person).toBe('gita');
    expect(postsOf(snapshot, 'gita', 99).map(({ position }) => position)).toEqual(['WATER-GRO']);
    expect(postsOf(snapshot, 'gita', 100).map(({ position }) => position)).toEqual(['WATER-GRO', 'LME']);
  });

  it('is nobody when the GRO’s post is vacant as well', () => {
    expect(holderOf(city([GRO, lme]), 'LME', 0)).toBeNull();
    expect(holderOf(city([GRO]), 'NO-SUCH-POST', 0)).toBeNull();
  });

  it('never makes a GRO the administrator because that post is vacant', () => {
    const snapshot = city([GRO, admin], [gro]);
    expect(holderOf(snapshot, 'ADMIN', 0)).toBeNull();
    expect(postsOf(snapshot, 'gita', 0).map(({ position }) => position)).toEqual(['WATER-GRO']);
  });
});

describe('the simulator', () => {
  it('says that a case without a field post awaits its GRO', () => {
    const result = simulate(city([GRO, EE, TOP]), { subCategory: 'WATER_LEAK', ward: '007', at: 0 });
    expect(result).toMatchObject({
      ok: true,
      simulation: { state: 'awaiting_assignment', owner: null, ward: '7', dueAt: 18 * 3_600_000 },
    });
  });

  it('counts on the clock of the demo', () => {
    const result = simulate(city([GRO, EE, TOP], [], { clockScale: 3600 }), {
      subCategory: 'WATER_LEAK',
      ward: 7,
      at: 0,
    });
    expect(result).toMatchObject({
      simulation: { reminderAt: 13_500, dueAt: 18_000, levels: [{ from: 18_000, dueAt: 24_000 }, { from: 24_000 }] },
    });
  });

  it.each([
    [{ subCategory: 'NOTHING', ward: '7', at: 0 }, 'subCategory', 'unknown'],
    [{ subCategory: 'OLD', ward: '7', at: 0 }, 'subCategory', 'inactive'],
    [{ subCategory: 'WATER_LEAK', at: 0 }, 'ward', 'required'],
    [{ subCategory: 'WATER_LEAK', ward: '99', at: 0 }, 'ward', 'unknown'],
    [{ subCategory: 'WATER_LEAK', lat: 0, lon: 0, at: 0 }, 'ward', 'required'],
    [{ subCategory: 'WATER_LEAK', ward: '7', at: Number.NaN }, 'at', 'wrong_type'],
  ])('asks again for %j', (question, field, problem) => {
    expect(simulate(city([GRO]), question)).toEqual({
      ok: false,
      problems: [expect.objectContaining({ field, problem })],
    });
  });
});
