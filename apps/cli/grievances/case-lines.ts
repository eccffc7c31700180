import type { CaseView, PostView } from '#libs/contracts/api/views';
import { clock, table } from '../output.js';

/** A case as a page of text, its times by the clocks of its city (IANA zone). */
export function caseLines(view: CaseView, zone: string): string {
  const time = (iso: string | null): string | null => (iso === null ? null : clock(Date.parse(iso), zone));
  const rows: [string, string | null][] = [
    [view.number, `${view.state}${view.outcome ? ` (${view.outcome})` : ''}`],
    ['Complaint', `${view.subCategory}, ${view.department}`],
    ['Place', [`ward ${view.ward}`, `borough ${view.borough}`, view.location?.landmark].filter(Boolean).join(', ')],
    ['Owner', post(view.owner)],
    ['Accountable', `${post(view.accountable) ?? '-'} (level ${view.escalationLevel})`],
    ['Registered', `${time(view.registeredAt)} by ${view.source} (times of ${zone})`],
    ['Due', time(view.dueAt)],
    ['Resolved', time(view.resolvedAt)],
    ['Closed', time(view.closedAt)],
    ['Reopened', view.reopens > 0 ? (view.reopens === 1 ? 'once' : `${view.reopens} times`) : null],
    ['Rating', view.rating === null ? null : `${view.rating}${view.remarks ? `: ${view.remarks}` : ''}`],
    ['Citizen', [view.citizen?.name, view.citizen?.mobile].filter(Boolean).join(', ') || null],
    ['Description', view.description],
  ];
  return table(rows.filter((row): row is [string, string] => row[1] !== null));
}

function post(view: PostView | null): string | null {
  return view && `${view.designation} (${[view.position, view.name].filter(Boolean).join(', ')})`;
}
