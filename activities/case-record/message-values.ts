import type { CaseEvent, CaseState, Notice } from '#libs/domain/case/types';
import { REJECT_REASONS, type LocalNames, type MessageValues, type OfficeName } from '#libs/templates/registry';

/** What the masters call things; each lookup has a fall-back, so that a message never fails for a withdrawn master. */
export interface CaseWords {
  subCategory(code: string): LocalNames;
  department(code: string): LocalNames;
  /** A tenant's own reason; null for those every tenant has. */
  rejectReason(code: string): LocalNames | null;
  office(position: string): { designation: string; department: string; everywhere: boolean } | null;
}

export interface MessageContent {
  /** Absent: the template's first wording. */
  variant?: string;
  values: MessageValues;
}

/** What one notice says: its wording and the values of every variable a template may have. */
export function contentOf(
  notice: Notice,
  step: { state: CaseState; events: readonly CaseEvent[] },
  words: CaseWords,
  site: string,
): MessageContent {
  const { state } = step;
  const event = step.events.find((each) => each.seq === notice.seq) ?? step.events.at(-1);
  const said = event?.text?.trim() || null;
  const variant = variantOf(notice, state, event);
  return {
    ...(variant === undefined ? {} : { variant }),
    values: {
      number: state.number,
      matter: words.subCategory(state.subCategory),
      place: state.ward,
      office: officeName(postSpokenOf(notice, state, event), state, words),
      by: officeName(event?.actor.post ?? state.request?.by ?? state.accountable, state, words),
      department: words.department(state.department),
      due: state.dueAt,
      since: state.dueAt ?? state.registeredAt,
      window: state.answer?.windowEndsAt ?? null,
      until: untilOf(notice, state),
      answeredOn: state.answer?.at ?? state.resolvedAt ?? state.registeredAt,
      directiveDay: state.directive?.dueAt ?? state.registeredAt,
      remarks: state.answer?.remarks.trim() || null,
      reason: reasonOf(notice, state, said),
      question: state.waiting?.question ?? said,
      instruction: said,
      text: notice.template === 'directive_given' ? (state.directive?.text ?? said) : said,
      cause: causeOf(state, words),
      other: state.duplicateOf ?? state.number,
      site,
    },
  };
}

function variantOf(notice: Notice, state: CaseState, event: CaseEvent | undefined): string | undefined {
  switch (notice.template) {
    case 'resolved':
    case 'rejected':
      return state.reopens >= state.rules.maxReopens ? 'closing_order' : undefined;
    case 'closed':
      return state.outcome ?? 'unrated';
    case 'registered':
    case 'transferred':
    case 'answer_undone':
      return state.owner === null ? 'unassigned' : undefined;
    case 'work_assigned':
      return state.owner === null || state.state === 'awaiting_assignment' ? 'to_assign' : undefined;
    case 'citizen_answered':
      return event?.event === 'citizen_silent' ? 'silent' : undefined;
    default:
      return undefined;
  }
}

/** The post of whom the message speaks as "the office". */
function postSpokenOf(notice: Notice, state: CaseState, event: CaseEvent | undefined): string {
  switch (notice.template) {
    case 'resolved':
      return state.answer?.by.post ?? state.owner ?? state.accountable;
    case 'citizen_asked':
      return event?.actor.post ?? state.owner ?? state.accountable;
    case 'escalated_to_citizen':
      return state.accountable;
    default:
      return state.owner ?? state.accountable;
  }
}

/** A post that serves a whole city has no borough in its name. */
function officeName(position: string, state: CaseState, words: CaseWords): OfficeName {
  const post = words.office(position) ?? words.office(state.owner ?? state.accountable);
  if (!post) return { designation: words.department(state.department).en };
  return {
    designation: post.designation,
    department: words.department(post.department),
    ...(post.everywhere || !state.borough ? {} : { borough: state.borough }),
  };
}

function untilOf(notice: Notice, state: CaseState): number | null {
  if (notice.template === 'directive_given') return state.directive?.dueAt ?? null;
  return notice.template === 'citizen_asked' ? (state.waiting?.until ?? null) : (state.request?.decideBy ?? null);
}

function reasonOf(notice: Notice, state: CaseState, said: string | null): string | null {
  if (notice.template === 'work_reopened') return said ?? state.remarks;
  return notice.template === 'decision_overdue' ? (state.request?.reason ?? said) : said;
}

function causeOf(state: CaseState, words: CaseWords): LocalNames {
  const code = state.answer?.reasonCode ?? 'not_a_grievance';
  const known = words.rejectReason(code) ?? REJECT_REASONS[code];
  return known ?? { en: 'it cannot be taken up', bn: 'এটি নেওয়া সম্ভব নয়', hi: 'इसे लेना संभव नहीं है' };
}
