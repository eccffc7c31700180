import type { CaseQuery } from '#libs/contracts/api/insight';
import type { Dimension } from './measures.js';
import type { Months } from './months.js';

const PARAMETERS: Readonly<Record<Exclude<Dimension, 'total'>, string>> = {
  department: 'department',
  category: 'category',
  service: 'subCategory',
  ward: 'ward',
  borough: 'borough',
  source: 'source',
  officer: 'officer',
};

/** Cases registered in these months of a city, of these departments only where not all count. */
export function cohortQuery(
  tenant: string,
  months: Months,
  range: { from: string; to: string },
  departments: readonly string[] | null,
): CaseQuery {
  return {
    tenant,
    from: new Date(months.begins(range.from)).toISOString(),
    to: new Date(months.ends(range.to)).toISOString(),
    ...(departments ? { department: departments.join(',') } : {}),
  };
}

export function itemQuery(cohort: CaseQuery, dimension: Dimension, item: string): CaseQuery {
  return dimension === 'total' ? cohort : { ...cohort, [PARAMETERS[dimension]]: item };
}
