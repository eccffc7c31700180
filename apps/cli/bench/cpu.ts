import { readFileSync } from 'node:fs';
import { mapValues } from './map-values.js';

/** Kernel ticks per second in which Linux tells processor time to programs; the same on every architecture. */
const TICKS = 100;

/** Processor seconds, in user and kernel mode, that each named process has used so far. */
export type CpuSeconds<Name extends string> = Record<Name, number>;

/** @throws Error where the system has no `/proc` (any but Linux), or the process has ended. */
export function cpuSeconds<Name extends string>(pids: Readonly<Record<Name, number>>): CpuSeconds<Name> {
  return mapValues(pids, (pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name and may itself contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  });
}

export function cpuBetween<Name extends string>(before: CpuSeconds<Name>, after: CpuSeconds<Name>): CpuSeconds<Name> {
  return mapValues(after, (seconds, name) => seconds - before[name]);
}

export function cpuSum<Name extends string>(parts: readonly CpuSeconds<Name>[]): CpuSeconds<Name> {
  const [first, ...rest] = parts;
  if (!first) throw new RangeError('Nothing was measured');
  return rest.reduce((total, part) => mapValues(total, (seconds, name) => seconds + part[name]), first);
}
