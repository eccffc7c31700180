import type { Locale, Source } from '#libs/domain/case/names';
import type { Lodging } from '../api/endpoints.js';
import type { Point } from '../case/distance.js';

export interface IntakeValues {
  mobile: string;
  name: string;
  subCategory: string;
  ward: string;
  landmark: string;
  description: string;
  locale: Locale;
  source: Source;
  /** Shown on the map. */
  place: Point | null;
}

const STORED = 'pratikar.intake';

export function emptyIntake(source: Source): IntakeValues {
  return {
    mobile: '',
    name: '',
    subCategory: '',
    ward: '',
    landmark: '',
    description: '',
    locale: 'bn',
    source,
    place: null,
  };
}

/** A call that was cut off, a browser that crashed: the form is as it was. */
export function readIntake(source: Source): IntakeValues {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
    return value && typeof value === 'object'
      ? { ...emptyIntake(source), ...(value as Partial<IntakeValues>) }
      : emptyIntake(source);
  } catch {
    return emptyIntake(source);
  }
}

export function writeIntake(values: IntakeValues | null): void {
  if (values) sessionStorage.setItem(STORED, JSON.stringify(values));
  else sessionStorage.removeItem(STORED);
}

export function missingIntake(values: IntakeValues): (keyof IntakeValues)[] {
  return (['subCategory', 'ward', 'description'] as const).filter((name) => !values[name].trim());
}

/** Ten digits, however they were typed; empty while the number is incomplete. */
export function completeMobile(text: string): string {
  const digits = text.replace(/\D/g, '').replace(/^(91|0)(?=\d{10}$)/, '');
  return /^[6-9]\d{9}$/.test(digits) ? digits : '';
}

export function toLodging(values: IntakeValues): Lodging {
  const citizen = {
    ...(values.mobile.trim() ? { mobile: values.mobile.trim() } : {}),
    ...(values.name.trim() ? { name: values.name.trim() } : {}),
  };
  return {
    subCategory: values.subCategory,
    ward: values.ward.trim(),
    ...(values.place ?? {}),
    ...(values.landmark.trim() ? { landmark: values.landmark.trim() } : {}),
    description: values.description.trim(),
    locale: values.locale,
    source: values.source,
    ...(Object.keys(citizen).length > 0 ? { citizen } : {}),
  };
}
