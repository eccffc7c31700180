import type { Draft } from './draft.js';

/** A form on a case's page, as it was filled in. */
export interface CaseForm {
  action: CaseAction;
  fields: Readonly<Record<string, string>>;
  /** Makes sending it twice the same as once; names the photos kept for it. */
  key: string;
  photos: readonly string[];
}

/** What the forms on a case's page are for; `add` is a comment, photos, or both. */
export const CASE_ACTIONS = ['rate', 'reopen', 'answer', 'withdraw', 'follow', 'unfollow', 'add'] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/** What somebody was about to do when their number had to be proved; done right afterwards. */
export type Intent =
  { kind: 'lodge'; draft: Draft } | { kind: 'go'; path: string } | { kind: 'case'; number: string; form: CaseForm };
