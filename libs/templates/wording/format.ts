import { DateTime } from 'luxon';
import type { Locale } from '#libs/domain/case/names';
import type { VariableKind, VariableValues } from '../template.js';
import { bn } from './bn.js';
import { en } from './en.js';
import { hi } from './hi.js';
import type { LocalMoment, Wording } from './wording.js';

const WORDINGS: Readonly<Record<Locale, Wording>> = { bn, hi, en };

/** When and where a text is read: dates are spoken in the tenant's zone, relative to now. */
export interface Reading {
  /** IANA zone. */
  zone: string;
  /** Epoch ms. */
  now: number;
}

function localMoment(at: number, { zone, now }: Reading): LocalMoment {
  const moment = DateTime.fromMillis(at, { zone });
  const today = DateTime.fromMillis(now, { zone });
  return {
    year: moment.year,
    month: moment.month,
    day: moment.day,
    weekday: moment.weekday,
    hour: moment.hour,
    minute: moment.minute,
    daysAway: dayNumber(moment) - dayNumber(today),
    otherYear: moment.year !== today.year,
  };
}

/** Dates count by the calendar: a day of clock change is a day, however many hours it has. */
function dayNumber({ year, month, day }: DateTime): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** `KMC-26-0001234-5` → `KMC-26-000 1234-5`: without its blank it is the number again. */
function groupedNumber(number: string): string {
  return number.replace(/\b(\d{3})(\d{4})\b/, '$1 $2');
}

type Formatters = {
  [K in VariableKind]: (value: VariableValues[K], wording: Wording, locale: Locale, reading: Reading) => string;
};

const FORMATTERS: Formatters = {
  caseNumber: groupedNumber,
  text: (value) => value,
  quote: (value, wording) => value ?? wording.noWords,
  names: (value, _wording, locale) => value[locale] || value.en,
  ward: (value, wording) => wording.ward(value),
  office: (value, wording) => wording.office(value),
  moment: (value, wording, _locale, reading) => wording.moment(localMoment(value, reading)),
  day: (value, wording, _locale, reading) => wording.day(localMoment(value, reading)),
  deadline: (value, wording, _locale, reading) =>
    value === null ? wording.asSoonAsPossible : wording.deadline(localMoment(value, reading)),
  count: (value, wording) => wording.count(value),
  link: (value) => value,
  code: (value) => value,
};

/** One variable's value as it is spoken in a language. */
export function speak<K extends VariableKind>(
  kind: K,
  value: VariableValues[K],
  locale: Locale,
  reading: Reading,
): string {
  return FORMATTERS[kind](value, WORDINGS[locale], locale, reading);
}
