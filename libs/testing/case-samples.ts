import type { OfficeCalendar } from '#libs/domain/calendar/types';
import { DAY, HOUR, person, RULES as HOUSE_RULES, SYSTEM } from '#libs/domain/case/case-fixtures';
import type { Role } from '#libs/domain/case/names';
import { open, type OpenInput } from '#libs/domain/case/registration';
import type { Actor, CaseRules, CaseState, PostRef } from '#libs/domain/case/types';

/** A small department with everybody a case can meet, for tests of whole lives. */
const DEPARTMENT = 'SWM';

export { DAY, HOUR, SYSTEM };

export const CALENDAR: OfficeCalendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 600, to: 1050 }]])),
  holidays: [],
};

function post(position: string, role: Role, department = DEPARTMENT): PostRef {
  return { position, designation: position.toLowerCase(), role, department };
}

export const POSTS = {
  lme: post('SWM-LME-91', 'lme'),
  otherLme: post('SWM-LME-92', 'lme'),
  gro: post('SWM-GRO', 'gro'),
  first: post('SWM-L1', 'escalation_officer'),
  second: post('SWM-L2', 'escalation_officer'),
  stranger: post('LGT-LME-91', 'lme', 'LGT'),
  strangerGro: post('LGT-GRO', 'gro', 'LGT'),
} as const;

function officer(id: string, position: PostRef): Actor {
  return { id: `user:${id}`, roles: [position.role], posts: [position] };
}

export const ACTORS = {
  citizen: person('citizen:rina', 'citizen'),
  follower: person('citizen:babul', 'citizen'),
  passerBy: person('citizen:mitali', 'citizen'),
  lme: officer('lme91', POSTS.lme),
  otherLme: officer('lme92', POSTS.otherLme),
  gro: officer('gro', POSTS.gro),
  first: officer('eo1', POSTS.first),
  second: officer('eo2', POSTS.second),
  stranger: officer('lgt91', POSTS.stranger),
  strangerGro: officer('lgtgro', POSTS.strangerGro),
  callCentre: person('user:cc', 'call_centre'),
  mayorsOffice: person('user:mayor', 'mayors_office'),
  admin: person('user:admin', 'tenant_admin'),
  auditor: person('user:audit', 'auditor'),
} as const satisfies Record<string, Actor>;

export const RULES: CaseRules = {
  ...HOUSE_RULES,
  levels: [
    { level: 1, position: POSTS.first.position, hours: 24 },
    { level: 2, position: POSTS.second.position, hours: 48 },
  ],
  gro: POSTS.gro.position,
  candidates: [POSTS.lme, POSTS.otherLme],
};

/** A fresh case of that department. */
export function freshCase(
  number: string,
  now: number,
  { rules, ...more }: Partial<Omit<OpenInput, 'rules'>> & { rules?: Partial<CaseRules> } = {},
): CaseState {
  return open({
    number,
    tenant: 'kmc',
    subCategory: 'garbage_not_collected',
    department: DEPARTMENT,
    ward: '91',
    borough: '10',
    source: 'portal',
    location: { landmark: 'Rashbehari crossing' },
    filer: ACTORS.citizen.id,
    now,
    calendar: CALENDAR,
    ...more,
    rules: { ...RULES, ...rules },
  });
}
