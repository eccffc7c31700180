import type { NotificationEntity } from '#libs/persistence/entities/index';

/**
 * Puts the digests that are due into the first of them: one mail a day, not one for each case.
 * @param rows in the order of their sending; the first digest takes the words of the others
 * @returns id of each digest that is said in another one → id of that one
 */
export function foldDigests(rows: readonly NotificationEntity[], now: number): ReadonlyMap<string, string> {
  const due = rows.filter(
    ({ channel, template, status, notBefore }) =>
      channel === 'email' && template === 'daily_digest' && status === 'queued' && notBefore <= now,
  );
  const [first, ...others] = due;
  if (!first || others.length === 0) return new Map();
  first.text = due.map(({ text }) => text).join('\n\n');
  return new Map(others.map(({ id }) => [id, first.id]));
}
