import type { CaseView, TimelineItem } from '#libs/contracts/api/views.js';
import { formatRelative } from '#libs/ui/format.js';
import type { Visit } from './context.js';
import { nameOf } from './names.js';
import type { PortalCity } from '#libs/contracts/api/portal.js';

/** A case put into sentences. */
export interface Told {
  headline: string;
  /** Sentences under it. */
  more: string[];
  due: string | null;
  /** How far away that is. */
  away: string | null;
  overdue: boolean;
  next: string;
  question: string | null;
  /** What the office said with its last answer. */
  said: string | null;
}

export interface CasePage {
  view: CaseView;
  timeline: readonly TimelineItem[];
  city: PortalCity | undefined;
}

const DAY_MS = 86_400_000;

export function ownsCase(view: CaseView): boolean {
  return view.citizen !== null;
}

/** Who has it, by when, and what comes then: never a state's name. */
export function tell(visit: Visit, { view, timeline, city }: CasePage, now = Date.now()): Told {
  const { words } = visit;
  const told: Told = {
    headline: words.case.justCame,
    more: [],
    due: null,
    away: null,
    overdue: false,
    next: words.case.nextWorking,
    question: null,
    said: null,
  };
  switch (view.state) {
    case 'registered':
      return { ...told, ...dueOf(visit, view, city, now) };
    case 'awaiting_assignment':
      return tellChoosing(visit, view, city, told, now);
    case 'assigned':
    case 'reassignment_requested':
    case 'reopened':
      return tellWorking(visit, view, city, told, now);
    case 'awaiting_citizen':
      return tellAsked(visit, { view, timeline, city }, told);
    case 'resolved':
    case 'rejected':
      return tellAnswered(visit, { view, timeline, city }, told);
    case 'closed':
      return {
        ...told,
        headline: words.case.closed[view.outcome ?? 'none'],
        next: words.case.nextClosed,
        said: lastText(timeline, ['resolved', 'rejected']),
      };
  }
}

function tellChoosing(visit: Visit, view: CaseView, city: PortalCity | undefined, told: Told, now: number): Told {
  const { words, speech, locale } = visit;
  return {
    ...told,
    headline: words.case.choosing(speech.department(view.tenant, view.department, locale)),
    ...dueOf(visit, view, city, now),
    next: words.case.nextChoosing,
  };
}

function tellWorking(visit: Visit, view: CaseView, city: PortalCity | undefined, told: Told, now: number): Told {
  const { words } = visit;
  const owner = officeOf(visit, view, view.owner?.position);
  const accountable = officeOf(visit, view, view.accountable?.position);
  const due = dueOf(visit, view, city, now);
  const escalated = view.escalationLevel > 0 && view.accountable !== null;
  const withSenior = escalated && (view.owner === null || view.owner.position === view.accountable?.position);
  const said = ownsCase(view) ? words.case.withOffice : words.case.theirs;
  return {
    ...told,
    headline: withSenior ? words.case.senior(accountable) : said(owner),
    more: escalated && !withSenior ? [words.case.answersFor(accountable)] : [],
    ...due,
    next: due.overdue || (escalated && !withSenior) ? words.case.nextOverdue : words.case.nextWorking,
  };
}

function tellAsked(visit: Visit, { view, timeline, city }: CasePage, told: Told): Told {
  const { words, speech, locale } = visit;
  const asked = timeline.findLast(({ event }) => event === 'citizen_asked');
  const until = asked?.data['until'];
  const day = typeof until === 'string' ? speech.day(Date.parse(until), locale, zoneOf(visit, city)) : null;
  const office = officeOf(visit, view, view.owner?.position ?? view.accountable?.position);
  return {
    ...told,
    headline: (ownsCase(view) ? words.case.withOffice : words.case.theirs)(office),
    more: [words.case.paused],
    next: words.case.nextAsked(day),
    question: asked?.text ?? null,
  };
}

function tellAnswered(visit: Visit, { view, timeline, city }: CasePage, told: Told): Told {
  const { words, speech, locale } = visit;
  const answer = timeline.findLast(({ event }) => event === view.state);
  const since = Date.parse(answer?.at ?? view.resolvedAt ?? view.registeredAt);
  const days = city?.ratingDays ?? null;
  const until = days === null ? null : speech.day(since + days * DAY_MS, locale, zoneOf(visit, city));
  const mayRate = view.allowed.includes('rate');
  const rejected = view.state === 'rejected';
  const reason = answer?.data['reasonCode'];
  const names = typeof reason === 'string' ? city?.rejectReasons[reason] : undefined;
  const next = rejected ? words.case.nextRejected(until) : words.case.nextResolved(until);
  return {
    ...told,
    headline: rejected ? words.case.rejected : words.case.resolved,
    more: [
      ...(names ? [words.case.rejectedBecause(nameOf(names, locale))] : []),
      ...(answer?.data['closingOrder'] === true ? [words.case.nextLast] : []),
    ],
    next: mayRate ? next : words.case.nextRated,
    said: answer?.text ?? null,
  };
}

