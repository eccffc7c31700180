import { In, type EntityManager } from 'typeorm';
import type { OfficeCalendar } from '#libs/domain/calendar/types';
import { validateCalendar, type CalendarProblem } from '#libs/domain/calendar/validate';
import { HolidayEntity, WorkingHoursEntity } from '#libs/persistence/entities/index';
import { calendarFrom } from '../snapshot.js';
import { tenantOf } from './directory.js';
import type { Counts, Finding, MasterSpec, NumberedRow } from './master-spec.js';
import { upsertRows } from './upsert.js';

interface CalendarContext {
  tenant: string;
  calendar: OfficeCalendar;
}

async function calendarContext(em: EntityManager, tenant: string): Promise<CalendarContext> {
  const hours = await em.findBy(WorkingHoursEntity, { tenant });
  const holidays = await em.findBy(HolidayEntity, { tenant });
  return { tenant, calendar: calendarFrom(await tenantOf(em, tenant), hours, holidays) };
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DAY_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  DAYS.flatMap((name, at) => [name, name.slice(0, 3), String(at + 1)].map((word) => [word, name])),
);

interface HoursRow {
  day: number;
  /** Null: closed that day. */
  hours: { from: number; to: number } | null;
}

/** The file is the whole week: what it leaves out is closed. */
export const workingWeekMaster: MasterSpec<CalendarContext, HoursRow> = {
  name: 'working-week',
  columns: [
    { name: 'day', aliases: ['weekday'], required: true },
    { name: 'from', aliases: ['opens', 'open'], required: true },
    { name: 'to', aliases: ['closes', 'close'], required: true },
  ],
  context: calendarContext,
  read(reader) {
    const name = reader.oneOf('day', DAY_WORDS, 'a day of the week, monday to sunday');
    const closed = reader.text('from') === undefined && reader.text('to') === undefined;
    const from = closed ? 0 : reader.time('from');
    const to = closed ? 0 : reader.time('to');
    if (!reader.ok || name === undefined || from === undefined || to === undefined) return null;
    const day = DAYS.findIndex((each) => each === name) + 1;
    return { value: { day, hours: closed ? null : { from, to } }, key: `${day} ${from}`, keyColumn: 'day' };
  },
  whole(rows, { calendar }) {
    const problems = validateCalendar({ ...calendar, week: weekOf(rows), holidays: [] });
    return problems.map((problem) => ({
      ...placeOf(problem, rows),
      problem: problem.problem,
      expected: problem.expected,
    }));
  },
  async write(em, { tenant }, rows) {
    const wanted = rows.flatMap(({ value }) =>
      value.hours ? [{ tenant, day: value.day, fromMin: value.hours.from, toMin: value.hours.to }] : [],
    );
    return replaceHours(em, tenant, wanted);
  },
  async *export(em, tenant) {
    const rows = await em.find(WorkingHoursEntity, { where: { tenant }, order: { day: 'ASC', fromMin: 'ASC' } });
    for (const { day, fromMin, toMin } of rows) yield [DAYS[day - 1] ?? '', clock(fromMin), clock(toMin)];
  },
};

function weekOf(rows: readonly NumberedRow<HoursRow>[]): OfficeCalendar['week'] {
  const week: Record<number, { from: number; to: number }[]> = {};
  for (const { value } of rows) if (value.hours) (week[value.day] ??= []).push(value.hours);
  for (const hours of Object.values(week)) hours.sort((a, b) => a.from - b.from);
  return week;
}

/** The row that a problem of the whole is to be shown at: the last one of that day, or of the file. */
function placeOf(
  problem: CalendarProblem,
  rows: readonly NumberedRow<HoursRow>[],
): Omit<Finding, 'problem' | 'expected'> {
  const day = Number(problem.field.split('.')[1]);
  const own = rows.filter(({ value }) => value.day === day);
  const last = own.at(-1) ?? rows.at(-1);
  const column = problem.problem === 'required' ? 'from' : 'to';
  return { row: last?.row ?? 1, column, value: last ? (DAYS[last.value.day - 1] ?? '') : '' };
}

async function replaceHours(
  em: EntityManager,
  tenant: string,
  wanted: readonly { tenant: string; day: number; fromMin: number; toMin: number }[],
): Promise<Counts> {
  const stored = await em.findBy(WorkingHoursEntity, { tenant });
  const keyOf = (row: { day: number; fromMin: number }): string => `${row.day} ${row.fromMin}`;
  const kept = new Set(wanted.map(keyOf));
  const gone = stored.filter((row) => !kept.has(keyOf(row)));
  for (const { day, fromMin } of gone) await em.delete(WorkingHoursEntity, { tenant, day, fromMin });
  const counts = await upsertRows(em, WorkingHoursEntity, ['tenant', 'day', 'fromMin'], wanted, stored);
  return { ...counts, updated: counts.updated + gone.length };
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

interface HolidayRow {
  date: string;
  name: string;
  withdrawn: boolean;
}

/** Holidays add to those that are there; `withdrawn` takes one back. */
export const holidaysMaster: MasterSpec<CalendarContext, HolidayRow> = {
  name: 'holidays',
  columns: [
    { name: 'date', required: true },
    { name: 'name', required: true },
    { name: 'withdrawn', aliases: ['withdraw'] },
  ],
  context: calendarContext,
  read(reader) {
    const date = reader.date('date', true);
    const name = reader.text('name', { required: true });
    const withdrawn = reader.yesNo('withdrawn', false);
    return reader.ok && date && name ? { value: { date, name, withdrawn }, key: date, keyColumn: 'date' } : null;
  },
  whole(rows, { calendar }) {
    const dates = new Set(calendar.holidays);
    for (const { value } of rows) dates[value.withdrawn ? 'delete' : 'add'](value.date);
    return validateCalendar({ ...calendar, week: weekOrDaily(calendar.week), holidays: [...dates].sort() }).map(
      ({ field, problem, expected }) => {
        const date = field.split('.')[1] ?? '';
        const row = rows.find(({ value }) => value.date === date) ?? rows.at(-1);
        return { row: row?.row ?? 1, column: 'date', value: date, problem, expected };
      },
    );
  },
  async write(em, { tenant }, rows) {
    const stored = await em.findBy(HolidayEntity, { tenant, date: In(rows.map(({ value }) => value.date)) });
    const withdrawn = rows.filter(({ value }) => value.withdrawn).map(({ value }) => value.date);
    const gone = stored.filter(({ date }) => withdrawn.includes(date)).length;
    if (gone > 0) await em.delete(HolidayEntity, { tenant, date: In(withdrawn) });
    const added = rows
      .filter(({ value }) => !value.withdrawn)
      .map(({ value: { date, name } }) => ({ tenant, date, name }));
    const counts = await upsertRows(em, HolidayEntity, ['tenant', 'date'], added, stored);
    return { ...counts, updated: counts.updated + gone, unchanged: counts.unchanged + withdrawn.length - gone };
  },
  async *export(em, tenant) {
    const rows = await em.find(HolidayEntity, { where: { tenant }, order: { date: 'ASC' } });
    for (const { date, name } of rows) yield [date, name, 'no'];
  },
};

/** Before a week has been published, holidays are judged as if every day were a working day. */
function weekOrDaily(week: OfficeCalendar['week']): OfficeCalendar['week'] {
  if (Object.keys(week).length > 0) return week;
  return Object.fromEntries(DAYS.map((_, at) => [at + 1, [{ from: 600, to: 1080 }]]));
}
