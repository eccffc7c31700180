import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { open } from '#libs/domain/case/registration';
import type { CaseState, Notice } from '#libs/domain/case/types';
import type { HoldingInfo, MastersSnapshot, PostInfo } from '#libs/masters/snapshot';
import type { CitizenContact } from './contacts.js';
import { messagesOf } from './notifications.js';
import type { RecipientSources } from './recipients.js';

/** Tuesday 24 November 2026, 9.30 in the morning in Kolkata. */
const now = Date.UTC(2026, 10, 24, 4);
const calendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: { 2: [{ from: 600, to: 1080 }], 3: [{ from: 600, to: 1080 }] },
  holidays: [],
};

const post = (position: string, designation: string, role: PostInfo['role'], wards = ['91']): PostInfo => ({
  position,
  designation,
  role,
  department: 'WATER',
  wards,
  categories: ['*'],
});
const holding = (position: string, more: Partial<HoldingInfo> = {}): [string, HoldingInfo[]] => [
  position,
  [
    {
      position,
      kind: 'holder',
      username: position.toLowerCase(),
      person: `Holder of ${position}`,
      mobile: `+9190010000${position.length}`,
      validFrom: 0,
      validTo: null,
      ...more,
    },
  ],
];

const masters: MastersSnapshot = {
  version: 1,
  tenant: {
    code: 'kmc',
    parent: 'wb',
    root: 'wb',
    kind: 'ulb',
    names: { en: 'Kolkata Municipal Corporation' },
    prefix: 'KMC',
    zone: 'Asia/Kolkata',
    settings: {},
  },
  boroughs: new Map(),
  wards: new Map(),
  departments: new Map([['WATER', { code: 'WATER', names: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' } }]]),
  subCategories: new Map([
    [
      'WATER_NO_SUPPLY',
      {
        code: 'WATER_NO_SUPPLY',
        category: 'WATER',
        names: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
        department: 'WATER',
        slaHours: 18,
        calendar: 'office',
        evidencePhoto: false,
        evidenceWithinMetres: null,
        hideComplainant: false,
        duplicateRadiusMetres: 0,
        questions: [],
        active: true,
      },
    ],
  ]),
  posts: new Map(
    [
      post('WATER-LME-B10', 'Sub-Assistant Engineer', 'lme'),
      post('WATER-EE-B10', 'Executive Engineer', 'escalation_officer'),
      post('WATER-GRO', 'Deputy Manager', 'gro', ['*']),
    ].map((each) => [each.position, each]),
  ),
  holdings: new Map([holding('WATER-LME-B10'), holding('WATER-EE-B10'), holding('WATER-GRO')]),
  matrix: [],
  calendar,
  rejectReasons: new Map([['water_board', { en: 'It belongs to the water board' }]]),
  categories: new Map(),
  registrations: { dltIds: {}, headers: {}, whatsappNames: {} },
  clockScale: 1,
};

const citizen: CitizenContact = {
  id: 'abcdefghijklmnopqrstuvwxyz',
  mobile: '+919830012345',
  email: null,
  externalId: null,
  locale: 'bn',
  channel: 'sms',
};
const filer = `citizen:${citizen.id}`;

const fresh: CaseState = {
  ...open({
    number: 'KMC-26-0001234-5',
    tenant: 'kmc',
    subCategory: 'WATER_NO_SUPPLY',
    department: 'WATER',
    ward: '91',
    borough: '10',
    source: 'portal',
    location: null,
    filer,
    now,
    calendar,
    rules: {
      slaHours: 8,
      calendar: 'office',
      levels: [{ level: 1, position: 'WATER-EE-B10', hours: 18 }],
      gro: 'WATER-GRO',
      candidates: [],
      evidencePhoto: false,
      hideComplainant: false,
      maxReopens: 2,
      ratingWindowDays: 15,
      ratingReminderDays: 7,
      silenceDays: 7,
      ownerPauses: 2,
      extraPauses: 1,
      rejectReasons: ['sub_judice', 'water_board'],
      clockScale: 1,
    },
  }),
  state: 'assigned',
  owner: 'WATER-LME-B10',
  accountable: 'WATER-LME-B10',
  dueAt: Date.UTC(2026, 10, 24, 12, 30),
  version: 2,
};

function step(notices: Omit<Notice, 'seq'>[], state: Partial<CaseState> = {}, text: string | null = null): StepRecord {
  const after = { ...fresh, ...state };
  return {
    state: after,
    events: [
      {
        seq: after.version,
        at: now,
        event: 'assigned',
        actor: { id: 'user:ee', role: 'escalation_officer', post: 'WATER-EE-B10' },
        text,
        public: true,
        data: {},
      },
    ],
    notices: notices.map((notice) => ({ ...notice, seq: after.version })),
  };
}

function sources(contacts: readonly CitizenContact[], more: Partial<RecipientSources> = {}): RecipientSources {
  return {
    contacts: new Map(contacts.map((each) => [each.id, each])),
    masters,
    hash: (text) => `h-${text}`,
    now,
    ...more,
  };
}

const send = (record: StepRecord, contacts = [citizen], more: Partial<RecipientSources> = {}) =>
  messagesOf(record, sources(contacts, more), {
    site: 'https://kmc.example.in',
    rating: ({ person, answer, until }) => `https://kmc.example.in/r/${person.slice(0, 8)}-${answer}-${until}`,
  });

const answer = (remarks: string): NonNullable<CaseState['answer']> => ({
  kind: 'resolved',
  seq: 3,
  at: now,
  by: { id: 'user:lme', post: 'WATER-LME-B10', role: 'lme' },
  remarks,
  windowEndsAt: Date.UTC(2026, 11, 9, 6, 30),
  remindAt: null,
  ratings: [],
  before: {
    state: 'assigned',
    owner: 'WATER-LME-B10',
    accountable: 'WATER-LME-B10',
    level: 0,
    clock: fresh.clock,
    waiting: null,
    request: null,
    directedBy: null,
    digestAt: null,
  },
});

describe('messages of a step', () => {
  it('tell the citizen by SMS in their language who has the case and by when, and make the same ids again', () => {
    const record = step([{ template: 'registered', audience: 'citizens' }]);
    const { rows, unreachable } = send(record);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      id: 'KMC-26-0001234-5/2/registered/abcdefgh',
      channel: 'sms',
      toAddress: '+919830012345',
      locale: 'bn',
      status: 'queued',
      contact: citizen.id,
      notBefore: 0,
    });
    expect(rows[0]?.text).toContain('সাব-অ্যাসিস্ট্যান্ট ইঞ্জিনিয়ার, জল সরবরাহ, ১০ নম্বর বরো');
    expect(rows[0]?.text).toContain('৯১ নম্বর ওয়ার্ড');
    expect(unreachable.size).toBe(0);
    expect(send(record, [citizen], { now: now + 5000 }).rows.map((row) => row.id)).toEqual(rows.map((row) => row.id));
  });

  it('ask each reader for a rating by a link of their own, and nobody by one that another message has', () => {
    const follower = { ...citizen, id: 'zyxw'.padEnd(26, 'v'), mobile: '+919830099999' };
    const until = Date.UTC(2026, 11, 9, 6, 30);
    const record = step([{ template: 'resolved', audience: 'citizens' }], {
      state: 'resolved',
      answer: answer('done'),
      followers: [`citizen:${follower.id}`],
    });
    const { rows } = send(record, [citizen, follower]);
    const links = rows.map(({ contact, text }) => [contact, /\/r\/(\S+)/.exec(text)?.[1]]);
    expect(links).toEqual([citizen.id, follower.id].map((id) => [id, `${id.slice(0, 8)}-3-${until}`]));
    const news = send(step([{ template: 'registered', audience: 'citizens' }]));
    expect(news.rows[0]?.text).not.toContain('/r/');
  });

  it('say that nobody could be told when the filer left no contact', () => {
    const record = step([{ template: 'registered', audience: 'citizens' }], { filer: null });
    expect(send(record, [])).toEqual({ rows: [], unreachable: new Set([2]) });
    const nameOnly = { ...citizen, mobile: null };
    expect(send(step([{ template: 'registered', audience: 'citizens' }]), [nameOnly]).unreachable).toEqual(
      new Set([2]),
    );
  });

  it('go by WhatsApp to who came by it, with an SMS beside it for registration and answers alone', () => {
    const whatsapp = { ...citizen, channel: 'whatsapp' as const };
    const ways = (template: Notice['template']): string[] =>
      send(step([{ template, audience: 'citizens' }], { answer: answer('done') }, 'text'), [whatsapp]).rows.map(
        (row) => `${row.channel} ${row.id.slice(-17)}`,
      );
    expect(ways('resolved')).toEqual(['whatsapp abcdefgh.whatsapp', expect.stringMatching(/^sms .*abcdefgh$/)]);
    expect(ways('comment_public')).toEqual(['whatsapp abcdefgh.whatsapp']);
    const userName = { ...whatsapp, mobile: null, externalId: 'IN.1234' };
    expect(send(step([{ template: 'registered', audience: 'filer' }]), [userName]).rows).toMatchObject([
      { channel: 'whatsapp', toAddress: 'IN.1234' },
    ]);
  });

  it('reach the followers as they reach the filer, each once', () => {
    const other = { ...citizen, id: 'zyxwvutsrqponmlkjihgfedcba', mobile: '+919830054321', locale: 'hi' as const };
    const state = { followers: [`citizen:${other.id}`, filer] };
    const { rows } = send(step([{ template: 'assigned_to_citizen', audience: 'citizens' }], state), [citizen, other]);
    expect(rows.map((row) => [row.toAddress, row.locale])).toEqual([
      ['+919830012345', 'bn'],
      ['+919830054321', 'hi'],
    ]);
  });

  it('reach the owner by SMS and by the bell of the desk, which needs no sending', () => {
    const { rows } = send(step([{ template: 'work_assigned', audience: 'owner' }]));
    expect(rows.map(({ channel, toAddress, status }) => [channel, toAddress, status])).toEqual([
      ['desk', 'user:water-lme-b10', 'delivered'],
      ['sms', '+919001000013', 'queued'],
    ]);
    expect(rows[1]?.text).toBe(
      'New work for you: complaint KMC-26-000 1234-5. No water supply, ward 91. To be done by today, Tuesday 24 November, 6 pm.',
    );
  });

  it('reach the delegate of an absent holder, and the GRO for a vacant post', () => {
    const delegate = holding('WATER-LME-B10', { kind: 'delegate', username: 'stand-in', mobile: '+919001999999' });
    const holdings = new Map([holding('WATER-LME-B10'), holding('WATER-GRO')]);
    holdings.get('WATER-LME-B10')?.push(...delegate[1]);
    const told = (given: MastersSnapshot['holdings']) =>
      send(step([{ template: 'work_assigned', audience: 'owner' }]), [citizen], {
        masters: { ...masters, holdings: given },
      }).rows.map((row) => row.toAddress);
    expect(told(holdings)).toEqual(['user:stand-in', '+919001999999']);
    expect(told(new Map([holding('WATER-GRO')]))).toEqual(['user:water-gro', '+91900100009']);
    expect(told(new Map())).toEqual([]);
  });

  it('ask the GRO to choose when nobody has the case yet', () => {
    const { rows } = send(
      step(
        [
          { template: 'work_assigned', audience: 'gro' },
          { template: 'registered', audience: 'citizens' },
        ],
        {
          state: 'awaiting_assignment',
          owner: null,
          accountable: 'WATER-GRO',
        },
      ),
      [{ ...citizen, locale: 'en' }],
    );
    expect(rows.find((row) => row.channel === 'sms' && row.template === 'work_assigned')?.text).toMatch(
      /^Please choose/,
    );
    expect(rows.find((row) => row.template === 'registered')?.text).toContain(
      'Water Supply is now choosing who will do',
    );
  });

  it('call the last resolution the closing order', () => {
    const notice = { template: 'resolved', audience: 'filer' } as const;
    const text = (reopens: number) =>
      send(step([notice], { reopens, answer: answer('Done 🙂') }), [{ ...citizen, locale: 'en' }]).rows[0]?.text;
    expect(text(1)).toContain('They write: "Done 🙂"');
    expect(text(1)).not.toContain('closing order');
    expect(text(2)).toMatch(/"Done 🙂".*closing order.*cannot be reopened again/);
  });

  it('name the reason of a rejection in words, also a reason of the tenant alone', () => {
    const text = (reasonCode: string, locale: 'bn' | 'en') =>
      send(
        step([{ template: 'rejected', audience: 'filer' }], {
          answer: { ...answer('See the order'), kind: 'rejected', reasonCode },
        }),
        [{ ...citizen, locale }],
      ).rows[0]?.text;
    expect(text('sub_judice', 'bn')).toContain('বিষয়টি আদালতে বিচারাধীন');
    expect(text('water_board', 'en')).toContain('Reason: It belongs to the water board.');
  });

  it('say in the closing message how it ended', () => {
    const text = (outcome: CaseState['outcome'], more: Partial<CaseState> = {}) =>
      send(step([{ template: 'closed', audience: 'filer' }], { state: 'closed', outcome, ...more }), [
        { ...citizen, locale: 'en' },
      ]).rows[0]?.text;
    expect(text('satisfied')).toContain('Thank you');
    expect(text('dissatisfied')).toContain('not good enough');
    expect(text('duplicate', { duplicateOf: 'KMC-26-0001201-4' })).toContain('KMC-26-000 1201-4');
  });

  it('keep reminders for the morning, worded for then', () => {
    const night = Date.parse('2026-11-24T23:00+05:30');
    const state = { answer: answer('Done'), state: 'resolved' } as const;
    const at = (moment: number) =>
      send(
        step([{ template: 'rating_reminder', audience: 'citizens', to: [filer], quietHours: true }], state),
        [{ ...citizen, locale: 'en' }],
        { now: moment },
      ).rows[0];
    expect(at(night)?.notBefore).toBe(Date.parse('2026-11-25T08:00+05:30'));
    expect(at(night)?.text).toContain('was answered yesterday, Tuesday 24 November.');
    expect(at(now)?.notBefore).toBe(0);
  });

  it('speak of the officer by whom a question was asked', () => {
    const waiting = {
      from: 'assigned',
      owner: 'WATER-LME-B10',
      until: now + 604_800_000,
      askedBy: 'user:ee',
      question: 'Which house?',
    } as const;
    const { rows } = send(step([{ template: 'citizen_asked', audience: 'citizens' }], { waiting }), [
      { ...citizen, locale: 'en' },
    ]);
    expect(rows[0]?.text).toContain('the Executive Engineer, Water Supply, Borough X asks: "Which house?"');
  });

  it('fail alone when their wording is missing: the step itself is recorded', () => {
    const outcome = 'vanished' as NonNullable<CaseState['outcome']>;
    const { rows } = send(step([{ template: 'closed', audience: 'filer' }], { state: 'closed', outcome }));
    expect(rows).toMatchObject([{ status: 'failed', error: 'Template closed has no text "vanished" in bn' }]);
  });
});
