import type { SimulatedPost, Simulation as SimulationView } from '#libs/contracts/api/masters';
import { addWorkingMs } from '#libs/domain/calendar/calendar';
import type { FieldProblem } from '#libs/domain/case/types';
import { findWard, wardAt } from './places.js';
import { describePost, isVacant } from './posts.js';
import { MastersError, rulesFor } from './routing.js';
import type { MastersSnapshot, SubCategoryInfo, WardInfo } from './snapshot.js';

const HOUR = 3_600_000;
/** Share of the SLA after which the owner is reminded. */
export const REMINDER_SHARE = 0.75;

export interface SimulationQuestion {
  subCategory: string;
  ward?: string | number;
  lat?: number;
  lon?: number;
  /** Epoch ms of the registration. */
  at: number;
}

export interface SimulatedLevel extends SimulatedPost {
  level: number;
  hours: number;
  /** Epoch ms at which it becomes accountable if nothing has been answered. */
  from: number;
  /** Epoch ms at which its own hours are over. */
  dueAt: number;
}

/** What the API tells of it, without the city that was asked; times are epoch ms. */
export type Simulation = Omit<SimulationView, 'tenant' | 'registeredAt' | 'reminderAt' | 'dueAt' | 'levels'> & {
  registeredAt: number;
  reminderAt: number;
  dueAt: number;
  levels: SimulatedLevel[];
};

export type SimulationResult = { ok: true; simulation: Simulation } | { ok: false; problems: FieldProblem[] };

/** Who gets this, when is it due, who is next at which time. */
export function simulate(snapshot: MastersSnapshot, question: SimulationQuestion): SimulationResult {
  const problems: FieldProblem[] = [];
  const sub = findSubCategory(snapshot, question.subCategory, problems);
  const ward = findPlace(snapshot, question, problems);
  if (!Number.isFinite(question.at)) problems.push({ field: 'at', problem: 'wrong_type', expected: 'a date and time' });
  if (!sub || !ward || problems.length > 0) return { ok: false, problems };
  try {
    return { ok: true, simulation: play(snapshot, sub, ward, question.at) };
  } catch (error) {
    if (!(error instanceof MastersError)) throw error;
    return { ok: false, problems: [{ field: error.field, problem: error.problem, expected: error.message }] };
  }
}

function findSubCategory(snapshot: MastersSnapshot, code: string, problems: FieldProblem[]): SubCategoryInfo | null {
  const sub = snapshot.subCategories.get(String(code).trim().toUpperCase());
  if (sub?.active) return sub;
  const problem = sub ? 'inactive' : 'unknown';
  problems.push({ field: 'subCategory', problem, expected: 'the code of an active sub-category' });
  return null;
}

function findPlace(snapshot: MastersSnapshot, question: SimulationQuestion, problems: FieldProblem[]): WardInfo | null {
  if (question.ward !== undefined && String(question.ward).trim() !== '') {
    const ward = findWard(snapshot, question.ward);
    if (!ward) problems.push({ field: 'ward', problem: 'unknown', expected: 'the code of a ward of this city' });
    return ward;
  }
  if (question.lat === undefined || question.lon === undefined) {
    problems.push({ field: 'ward', problem: 'required', expected: 'the code of a ward, or lat and lon' });
    return null;
  }
  const code = wardAt(snapshot, question.lat, question.lon);
  if (code !== null) return snapshot.wards.get(code) ?? null;
  problems.push({ field: 'ward', problem: 'required', expected: 'the code of a ward: none is known at this point' });
  return null;
}

function play(snapshot: MastersSnapshot, sub: SubCategoryInfo, ward: WardInfo, at: number): Simulation {
  const rules = rulesFor(snapshot, sub.code, ward.code);
  const after = (from: number, hours: number): number =>
    addWorkingMs(snapshot.calendar, rules.calendar, from, hours * HOUR, rules.clockScale);
  const post = (position: string, when: number): SimulatedPost => ({
    ...describePost(snapshot, position, when),
    vacant: isVacant(snapshot, position, when),
  });
  const dueAt = after(at, rules.slaHours);
  let from = dueAt;
  const levels = rules.levels.map(({ level, position, hours }): SimulatedLevel => {
    const entry = { ...post(position, from), level, hours, from, dueAt: after(from, hours) };
    from = entry.dueAt;
    return entry;
  });
  const [first] = rules.candidates;
  return {
    subCategory: sub.code,
    category: sub.category,
    department: sub.department,
    ward: ward.code,
    borough: ward.borough,
    calendar: rules.calendar,
    slaHours: rules.slaHours,
    registeredAt: at,
    state: first ? 'assigned' : 'awaiting_assignment',
    owner: first ? post(first.position, at) : null,
    gro: post(rules.gro, at),
    candidates: rules.candidates.map(({ position }) => position),
    reminderAt: after(at, rules.slaHours * REMINDER_SHARE),
    dueAt,
    levels,
  };
}
