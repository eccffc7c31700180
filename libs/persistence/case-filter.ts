import type { CaseStateName, Outcome, Source } from '#libs/domain/case/names';

/** `due`: earliest deadline first, cases without a running one last. */
export type CaseSort = '-registered' | 'registered' | 'due';

/** What a search box holds, once it is clear what was meant. */
export type CaseSearch =
  | { kind: 'number'; number: string }
  /** As stored, in E.164. */
  | { kind: 'mobile'; mobile: string }
  /** As `wordsOf` makes them; all must occur. None: nothing is found. */
  | { kind: 'words'; words: readonly string[] };

/** Every member narrows; an absent or empty one does not. */
export interface CaseFilter {
  states?: readonly CaseStateName[];
  wards?: readonly string[];
  boroughs?: readonly string[];
  departments?: readonly string[];
  subCategories?: readonly string[];
  sources?: readonly Source[];
  /** Posts that must act. Without `states` only what is still to be done: closed cases keep their last owner. */
  owners?: readonly string[];
  /** Posts that answer for the case; without `states` only what is still to be done. */
  accountables?: readonly string[];
  levels?: readonly number[];
  ratings?: readonly number[];
  categories?: readonly string[];
  outcomes?: readonly Outcome[];
  /** Post that had the work at the first answer, before any answer the one that has it. */
  officers?: readonly string[];
  /** `standing`: an answer stands; `once`: one was given, even if the case was reopened since. */
  answered?: 'standing' | 'once';
  /** `met`: an answer stands that came before any escalation; `missed`: escalated or reopened; `decided`: either. */
  sla?: 'met' | 'missed' | 'decided';
  /** true: reopened at least once. */
  reopened?: boolean;
  /** true: a resolution stands. */
  resolved?: boolean;
  /** true: past the deadline of the present level; false: not. */
  overdue?: boolean;
  /** Registered at or after, epoch ms. */
  from?: number;
  /** Registered before, epoch ms. */
  to?: number;
  search?: CaseSearch;
}

/** The cases somebody may see in lists at all. */
export type CaseScope =
  /** All cases of these cities. */
  | { kind: 'tenants'; tenants: readonly string[] }
  /** In these cities what belongs to these departments, or is still to be done by or answered for by these posts. */
  | { kind: 'posts'; tenants: readonly string[]; departments: readonly string[]; posts: readonly string[] }
  /** What a citizen filed, or what they follow. */
  | { kind: 'citizen'; citizenId: string; followed?: boolean; tenant?: string };
