import { nextAllowed } from '#libs/domain/calendar/index';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import type { RatingInvite } from '#libs/casework/rating-link';
import type { TemplateId } from '#libs/domain/case/names';
import type { Notice } from '#libs/domain/case/types';
import type { MastersSnapshot } from '#libs/masters/snapshot';
import type { NotificationEntity } from '#libs/persistence/entities/index';
import { renderMessage, TemplateError, type MessageValues, type RenderOptions } from '#libs/templates/registry';
import { contentOf, type CaseWords } from './message-values.js';
import { isForFiler, recipientsOf, type Recipient, type RecipientSources } from './recipients.js';

export interface PlannedMessages {
  rows: NotificationEntity[];
  /** Events whose news cannot reach the filer, who left no contact. */
  unreachable: ReadonlySet<number>;
}

/** Where citizens answer and rate, as it stands in the messages. */
export interface Pages {
  site: string;
  /** The page on which the reader of a message rates without logging in. */
  rating(invite: RatingInvite): string;
}

/** Messages that ask how the work is. */
const ASK_FOR_RATING: readonly TemplateId[] = ['resolved', 'rejected', 'rating_reminder'];

/** The messages of one step, in words. The same step makes the same ids, so that recording it again adds nothing. */
export function messagesOf(step: StepRecord, sources: RecipientSources, pages: Pages): PlannedMessages {
  const words = wordsOf(sources.masters);
  const rows = new Map<string, NotificationEntity>();
  const unreachable = new Set<number>();
  for (const notice of step.notices) {
    const recipients = recipientsOf(notice, step.state, sources);
    if (isForFiler(notice) && !reachesFiler(recipients, step)) unreachable.add(notice.seq);
    const notBefore = notice.quietHours ? laterThan(sources.now, sources.masters) : 0;
    const { variant, values } = contentOf(notice, step, words, pages.site);
    const options = { ...reading(sources.masters, notBefore || sources.now), ...(variant && { variant }) };
    for (const recipient of recipients) {
      const own = { ...values, ...ratingPage(notice, recipient, step, pages) };
      const wording = worded(() => renderMessage(notice.template, recipient.locale, own, options).text);
      for (const row of rowsFor(recipient, notice, step, notBefore, sources.now))
        rows.set(row.id, { ...row, ...wording });
    }
  }
  return { rows: [...rows.values()], unreachable };
}

/** Everybody rates for themselves: the link is the reader's own. */
function ratingPage(
  { template }: Notice,
  { ways }: Recipient,
  { state }: StepRecord,
  pages: Pages,
): Pick<MessageValues, 'site'> {
  const person = ways[0]?.contact;
  if (!ASK_FOR_RATING.includes(template) || !state.answer || person === undefined) return {};
  const { seq, windowEndsAt } = state.answer;
  return { site: pages.rating({ number: state.number, person, answer: seq, until: windowEndsAt }) };
}

/** A mistake in a template costs its message, not the record of the step. */
function worded(
  render: () => string,
): Pick<NotificationEntity, 'text'> | Pick<NotificationEntity, 'text' | 'status' | 'error'> {
  try {
    return { text: render() };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { text: '', status: 'failed', error: error.message };
  }
}

function reachesFiler(recipients: readonly Recipient[], { state }: StepRecord): boolean {
  return recipients.some(({ ways }) => ways.some(({ contact }) => `citizen:${contact}` === state.filer));
}

/** 0 when it may go at once. */
function laterThan(now: number, masters: MastersSnapshot): number {
  const allowed = nextAllowed(masters.calendar, now);
  return allowed > now ? allowed : 0;
}

function rowsFor(
  recipient: Recipient,
  notice: Notice,
  { state }: StepRecord,
  notBefore: number,
  now: number,
): NotificationEntity[] {
  return recipient.ways.map(({ channel, address, contact }) => {
    const onDesk = channel === 'desk';
    const way = channel === 'sms' || onDesk ? '' : `.${channel}`;
    return {
      id: `${state.number}/${notice.seq}/${notice.template}/${contact.slice(0, 8)}${way}`,
      number: state.number,
      tenant: state.tenant,
      seq: notice.seq,
      template: notice.template,
      locale: recipient.locale,
      channel,
      toAddress: address,
      contact,
      text: '',
      status: onDesk ? 'delivered' : 'queued',
      error: null,
      notBefore: onDesk ? 0 : notBefore,
      attempts: 0,
      providerId: null,
      createdAt: now,
      sentAt: onDesk ? now : null,
      deliveredAt: onDesk ? now : null,
      readAt: null,
    };
  });
}

/** How the tenant's messages are worded and under which registrations they go. */
export function reading(masters: MastersSnapshot, now: number): RenderOptions {
  const { zone, settings } = masters.tenant;
  const limit = settings['smsVariableLimit'];
  return { zone, now, ...(typeof limit === 'number' && limit >= 10 ? { variableLimit: limit } : {}) };
}

export function wordsOf(masters: MastersSnapshot): CaseWords {
  return {
    subCategory: (code) => masters.subCategories.get(code)?.names ?? { en: 'your complaint' },
    department: (code) => masters.departments.get(code)?.names ?? masters.tenant.names,
    rejectReason: (code) => masters.rejectReasons.get(code) ?? null,
    office: (position) => {
      const post = masters.posts.get(position);
      return post
        ? { designation: post.designation, department: post.department, everywhere: post.wards.includes('*') }
        : null;
    },
  };
}
