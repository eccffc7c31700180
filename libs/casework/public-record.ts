import { Between, In, Not, type FindOptionsWhere } from 'typeorm';
import type { CaseStateName, EventName, Outcome } from '../domain/case/names.js';
import { parseNumber } from '../domain/numbers/index.js';
import { GrievanceEntity, GrievanceEventEntity, STAGE } from '../persistence/entities/index.js';
import type { CaseworkParts } from './parts.js';
import type { TenantMasters } from './tenant-masters.js';

/**
 * What anybody may know of a case. Words and pictures of citizens are not public before somebody has looked at them;
 * whoever lodged the case has its words in `own`.
 */
export interface PublicCase {
  number: string;
  tenant: string;
  subCategory: string;
  department: string;
  ward: string;
  borough: string;
  state: CaseStateName;
  outcome: Outcome | null;
  /** Post that must act. */
  owner: string | null;
  point: { lat: number; lon: number } | null;
  /** Epoch ms, as are all times here. */
  registeredAt: number;
  updatedAt: number;
  dueAt: number | null;
  own: { description: string; landmark: string | null } | null;
}

export interface PublicCaseQuery {
  /** Registered at or after. */
  from: number;
  /** Registered at or before. */
  to: number;
  subCategories?: readonly string[];
  /** true: somebody still works on it; false: it was answered or closed. */
  open?: boolean;
  limit: number;
  skip?: number;
}

/** One public event of a public case. */
export interface PublicEvent {
  number: string;
  seq: number;
  at: number;
  event: EventName;
  /** Whether the case was still worked on after it. */
  open: boolean;
  /** What was said; only to whoever lodged the case. */
  text: string | null;
}

const COLUMNS = {
  number: true,
  tenant: true,
  subCategory: true,
  department: true,
  ward: true,
  borough: true,
  state: true,
  outcome: true,
  owner: true,
  lat: true,
  lon: true,
  registeredAt: true,
  updatedAt: true,
  dueAt: true,
  description: true,
  landmark: true,
  lodgedBy: true,
} as const satisfies Partial<Record<keyof GrievanceEntity, true>>;
type Row = Pick<GrievanceEntity, keyof typeof COLUMNS>;

const ANSWERING: readonly EventName[] = ['resolved', 'rejected', 'closed', 'withdrawn', 'marked_duplicate'];
const WORKING: readonly EventName[] = ['registered', 'reopened', 'answer_undone'];

/** Cases as strangers may see them. A category that hides its complainants is as if it did not exist. */
export class PublicRecord {
  constructor(private readonly parts: CaseworkParts) {}

  /** @param lodger person id of whoever asks, where they are known */
  async find(masters: TenantMasters, number: string, lodger?: string): Promise<PublicCase | null> {
    const parsed = parseNumber(number);
    if (!parsed.ok) return null;
    const record = await this.parts.store.find(masters.tenant.code, parsed.number, 1);
    if (!record) return null;
    const { state } = record;
    if (state.rules.hideComplainant || hiddenCategories(masters).includes(state.subCategory)) return null;
    const row = await this.parts.read.manager.findOne(GrievanceEntity, {
      select: COLUMNS,
      where: { number: parsed.number },
    });
    if (row) return publicCase(row, lodger);
    const { number: own, tenant, subCategory, department, ward, borough, outcome, owner, registeredAt, dueAt } = state;
    const point = state.location && 'lat' in state.location ? pointOf(state.location.lat, state.location.lon) : null;
    const place = { ward, borough, point };
    const times = { registeredAt, updatedAt: registeredAt, dueAt };
    return {
      number: own,
      tenant,
      subCategory,
      department,
      state: state.state,
      outcome,
      owner,
      ...place,
      ...times,
      own: null,
    };
  }

