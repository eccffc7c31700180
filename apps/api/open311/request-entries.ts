import { DateTime } from 'luxon';
import type { PublicCase, PublicEvent } from '#libs/casework/public-record';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { JsonValue } from '#libs/channels/open311/document';
import { ANSWERED_STATES, type CaseStateName, type EventName, type Outcome } from '#libs/domain/case/names';
import { describe } from '#libs/masters/names';
import { describePost } from '#libs/masters/posts';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  satisfied: 'Closed: resolved to the satisfaction of the reporter.',
  dissatisfied: 'Closed: the reporter was not satisfied.',
  unrated: 'Closed: resolved, not rated by the reporter.',
  rejected: 'Closed: not accepted.',
  withdrawn: 'Closed: withdrawn by the reporter.',
  duplicate: 'Closed: reported before under another number.',
};

const HAPPENED: Readonly<Partial<Record<EventName, string>>> = {
  assigned: 'Assigned to an officer.',
  reassigned: 'Assigned to another officer.',
  transferred: 'Handed on to the department in charge.',
  reassignment_requested: 'Being reassigned.',
  resolved: 'Resolved.',
  rejected: 'Not accepted.',
  rated: 'Rated by the reporter.',
  reopened: 'Reopened.',
  closed: 'Closed.',
  directed: 'Given to an officer with an instruction.',
  citizen_asked: 'The reporter was asked a question.',
  citizen_answered: 'The reporter has answered.',
  answer_undone: 'The answer was taken back; work goes on.',
  withdrawn: 'Withdrawn by the reporter.',
  marked_duplicate: 'Reported before under another number.',
  commented: 'A comment was added.',
  attached: 'A picture was added.',
  escalated: 'Taken to a higher officer.',
};

/** In the protocol a request is closed once it has been resolved, whether or not it may still be rated. */
export function isOpen(state: CaseStateName): boolean {
  return state !== 'closed' && !(ANSWERED_STATES as readonly CaseStateName[]).includes(state);
}

export function requestEntry(found: PublicCase, masters: TenantMasters): JsonValue {
  const { snapshot } = masters;
  const when = (at: number | null): string | null => (at === null ? null : w3c(at, masters));
  return {
    service_request_id: found.number,
    status: isOpen(found.state) ? 'open' : 'closed',
    status_notes: statusNotes(found, masters),
    service_name: describe(snapshot, 'subCategory', found.subCategory, 'en'),
    service_code: found.subCategory,
    description: found.own?.description ?? null,
    agency_responsible: describe(snapshot, 'department', found.department, 'en'),
    service_notice: null,
    requested_datetime: when(found.registeredAt),
    updated_datetime: when(found.updatedAt),
    expected_datetime: when(found.dueAt),
    address: addressOf(found, masters),
    address_id: found.ward,
    zipcode: null,
    lat: found.point?.lat ?? null,
    long: found.point?.lon ?? null,
    media_url: null,
  };
}

export function updateEntry(event: PublicEvent, masters: TenantMasters): JsonValue | null {
  const said = event.text ?? HAPPENED[event.event];
  if (said === undefined) return null;
  return {
    update_id: updateId(event.number, event.seq),
    service_request_id: event.number,
    status: event.open ? 'open' : 'closed',
    updated_datetime: w3c(event.at, masters),
    description: said,
    media_url: null,
  };
}

export function updateId(number: string, seq: number): string {
  return `${number}.${seq}`;
}

/** With the city's own offset, as the standard asks. */
function w3c(at: number, masters: TenantMasters): string {
  return (
    DateTime.fromMillis(at, { zone: masters.tenant.zone }).startOf('second').toISO({ suppressMilliseconds: true }) ?? ''
  );
}

function addressOf({ ward, borough, own }: PublicCase, { snapshot }: TenantMasters): string {
  const place = [describe(snapshot, 'ward', ward, 'en'), describe(snapshot, 'borough', borough, 'en')];
  return [own?.landmark, ...place].filter((part) => part !== null && part !== undefined && part !== '').join(', ');
}

function statusNotes({ state, outcome, owner, department }: PublicCase, masters: TenantMasters): string {
  const { snapshot } = masters;
  const office = owner
    ? `${describePost(snapshot, owner, Date.now()).designation}, ${describe(snapshot, 'department', department, 'en')}`
    : describe(snapshot, 'department', department, 'en');
  switch (state) {
    case 'registered':
    case 'awaiting_assignment':
      return 'Received; an officer is being assigned.';
    case 'assigned':
      return `With the ${office}.`;
    case 'reassignment_requested':
      return 'Being reassigned.';
    case 'awaiting_citizen':
      return 'Waiting for an answer of the reporter.';
    case 'reopened':
      return `Reopened; with the ${office}.`;
    case 'resolved':
      return 'Resolved.';
    case 'rejected':
      return 'Not accepted.';
    case 'closed':
      return outcome ? OUTCOMES[outcome] : 'Closed.';
  }
}
