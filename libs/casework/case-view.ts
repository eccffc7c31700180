import { allowedActions } from '../domain/case/allowed.js';
import type { OfficeCalendar } from '../domain/calendar/types.js';
import type { CommandName, Locale } from '../domain/case/names.js';
import type { Actor, AttachmentRef, CaseState } from '../domain/case/types.js';
import type { AttachmentView, CaseView, PostView } from '../contracts/api/views.js';
import { maskContact, maskName } from './masking.js';
import { hiddenFromCommand, seesOfficers, sightOfCitizen, type Relation } from './policy.js';
import type { Principal } from './principal.js';

/** One case as any source tells it: the row of the record, or the memo of a workflow that has no row yet. */
export interface CaseRecord {
  state: CaseState;
  description: string;
  locale: Locale;
  citizen: { id: string | null; name: string | null; mobile: string | null } | null;
  /** Absent where they were not read along with the case. */
  attachments?: readonly StoredAttachment[];
}

export type StoredAttachment = AttachmentRef & { kind: 'complaint' | 'evidence' };

/** Who looks, and what they are to the case. */
export interface Viewer {
  principal: Principal;
  actor: Actor;
  relation: Relation;
}

/** What a view needs from the masters of the case's tenant. */
export interface ViewMasters {
  calendar: OfficeCalendar;
  /** Designation of a post and the name of who acts for it now. */
  describe(position: string): { designation: string; name?: string };
}

export function caseView(
  record: CaseRecord,
  viewer: Viewer,
  masters: ViewMasters,
  attachments: readonly StoredAttachment[],
  now: number,
): CaseView {
  const { state } = record;
  const { relation, actor } = viewer;
  const officers = seesOfficers(relation);
  return {
    number: state.number,
    tenant: state.tenant,
    type: state.type,
    state: state.state,
    outcome: state.outcome,
    subCategory: state.subCategory,
    department: state.department,
    ward: state.ward,
    borough: state.borough,
    source: state.source,
    locale: record.locale,
    description: record.description,
    location: state.location,
    owner: state.owner ? postView(state.owner, masters, officers) : null,
    accountable: state.accountable ? postView(state.accountable, masters, officers) : null,
    escalationLevel: state.level,
    registeredAt: iso(state.registeredAt),
    dueAt: isoOrNull(state.dueAt),
    resolvedAt: isoOrNull(state.resolvedAt),
    closedAt: isoOrNull(state.closedAt),
    reopens: state.reopens,
    rating: state.rating,
    remarks: state.remarks,
    citizen: citizenView(record, viewer),
    followers: state.followers.length,
    attachments: attachments.map((attachment) => attachmentView(state.number, attachment)),
    directive: state.directive && officers ? { text: state.directive.text, dueAt: iso(state.directive.dueAt) } : null,
    duplicateOf: state.duplicateOf,
    allowed: allowedFor(state, viewer, actor, masters.calendar, now),
    version: state.version,
  };
}

/** The button that is shown is the command that will be accepted: the rules decide, the policy may hide. */
export function allowedFor(
  state: CaseState,
  viewer: Pick<Viewer, 'principal' | 'relation'>,
  actor: Actor,
  calendar: OfficeCalendar,
  now: number,
): CommandName[] {
  return allowedActions(state, actor, { now, calendar }).filter(
    (command) => !hiddenFromCommand(viewer.relation, viewer.principal, command, state),
  );
}

function postView(position: string, masters: ViewMasters, officers: boolean): PostView {
  const { designation, name } = masters.describe(position);
  return { position, designation, ...(officers && name ? { name } : {}) };
}

export function citizenView(record: CaseRecord, viewer: Viewer): { name: string | null; mobile: string | null } | null {
  const { citizen } = record;
  if (!citizen) return null;
  switch (sightOfCitizen(viewer.relation, viewer.actor, record.state)) {
    case 'full':
      return { name: citizen.name, mobile: citizen.mobile };
    case 'masked':
      return {
        name: citizen.name && maskName(citizen.name),
        mobile: citizen.mobile && maskContact(citizen.mobile),
      };
    case 'hidden':
      return null;
  }
}

export function attachmentView(number: string, attachment: StoredAttachment): AttachmentView {
  return {
    id: attachment.id,
    mime: attachment.mime,
    url: `/api/v1/attachments/${attachment.id}?number=${encodeURIComponent(number)}`,
    kind: attachment.kind,
    ...(attachment.lat === undefined ? {} : { lat: attachment.lat }),
    ...(attachment.lon === undefined ? {} : { lon: attachment.lon }),
  };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
