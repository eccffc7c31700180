import type { CaseStateName, CommandName } from '#libs/domain/case/names';

export type FieldKind =
  | 'long'
  | 'post'
  | 'field_post'
  | 'sub_category'
  | 'department'
  | 'ward'
  | 'reject_reason'
  | 'rating'
  | 'photos'
  | 'public'
  | 'number'
  | 'mobile'
  | 'date_time'
  | 'place';

export interface FieldSpec {
  /** Name in the route's body, so that the server's problems find their field. */
  name: string;
  kind: FieldKind;
  label:
    | 'position'
    | 'reason'
    | 'remarks'
    | 'instruction'
    | 'question'
    | 'answer'
    | 'comment'
    | 'directive'
    | 'rating'
    | 'photos'
    | 'place'
    | 'public'
    | 'of'
    | 'mobile'
    | 'due_at'
    | 'sub_category'
    | 'department'
    | 'ward'
    | 'reason_code';
  required?: boolean;
  /** Offers the canned replies of the case's category. */
  canned?: boolean;
}

const reason = (required: boolean): FieldSpec => ({ name: 'reason', kind: 'long', label: 'reason', required });

/** What each command asks for; the server has the last word on all of it. */
export const COMMAND_FIELDS: Record<CommandName, readonly FieldSpec[]> = {
  assign: [{ name: 'position', kind: 'post', label: 'position', required: true }],
  reassign: [{ name: 'position', kind: 'post', label: 'position', required: true }, reason(false)],
  transfer: [
    { name: 'subCategory', kind: 'sub_category', label: 'sub_category' },
    { name: 'department', kind: 'department', label: 'department' },
    { name: 'ward', kind: 'ward', label: 'ward' },
    reason(true),
  ],
  'request-reassignment': [reason(true)],
  'decline-reassignment': [reason(true)],
  resolve: [
    { name: 'attachments', kind: 'photos', label: 'photos' },
    { name: 'lat', kind: 'place', label: 'place' },
    { name: 'remarks', kind: 'long', label: 'remarks', required: true, canned: true },
  ],
  direct: [
    { name: 'position', kind: 'field_post', label: 'position', required: true },
    { name: 'instruction', kind: 'long', label: 'instruction', required: true },
  ],
  'ask-citizen': [{ name: 'question', kind: 'long', label: 'question', required: true, canned: true }],
  answer: [
    { name: 'text', kind: 'long', label: 'answer', required: true },
    { name: 'attachments', kind: 'photos', label: 'photos' },
  ],
  recall: [],
  rate: [
    { name: 'rating', kind: 'rating', label: 'rating', required: true },
    { name: 'remarks', kind: 'long', label: 'remarks' },
  ],
  reopen: [reason(true)],
  undo: [reason(true)],
  withdraw: [reason(false)],
  reject: [
    { name: 'reasonCode', kind: 'reject_reason', label: 'reason_code', required: true },
    { name: 'remarks', kind: 'long', label: 'remarks', required: true, canned: true },
  ],
  'mark-duplicate': [{ name: 'of', kind: 'number', label: 'of', required: true }],
  comment: [
    { name: 'text', kind: 'long', label: 'comment', required: true },
    { name: 'public', kind: 'public', label: 'public' },
  ],
  attach: [{ name: 'attachments', kind: 'photos', label: 'photos', required: true }],
  follow: [{ name: 'citizen.mobile', kind: 'mobile', label: 'mobile', required: true }],
  unfollow: [{ name: 'citizen.mobile', kind: 'mobile', label: 'mobile', required: true }],
  directive: [
    { name: 'text', kind: 'long', label: 'directive', required: true },
    { name: 'dueAt', kind: 'date_time', label: 'due_at', required: true },
  ],
};

/** The one main action of a state, first that is allowed; everything else stands beside it. */
const MAIN: Record<CaseStateName, readonly CommandName[]> = {
  registered: ['assign'],
  awaiting_assignment: ['assign', 'transfer'],
  assigned: ['resolve', 'reassign', 'direct'],
  reassignment_requested: ['reassign', 'resolve', 'direct'],
  awaiting_citizen: ['answer', 'resolve', 'recall'],
  reopened: ['direct', 'resolve', 'reassign'],
  resolved: ['rate', 'reopen', 'undo'],
  rejected: ['rate', 'reopen', 'undo'],
  closed: [],
};

/** The order in which a person reads the others. */
const ORDER: readonly CommandName[] = [
  'resolve',
  'assign',
  'reassign',
  'direct',
  'decline-reassignment',
  'ask-citizen',
  'answer',
  'recall',
  'request-reassignment',
  'transfer',
  'comment',
  'attach',
  'rate',
  'reopen',
  'reject',
  'mark-duplicate',
  'follow',
  'unfollow',
  'directive',
  'withdraw',
  'undo',
];

/** Ends a case, or cannot be taken back by the one who does it. */
export const GRAVE: ReadonlySet<CommandName> = new Set(['reject', 'mark-duplicate', 'withdraw']);

export function orderedActions(
  state: CaseStateName,
  allowed: readonly CommandName[],
): { main: CommandName | null; others: CommandName[] } {
  const main = MAIN[state].find((command) => allowed.includes(command)) ?? null;
  return { main, others: ORDER.filter((command) => command !== main && allowed.includes(command)) };
}

/** Commands that make sense on many cases at once. */
export const BULK: readonly CommandName[] = [
  'assign',
  'reassign',
  'direct',
  'transfer',
  'ask-citizen',
  'comment',
  'recall',
  'request-reassignment',
  'decline-reassignment',
  'resolve',
  'reject',
];

/** What a field officer may do without a network: sent later under the same key. */
export const OFFLINE: ReadonlySet<CommandName> = new Set([
  'resolve',
  'comment',
  'attach',
  'ask-citizen',
  'request-reassignment',
  'recall',
]);
