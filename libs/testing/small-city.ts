import type { DataSources } from '#libs/persistence/data-sources';
import {
  DepartmentEntity,
  HoldingEntity,
  PostEntity,
  SubCategoryEntity,
  TenantEntity,
  WorkingHoursEntity,
} from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { decide } from '#libs/domain/case/decide';
import { open, registeredEvent } from '#libs/domain/case/registration';
import type { Role } from '#libs/domain/case/names';
import type { Actor, CaseCommand, CaseState, PostRef, SystemCommand } from '#libs/domain/case/types';
import type { OfficeCalendar } from '#libs/domain/calendar/types';
import type { Registration, StepRecord } from '#libs/contracts/temporal/grievance';

/** A city of one department and three posts, enough for a case's whole life; the state above it is its root. */
export const CITY = { tenant: 'kmc', root: 'wb', subCategory: 'WATER_NO_SUPPLY', department: 'WATER', ward: '91' };

const POSTS: readonly (PostRef & { mobile: string })[] = [
  post('WATER-LME-B10', 'Sub-Assistant Engineer', 'lme', '+919001000001'),
  post('WATER-EE-B10', 'Executive Engineer', 'escalation_officer', '+919001000002'),
  post('WATER-GRO', 'Deputy Manager', 'gro', '+919001000003'),
];

export const CITY_CALENDAR: OfficeCalendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [day, [{ from: 600, to: 1140 }]])),
  holidays: [],
};

function post(position: string, designation: string, role: Role, mobile: string): PostRef & { mobile: string } {
  return { position, designation, role, department: 'WATER', mobile };
}

/** The officer who holds a post of the city. */
export function officer(position: string): Actor {
  const held = POSTS.find((each) => each.position === position);
  if (!held) throw new Error(`The small city has no post ${position}`);
  return { id: `user:${position.toLowerCase()}`, roles: [held.role], posts: [held], name: `Officer ${position}` };
}

/** Writes the masters of the city into an empty database. */
export async function buildCity(sources: DataSources): Promise<void> {
  const { tenant, root } = CITY;
  const names = { nameBn: null, nameHi: null };
  const common = { ...names, zone: 'Asia/Kolkata', settings: {}, mastersVersion: 1 };
  await new UnitOfWork(sources).run(async (em) => {
    await em.insert(TenantEntity, [
      { ...common, code: root, parent: null, kind: 'state', name: 'West Bengal', prefix: 'WB' },
      { ...common, code: tenant, parent: root, kind: 'ulb', name: 'Kolkata Municipal Corporation', prefix: 'KMC' },
    ]);
    const water = { name: 'Water Supply', nameBn: 'জল সরবরাহ', nameHi: 'जल आपूर्ति' };
    await em.insert(DepartmentEntity, { tenant, code: CITY.department, ...water });
    await em.insert(SubCategoryEntity, {
      tenant,
      code: CITY.subCategory,
      category: 'WATER',
      name: 'No water supply',
      nameBn: 'জল আসছে না',
      nameHi: 'पानी नहीं आ रहा',
      department: CITY.department,
      slaHours: 18,
      calendar: 'office',
      evidencePhoto: false,
      evidenceWithinM: null,
      hideComplainant: false,
      duplicateRadiusM: 150,
      active: true,
    });
    for (const { mobile, ...each } of POSTS) {
      await em.insert(PostEntity, {
        tenant,
        ...each,
        wards: each.role === 'gro' ? ['*'] : [CITY.ward],
        categories: ['*'],
      });
      await em.insert(HoldingEntity, {
        id: `hold-${each.position}`,
        tenant,
        position: each.position,
        kind: 'holder',
        username: each.position.toLowerCase(),
        person: `Officer ${each.position}`,
        mobile,
        validFrom: 0,
        validTo: null,
      });
    }
    const hours = [1, 2, 3, 4, 5, 6].map((day) => ({ tenant, day, fromMin: 600, toMin: 1140 }));
    await em.insert(WorkingHoursEntity, hours);
  });
}

export interface CitizenOfCity {
  id: string;
  mobile?: string;
  name?: string;
  channel?: 'sms' | 'whatsapp';
  locale?: Registration['locale'];
}

/** A case of the city in the hands of the real rules: each command makes the step that its workflow would record. */
export class CityCase {
  state: CaseState;
  private readonly registration: Registration;

  constructor(
    number: string,
    citizen: CitizenOfCity | null,
    private now = Date.parse('2026-11-24T11:00+05:30'),
    description = 'Tap is dry 🚰 — কলে জল নেই',
  ) {
    this.registration = {
      description,
      locale: citizen?.locale ?? 'bn',
      citizen: citizen && { ...citizen, channel: citizen.channel ?? 'sms' },
      attachments: [],
    };
    this.state = open({
      number,
      tenant: CITY.tenant,
      subCategory: CITY.subCategory,
      department: CITY.department,
      ward: CITY.ward,
      borough: '10',
      source: 'portal',
      location: { landmark: 'বাজারের কাছে' },
      filer: citizen && `citizen:${citizen.id}`,
      now: this.now,
      calendar: CITY_CALENDAR,
      rules: {
        slaHours: 18,
        calendar: 'office',
        levels: [
          { level: 1, position: 'WATER-EE-B10', hours: 18 },
          { level: 2, position: 'WATER-GRO', hours: 27 },
        ],
        gro: 'WATER-GRO',
        candidates: POSTS.filter(({ role }) => role === 'lme'),
        evidencePhoto: false,
        hideComplainant: false,
        maxReopens: 2,
        ratingWindowDays: 15,
        ratingReminderDays: 7,
        silenceDays: 7,
        ownerPauses: 2,
        extraPauses: 1,
        rejectReasons: ['sub_judice'],
        clockScale: 1,
      },
    });
  }

  /** Registered and routed: one step, as the first workflow task records it. */
  register(): StepRecord {
    const registered = registeredEvent(this.state);
    const routed = this.give({ name: 'route', actor: { id: 'system', roles: ['system'], posts: [] } });
    return { ...routed, events: [registered, ...routed.events], registration: this.registration };
  }

  /** The step of a command a minute later; throws what the rules refuse. */
  give(command: CaseCommand | SystemCommand): StepRecord {
    this.now += 60_000;
    const decision = decide(this.state, command, { now: this.now, calendar: CITY_CALENDAR });
    if (!decision.ok) throw new Error(decision.refusal.reason);
    this.state = decision.next;
    return { state: decision.next, events: decision.events, notices: decision.notices };
  }

  resolve(remarks: string, by = this.state.owner ?? ''): StepRecord {
    return this.give({ name: 'resolve', actor: officer(by), body: { remarks } });
  }

  rate(rating: number, remarks?: string): StepRecord {
    const actor: Actor = { id: this.state.filer ?? '', roles: ['citizen'], posts: [] };
    return this.give({ name: 'rate', actor, body: { rating, ...(remarks === undefined ? {} : { remarks }) } });
  }

  followedBy(person: string): StepRecord {
    return this.give({ name: 'follow', actor: { id: person, roles: ['citizen'], posts: [] }, body: { person } });
  }
}
