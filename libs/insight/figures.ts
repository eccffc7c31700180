import type { CaseQuery, Counted, Figures, RatingFigure, Share } from '#libs/contracts/api/insight';
import { quantile } from './durations.js';
import { isPoorlyRated, ratingInterval, wilson } from './interval.js';
import type { Measures } from './measures.js';

/** What is told of a set of cases, each number with the list it counts. */
export function figuresOf(sums: Measures, query: CaseQuery): Figures {
  const counted = (count: number, more: CaseQuery = {}): Counted => ({ count, query: { ...query, ...more } });
  return {
    registered: counted(sums.registered),
    open: counted(sums.open, { state: 'open' }),
    answered: counted(sums.answered, { answered: 'standing' }),
    rating: ratingOf(sums, query),
    sla: {
      ...counted(sums.slaMet, { sla: 'met' }),
      ...shareOf(sums.slaMet, sums.slaMet + sums.slaMissed),
      of: counted(sums.slaMet + sums.slaMissed, { sla: 'decided' }),
      missed: counted(sums.slaMissed, { sla: 'missed' }),
    },
    reopened: {
      ...counted(sums.reopened, { reopened: 'true' }),
      ...shareOf(sums.reopened, sums.answeredOnce),
      of: counted(sums.answeredOnce, { answered: 'once' }),
    },
    timeToResolve: {
      ...counted(sums.resolved, { resolved: 'true' }),
      median: quantile(sums.durations, 0.5),
      p90: quantile(sums.durations, 0.9),
    },
    dissatisfied: counted(sums.dissatisfied, { outcome: 'dissatisfied' }),
  };
}

export function ratingOf(sums: Measures, query: CaseQuery): RatingFigure {
  const counts = [sums.rated1, sums.rated2, sums.rated3, sums.rated4, sums.rated5];
  const answers = counts.reduce((sum, count) => sum + count, 0);
  const average = answers === 0 ? null : counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / answers;
  const interval = average === null ? null : ratingInterval(average, answers);
  return {
    count: answers,
    query: { ...query, rating: '1,2,3,4,5' },
    average,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    distribution: counts.map((count, index) => ({
      rating: index + 1,
      count,
      query: { ...query, rating: String(index + 1) },
    })),
    poor: average !== null && isPoorlyRated(average, answers),
  };
}

function shareOf(part: number, whole: number): Pick<Share, 'share' | 'low' | 'high'> {
  const interval = wilson(part, whole);
  return { share: whole === 0 ? null : part / whole, low: interval?.low ?? null, high: interval?.high ?? null };
}
