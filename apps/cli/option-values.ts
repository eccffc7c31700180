import { InvalidArgumentError } from 'commander';

/** The value of an option that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('a number above 0 is expected');
  return value;
}

/** The value of an option that counts something. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0)) throw new InvalidArgumentError('expected a whole number above 0');
  return value;
}