function dueOf(
  visit: Visit,
  view: CaseView,
  city: PortalCity | undefined,
  now: number,
): Pick<Told, 'due' | 'away' | 'overdue'> {
  const { words, speech, locale } = visit;
  if (view.dueAt === null) return { due: null, away: null, overdue: false };
  const at = Date.parse(view.dueAt);
  const zone = zoneOf(visit, city);
  const away = formatRelative(view.dueAt, locale, now);
  return at <= now
    ? { due: words.case.overdue(speech.moment(at, locale, zone)), away, overdue: true }
    : { due: words.case.due(speech.deadline(at, locale, zone)), away, overdue: false };
}

export function zoneOf(visit: Visit, city: PortalCity | undefined): string {
  return (city ?? visit.city).zone;
}

export function officeOf(visit: Visit, view: CaseView, position: string | undefined): string {
  const { speech, locale } = visit;
  const office = position === undefined ? null : speech.office(view.tenant, position, view.borough, locale);
  return office ?? speech.department(view.tenant, view.department, locale);
}

function lastText(timeline: readonly TimelineItem[], events: readonly string[]): string | null {
  return timeline.findLast(({ event }) => events.includes(event))?.text ?? null;
}

/** Headline of one entry of the thread. */
export function tellEvent(visit: Visit, view: CaseView, item: TimelineItem): string {
  const { words, speech, locale } = visit;
  const { event } = words;
  const to = (item.data['to'] ?? {}) as { owner?: unknown; accountable?: unknown; department?: unknown };
  const office = (position: unknown) => (typeof position === 'string' ? officeOf(visit, view, position) : null);
  switch (item.event) {
    case 'registered':
      return ownsCase(view) ? event.registered : event.registeredOther;
    case 'assigned':
    case 'reassigned': {
      const owner = office(to.owner);
      return owner === null ? event.assignedNobody : event.assigned(owner);
    }
    case 'transferred':
      return typeof to.department === 'string'
        ? event.transferredTo(speech.department(view.tenant, to.department, locale))
        : event.transferred;
    case 'escalated': {
      const accountable = office(to.accountable);
      return accountable === null ? event.escalatedNobody : event.escalated(accountable);
    }
    case 'resolved':
      return item.data['closingOrder'] === true ? event.closingOrder : event.resolved;
    case 'rated':
      return event.rated(typeof item.data['rating'] === 'number' ? words.count(item.data['rating']) : '–');
    default:
      return plainEvent(words.event, item.event);
  }
}

function plainEvent(words: Visit['words']['event'], name: TimelineItem['event']): string {
  switch (name) {
    case 'unassigned':
    case 'rejected':
    case 'reopened':
    case 'closed':
    case 'citizen_asked':
    case 'citizen_answered':
    case 'citizen_silent':
    case 'recalled':
    case 'answer_undone':
    case 'withdrawn':
    case 'marked_duplicate':
    case 'commented':
    case 'attached':
    case 'rating_reminded':
    case 'directed':
    case 'recomputed':
      return words[name];
    default:
      return words.other;
  }
}

/** Who did it: a person by what they are to the case, an office by its name for the public. */
export function tellActor(visit: Visit, view: CaseView, item: TimelineItem): string | null {
  const { words } = visit;
  if (item.actor.onBehalf) return words.case.forYou;
  switch (item.actor.role) {
    case 'system':
      return null;
    case 'citizen':
      return ownsCase(view) && item.data['by'] !== 'follower' ? words.case.byYou : words.case.byCitizen;
    default:
      return words.case.office;
  }
}

/** What became of the message that went to the reader because of this. */
export function tellMessage(visit: Visit, item: TimelineItem): string | null {
  const { words } = visit;
  const message = item.notifications.findLast(({ channel }) => channel === 'sms' || channel === 'console');
  switch (message?.status) {
    case undefined:
      return null;
    case 'sent':
      return words.case.smsSent;
    case 'delivered':
    case 'read':
      return words.case.smsDelivered;
    case 'failed':
      return words.case.smsFailed;
    case 'queued':
      return words.case.smsQueued;
  }
}