  /** Newest first. */
  async list(masters: TenantMasters, query: PublicCaseQuery, lodger?: string): Promise<PublicCase[]> {
    const rows = await this.parts.read.manager.find(GrievanceEntity, {
      select: COLUMNS,
      where: whereOf(masters, query),
      order: { registeredAt: 'DESC', number: 'DESC' },
      take: query.limit,
      skip: query.skip ?? 0,
    });
    return rows.map((row) => publicCase(row, lodger));
  }

  /** Public events of the city's public cases in that time, oldest first. */
  async events(
    masters: TenantMasters,
    span: { from: number; to: number; limit: number },
    lodger?: string,
  ): Promise<PublicEvent[]> {
    const { manager } = this.parts.read;
    const happened = await manager.find(GrievanceEventEntity, {
      where: { tenant: masters.tenant.code, at: Between(span.from, span.to), public: true },
      order: { at: 'ASC', number: 'ASC', seq: 'ASC' },
      take: span.limit,
    });
    const numbers = [...new Set(happened.map(({ number }) => number))];
    const cases = new Map<string, Row>();
    const logs = new Map<string, Pick<GrievanceEventEntity, 'seq' | 'event'>[]>();
    for (const some of batches(numbers)) {
      const where = { number: In(some), hideComplainant: false, subCategory: Not(In(hiddenCategories(masters))) };
      for (const row of await manager.find(GrievanceEntity, { select: COLUMNS, where })) cases.set(row.number, row);
      const events = await manager.find(GrievanceEventEntity, {
        select: { number: true, seq: true, event: true },
        where: { number: In(some) },
        order: { number: 'ASC', seq: 'ASC' },
      });
      for (const { number, seq, event } of events) logs.set(number, [...(logs.get(number) ?? []), { seq, event }]);
    }
    return happened.flatMap(({ number, seq, at, event, text }) => {
      const row = cases.get(number);
      if (!row) return [];
      const open = openAfter(logs.get(number) ?? [], seq);
      return [{ number, seq, at, event, open, text: isLodger(row, lodger) ? text : null }];
    });
  }
}

function whereOf(masters: TenantMasters, query: PublicCaseQuery): FindOptionsWhere<GrievanceEntity> {
  const hidden = hiddenCategories(masters);
  const wanted = query.subCategories?.filter((code) => !hidden.includes(code));
  return {
    tenant: masters.tenant.code,
    type: 'grievance',
    hideComplainant: false,
    registeredAt: Between(query.from, query.to),
    subCategory: wanted ? In(wanted) : Not(In(hidden)),
    ...(query.open === undefined ? {} : { stage: query.open ? STAGE.working : In([STAGE.answered, STAGE.closed]) }),
  };
}

function hiddenCategories(masters: TenantMasters): string[] {
  return [...masters.snapshot.subCategories.values()].filter((sub) => sub.hideComplainant).map(({ code }) => code);
}

function publicCase(row: Row, lodger: string | undefined): PublicCase {
  const { description, landmark, lat, lon, lodgedBy: _lodgedBy, ...rest } = row;
  return {
    ...rest,
    point: lat === null || lon === null ? null : pointOf(lat, lon),
    own: isLodger(row, lodger) ? { description, landmark } : null,
  };
}

function isLodger(row: Row, lodger: string | undefined): boolean {
  return lodger !== undefined && row.lodgedBy === lodger;
}

function pointOf(lat: number, lon: number): { lat: number; lon: number } {
  return { lat, lon };
}

function openAfter(log: readonly Pick<GrievanceEventEntity, 'seq' | 'event'>[], seq: number): boolean {
  const last = log.findLast(
    (entry) => entry.seq <= seq && (ANSWERING.includes(entry.event) || WORKING.includes(entry.event)),
  );
  return last === undefined || !ANSWERING.includes(last.event);
}

/** Below the number of parameters that any of the engines takes. */
function* batches(numbers: readonly string[], size = 500): Generator<string[]> {
  for (let from = 0; from < numbers.length; from += size) yield numbers.slice(from, from + size);
}
