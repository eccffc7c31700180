import { In, type EntityManager } from 'typeorm';
import type { TemplateId } from '#libs/domain/case/names';
import { AppUserEntity, type NotificationEntity } from '#libs/persistence/entities/index';

/** What officers get by e-mail as well, where an address is known. */
const BY_MAIL: readonly TemplateId[] = ['work_escalated', 'decision_overdue', 'directive_overdue', 'daily_digest'];
const DAY_MINUTES = 24 * 60;
/** The day's digest waits for the morning, so that one mail holds all of it. */
const MORNING_MINUTE = 8 * 60;

/** The e-mails that say the same as what stands on somebody's desk. */
export async function mailsFor(
  em: EntityManager,
  rows: readonly NotificationEntity[],
  zone: string,
  now: number,
): Promise<NotificationEntity[]> {
  const wanted = rows.filter(({ channel, template }) => channel === 'desk' && BY_MAIL.includes(template));
  if (wanted.length === 0) return [];
  const usernames = [...new Set(wanted.map(({ toAddress }) => usernameIn(toAddress)))];
  const users = await em.find(AppUserEntity, {
    where: { username: In(usernames), disabled: false },
    select: { username: true, email: true },
  });
  const emails = new Map(users.flatMap(({ username, email }) => (email ? [[username, email] as const] : [])));
  return wanted.flatMap((row) => {
    const toAddress = emails.get(usernameIn(row.toAddress));
    if (toAddress === undefined) return [];
    const notBefore = row.template === 'daily_digest' ? nextMorning(now, zone) : 0;
    const unsent = { status: 'queued' as const, notBefore, sentAt: null, deliveredAt: null };
    return [{ ...row, ...unsent, id: `${row.id}.email`, channel: 'email', toAddress }];
  });
}

function usernameIn(address: string): string {
  return address.replace(/^user:/, '');
}

function nextMorning(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const part = (type: 'hour' | 'minute') =>
    Number(parts.formatToParts(now).find((each) => each.type === type)?.value ?? 0);
  const minutes = (MORNING_MINUTE - part('hour') * 60 - part('minute') + DAY_MINUTES) % DAY_MINUTES;
  return now - (now % 60_000) + (minutes === 0 ? DAY_MINUTES : minutes) * 60_000;
}
