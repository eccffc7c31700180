import { DESIGNATIONS } from './designations.js';
import type { LocalMoment, Wording } from './wording.js';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const NEAR: Readonly<Record<string, string>> = { '-1': 'yesterday, ', '0': 'today, ', '1': 'tomorrow, ' };
const ROMAN: readonly [number, string][] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function clock({ hour, minute }: LocalMoment): string {
  if (minute === 0 && hour === 12) return '12 noon';
  if (minute === 0 && hour === 0) return '12 midnight';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`;
}

function date(moment: LocalMoment): string {
  const year = moment.otherYear ? ` ${moment.year}` : '';
  return `${WEEKDAYS[moment.weekday - 1]} ${moment.day} ${MONTHS[moment.month - 1]}${year}`;
}

/** Boroughs are written in Roman figures on Kolkata's English letters. */
function roman(code: string): string {
  let rest = Number(code);
  if (!Number.isInteger(rest) || rest < 1 || rest > 39) return code;
  let figures = '';
  for (const [value, figure] of ROMAN) {
    for (; rest >= value; rest -= value) figures += figure;
  }
  return figures;
}

export const en: Wording = {
  moment: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}, ${clock(moment)}`,
  day: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}`,
  deadline: (moment) => `by ${en.moment(moment)}`,
  asSoonAsPossible: 'as soon as possible',
  noWords: 'no words given',
  ward: (code) => `ward ${code}`,
  office: ({ designation, department, borough }) =>
    [DESIGNATIONS[designation]?.en ?? designation, department?.en, borough ? `Borough ${roman(borough)}` : undefined]
      .filter(Boolean)
      .join(', '),
  count: String,
};
