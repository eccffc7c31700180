import { print, table } from '../output.js';

/** One figure beside what it is compared with, and what it has to keep to. */
export interface Result {
  measure: string;
  measured: number;
  baseline: number;
  /** Of both. */
  unit: string;
  /** measured / baseline, or measured - baseline where the reach is an amount. */
  value: number;
  /** Neither: told for information. */
  atMost?: number;
  atLeast?: number;
  /** A difference below this, in the unit, counts as none. */
  slack?: number;
}

/** measured / baseline against its reach. */
export function ratio(
  measure: string,
  unit: string,
  measured: number,
  baseline: number,
  reach: Pick<Result, 'atMost' | 'atLeast' | 'slack'> = {},
): Result {
  return { measure, unit, measured, baseline, value: measured / baseline, ...reach };
}

function isReached({ value, measured, baseline, atMost = Infinity, atLeast = -Infinity, slack = 0 }: Result): boolean {
  return (value <= atMost && value >= atLeast) || Math.abs(measured - baseline) < slack;
}

function reachOf({ atMost, atLeast, slack, unit }: Result): string {
  if (atMost === undefined && atLeast === undefined) return '';
  const reach = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  return slack === undefined ? reach : `${reach} or +${slack} ${unit.split(',')[0]}`;
}

const digits = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

/** The results as a table for people and as one line of JSON; a figure not reached makes the command fail. */
export function reportResults(bench: string, results: readonly Result[]): void {
  print('');
  print(
    table([
      ['', 'measured', 'baseline', 'unit', 'result', 'reach', ''],
      ...results.map((result) => [
        result.measure,
        digits(result.measured),
        digits(result.baseline),
        result.unit,
        result.value.toFixed(2),
        reachOf(result),
        reachOf(result) === '' ? '' : isReached(result) ? 'reached' : 'NOT REACHED',
      ]),
    ]),
  );
  print('');
  print(JSON.stringify({ bench, results: results.map((result) => ({ ...result, reached: isReached(result) })) }));
  if (!results.every(isReached)) process.exitCode = 1;
}
