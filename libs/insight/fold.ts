import type { Outcome, Source } from '#libs/domain/case/names';
import type { CaseFactEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { Months } from './months.js';

type LoggedEvent = Pick<GrievanceEventEntity, 'seq' | 'at' | 'event' | 'actorPost' | 'text' | 'data'>;

/** What the log does not say of a case: names of groups that its codes belonged to when it was recorded. */
export interface CaseGroups {
  number: string;
  tenant: string;
  category: string;
  borough: string;
}

interface Story {
  registeredAt: number;
  seq: number;
  state: string;
  outcome: Outcome | null;
  owner: string | null;
  department: string;
  subCategory: string;
  ward: string;
  source: string;
  level: number;
  reopens: number;
  resolvedAt: number | null;
  closedAt: number | null;
  rating: number | null;
  ratedAt: number | null;
  remarked: boolean;
  firstAnswer: { seq: number; post: string } | null;
}

/** Outcomes of cases whose last answer stands; withdrawn and duplicate cases were not answered. */
const ANSWERED_OUTCOMES: readonly (Outcome | null)[] = ['satisfied', 'unrated', 'rejected', 'dissatisfied'];

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const whole = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

function begin({ at, data }: LoggedEvent): Story {
  return {
    registeredAt: at,
    seq: 0,
    state: 'registered',
    outcome: null,
    owner: null,
    department: text(data['department'], ''),
    subCategory: text(data['subCategory'], ''),
    ward: text(data['ward'], ''),
    source: text(data['source'], 'portal'),
    level: whole(data['level'], 0),
    reopens: 0,
    resolvedAt: null,
    closedAt: null,
    rating: null,
    ratedAt: null,
    remarked: false,
    firstAnswer: null,
  };
}

function tell(story: Story, event: LoggedEvent): void {
  const { data, at, seq } = event;
  // The answer is its owner's work, whoever of those who may gave it.
  const hadTheWork = story.owner ?? event.actorPost ?? '';
  const to = (data['to'] ?? {}) as Readonly<Record<string, unknown>>;
  story.seq = seq;
  story.state = text(data['state'], story.state);
  if ('owner' in to) story.owner = typeof to['owner'] === 'string' ? to['owner'] : null;
  story.department = text(to['department'], story.department);
  story.subCategory = text(to['subCategory'], story.subCategory);
  story.ward = text(to['ward'], story.ward);
  story.level = whole(to['level'], story.level);
  switch (event.event) {
    case 'resolved':
    case 'rejected':
      story.resolvedAt = event.event === 'resolved' ? at : null;
      story.firstAnswer ??= { seq, post: hadTheWork };
      break;
    case 'answer_undone':
      story.resolvedAt = null;
      if (story.firstAnswer?.seq === data['answer']) story.firstAnswer = null;
      break;
    case 'reopened':
      story.reopens += 1;
      story.resolvedAt = null;
      break;
    case 'rated':
      story.rating = whole(data['rating'], 0);
      story.ratedAt = at;
      story.remarked = event.text !== null && event.text !== '';
      break;
    case 'closed':
      story.outcome = text(data['outcome'], '') as Outcome;
      story.closedAt = at;
      break;
    default:
  }
}

/** Derives a case's part in every figure from its events alone; null for a log without its beginning. */
export function foldCase(groups: CaseGroups, events: readonly LoggedEvent[], months: Months): CaseFactEntity | null {
  const [first] = events;
  if (first?.event !== 'registered') return null;
  const story = begin(first);
  for (const event of events) tell(story, event);
  const { registeredAt, resolvedAt, state, outcome, source, owner, firstAnswer, ...rest } = story;
  const answered = state === 'resolved' || state === 'rejected' || ANSWERED_OUTCOMES.includes(outcome);
  return {
    ...groups,
    ...rest,
    month: months.of(registeredAt),
    source: source as Source,
    post: firstAnswer?.post ?? owner ?? '',
    open: state !== 'closed',
    outcome,
    answered,
    resolveMs: resolvedAt === null ? null : resolvedAt - registeredAt,
  };
}
