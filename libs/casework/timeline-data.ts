import { iso } from './case-view.js';

/** Fields of an event's data that are moments, wherever in it they stand. */
const TIMES: ReadonlySet<string> = new Set(['dueAt', 'until', 'directiveDueAt']);

/**
 * An event's data as the outside sees it: moments as ISO 8601, and of the persons who follow only how many, because
 * their ids would let anybody recognise them from one case to the next.
 */
export function timelineData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (name === 'persons' && Array.isArray(value)) return ['count', value.length];
      if (TIMES.has(name) && typeof value === 'number') return [name, iso(value)];
      if ((name === 'from' || name === 'to') && value !== null && typeof value === 'object') {
        return [name, timelineData(value as Record<string, unknown>)];
      }
      return [name, value];
    }),
  );
}
