import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { OfficeCalendar } from '#libs/domain/calendar/types';
import type { CaseStateName, Locale, Outcome, Source } from '#libs/domain/case/names';
import { open } from '#libs/domain/case/registration';
import type { CaseRules, CaseState } from '#libs/domain/case/types';
import { formatNumber } from '#libs/domain/numbers/index';
import { rulesFor, type MastersSnapshot } from '#libs/masters/index';
import { caseRow } from '#libs/persistence/case-rows';
import type { GrievanceEntity, GrievanceWordEntity } from '#libs/persistence/entities/index';
import { indexWords } from '#libs/persistence/words';

const SAMPLE = fileURLToPath(new URL('../../../../deploy/seed/kolkata/complaints-sample.csv', import.meta.url));
const DAY = 86_400_000;
const SPAN = 365 * DAY;
const HOUR = 3_600_000;
/** Complaints a citizen files in the span, on average. */
const PER_CITIZEN = 3;
const YEAR = 26;

const ALWAYS_OPEN: OfficeCalendar = {
  version: 1,
  zone: 'UTC',
  week: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: 0, to: 1_440 }]])),
  holidays: [],
};

interface Complaint {
  source: Source;
  locale: Locale;
  name: string;
  sub_category: string;
  landmark: string;
  description: string;
}

const pick = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;
const WORKING: readonly CaseStateName[] = ['assigned', 'assigned', 'assigned', 'reopened', 'reassignment_requested'];

/**
 * A year of a city's complaints, as many as wanted, the same for the same masters: 5 % still open, most of them recent;
 * texts, services and channels as in the sample of the seed, wards alike, citizens with three complaints each.
 */
export class ManyCases {
  private readonly complaints: readonly Complaint[];
  private readonly wards: readonly { code: string; borough: string }[];
  private readonly rules = new Map<string, CaseRules>();
  private readonly words = new Map<Complaint, readonly string[]>();

  /** @param now epoch ms at which the last of them was registered */
  constructor(
    private readonly masters: MastersSnapshot,
    readonly count: number,
    readonly now: number,
  ) {
    const rows = parse<Complaint>(readFileSync(SAMPLE), { columns: true, bom: true });
    this.complaints = rows.filter(({ sub_category }) => masters.subCategories.has(sub_category));
    this.wards = [...masters.wards.values()];
  }

  *rows(): Generator<GrievanceEntity> {
    for (let n = 0; n < this.count; n++) yield this.row(n);
  }

  *wordRows(): Generator<GrievanceWordEntity> {
    const { code: tenant } = this.masters.tenant;
    for (let n = 0; n < this.count; n++) {
      const number = this.numberOf(n);
      const registeredAt = this.registeredAt(n);
      for (const word of this.wordsOf(n)) yield { tenant, word, registeredAt, number };
    }
  }

  numberOf(n: number): string {
    return formatNumber(this.masters.tenant.prefix, YEAR, n + 1);
  }

  /** Who filed the n-th case. */
  citizenOf(n: number): { id: string; mobile: string } {
    const who = this.chance(n, 7) % Math.ceil(this.count / PER_CITIZEN);
    return { id: `c${String(who).padStart(25, '2')}`, mobile: `+91${9_000_000_000 + who}` };
  }

  wardOf(n: number): { code: string; borough: string } {
    return pick(this.wards, this.chance(n, 1));
  }

  wordsOf(n: number): readonly string[] {
    const complaint = this.complaintOf(n);
    let words = this.words.get(complaint);
    if (!words) this.words.set(complaint, (words = indexWords('', complaint.description, complaint.landmark)));
    return [...words, ...indexWords(this.numberOf(n), '', null)];
  }

  row(n: number): GrievanceEntity {
    const complaint = this.complaintOf(n);
    const ward = this.wardOf(n);
    const citizen = this.citizenOf(n);
    const registeredAt = this.registeredAt(n);
    const sub = this.masters.subCategories.get(complaint.sub_category);
    if (!sub) throw new Error(`${complaint.sub_category} is no sub-category`);
    const rules = this.rulesOf(complaint.sub_category, ward.code);
    const begun = open({
      number: this.numberOf(n),
      tenant: this.masters.tenant.code,
      subCategory: sub.code,
      department: sub.department,
      ward: ward.code,
      borough: ward.borough,
      source: complaint.source,
      location: complaint.landmark === '' ? null : { landmark: complaint.landmark },
      filer: `citizen:${citizen.id}`,
      rules,
      now: registeredAt,
      // Deadlines are made up below: working them out a million times would take longer than all the rest.
      calendar: ALWAYS_OPEN,
    });
    const state: CaseState = { ...begun, ...this.fate(n, rules, registeredAt) };
    const registration = {
      description: complaint.description,
      locale: complaint.locale,
      citizen: { id: citizen.id, name: complaint.name, mobile: citizen.mobile, channel: 'sms' as const },
      attachments: [],
    };
    return caseRow(state, registration, sub.category, state.closedAt ?? registeredAt);
  }

  /** How far the case has come, and by whom. */
  private fate(n: number, rules: CaseRules, registeredAt: number): Partial<CaseState> {
    const owner = rules.candidates[0]?.position ?? null;
    const age = (this.now - registeredAt) / SPAN;
    const luck = (this.chance(n, 3) % 1000) / 1000;
    const tookMs = (1 + (this.chance(n, 4) % 240)) * HOUR;
    const openShare = age < 0.1 ? 0.35 : 0.015;
    const level = luck < openShare ? this.chance(n, 5) % (rules.levels.length + 1) : 0;
    const accountable = level === 0 ? (owner ?? rules.gro) : (rules.levels[level - 1]?.position ?? rules.gro);
    const common = { owner, accountable, level, version: 4 };
    if (luck < openShare * 0.8) {
      if (owner === null) return { ...common, state: 'awaiting_assignment', dueAt: registeredAt + tookMs };
      return { ...common, state: pick(WORKING, this.chance(n, 6)), dueAt: registeredAt + tookMs };
    }
    const resolvedAt = registeredAt + tookMs;
    const remarks = 'Work done and checked on the spot';
    if (luck < openShare) return { ...common, state: 'resolved', dueAt: null, resolvedAt, remarks };
    const rating = this.chance(n, 8) % 3 === 0 ? null : 1 + (this.chance(n, 9) % 5);
    const outcome: Outcome = rating === null ? 'unrated' : rating > 2 ? 'satisfied' : 'dissatisfied';
    const reopens = outcome === 'dissatisfied' ? 2 : 0;
    const closedAt = resolvedAt + DAY;
    return { ...common, state: 'closed', outcome, dueAt: null, resolvedAt, closedAt, rating, reopens, remarks };
  }

  private registeredAt(n: number): number {
    return Math.floor(this.now - SPAN * (1 - (n + 1) / this.count));
  }

  private complaintOf(n: number): Complaint {
    return pick(this.complaints, this.chance(n, 2));
  }

  private rulesOf(subCategory: string, ward: string): CaseRules {
    const key = `${subCategory} ${ward}`;
    let rules = this.rules.get(key);
    if (!rules) this.rules.set(key, (rules = rulesFor(this.masters, subCategory, ward)));
    return rules;
  }

  /** A number that belongs to the case and the purpose, spread evenly (Murmur's finaliser). */
  private chance(n: number, purpose: number): number {
    let h = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }
}
