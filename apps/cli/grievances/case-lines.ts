import type { CaseView, PostView } from '#libs/contracts/api/views';
import { table } from '../output.js';

/** A case as a page of text. */
export function caseLines(view: CaseView): string {
  const rows: [string, string | null][] = [
    [view.number, `${view.state}${view.outcome ? ` (${view.outcome})` : ''}`],
    ['Complaint', `${view.subCategory}, ${view.department}`],
    ['Place', [`ward ${view.ward}`, `borough ${view.borough}`, view.location?.landmark].filter(Boolean).join(', ')],
    ['Owner', post(view.owner)],
    ['Accountable', `${post(view.accountable) ?? '-'} (level ${view.escalationLevel})`],
    ['Registered', `${view.registeredAt} by ${view.source}`],
    ['Due', view.dueAt],
    ['Resolved', view.resolvedAt],
    ['Closed', view.closedAt],
    ['Reopened', view.reopens > 0 ? `${view.reopens} times` : null],
    ['Rating', view.rating === null ? null : `${view.rating}${view.remarks ? `: ${view.remarks}` : ''}`],
    ['Citizen', [view.citizen?.name, view.citizen?.mobile].filter(Boolean).join(', ') || null],
    ['Description', view.description],
  ];
  return table(rows.filter((row): row is [string, string] => row[1] !== null));
}

function post(view: PostView | null): string | null {
  return view && `${view.designation} (${[view.position, view.name].filter(Boolean).join(', ')})`;
}
