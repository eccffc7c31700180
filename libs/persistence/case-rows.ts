import type { Registration, StepRecord } from '#libs/contracts/temporal/grievance';
import { ANSWERED_STATES, type CaseStateName } from '#libs/domain/case/names';
import type { CaseState } from '#libs/domain/case/types';
import { NO_DUE, STAGE, type GrievanceEntity, type Stage } from './entities/grievance.entity.js';
import type { GrievanceEventEntity } from './entities/grievance-event.entity.js';

export function stageOf(state: CaseStateName): Stage {
  if (state === 'closed') return STAGE.closed;
  return (ANSWERED_STATES as readonly CaseStateName[]).includes(state) ? STAGE.answered : STAGE.working;
}

/** Columns that only a registration brings; later steps leave them as they are. */
export const REGISTRATION_COLUMNS = [
  'locale',
  'description',
  'citizenId',
  'citizenName',
  'citizenMobile',
  'lodgedBy',
  'registrationKey',
  'registrationBody',
] as const satisfies readonly (keyof GrievanceEntity)[];
type RegistrationColumns = Pick<GrievanceEntity, (typeof REGISTRATION_COLUMNS)[number]>;

/** The citizen's id, of which `citizen:<id>` is the person. */
export function citizenIdOf(person: string): string {
  return person.replace(/^citizen:/, '');
}

/** A case whose registration is not recorded yet has a row all the same, completed when the registration comes. */
function registrationColumns(state: CaseState, registration: Registration | undefined): RegistrationColumns {
  const citizen = registration?.citizen ?? null;
  const filer = citizen?.id ?? state.filer;
  return {
    locale: registration?.locale ?? 'en',
    description: registration?.description ?? '',
    citizenId: filer === null ? null : citizenIdOf(filer),
    citizenName: citizen?.name ?? null,
    citizenMobile: citizen?.mobile ?? null,
    lodgedBy: registration?.lodgedBy?.id ?? null,
    registrationKey: registration?.key ?? null,
    registrationBody: registration?.keyBody ?? null,
  };
}

/** The row of a case in this state. `category` is that of its sub-category, which the state does not carry. */
export function caseRow(
  state: CaseState,
  registration: Registration | undefined,
  category: string,
  now: number,
): GrievanceEntity {
  const place = state.location;
  const point = place !== null && 'lat' in place ? place : null;
  return {
    ...registrationColumns(state, registration),
    number: state.number,
    tenant: state.tenant,
    type: state.type,
    state: state.state,
    stage: stageOf(state.state),
    outcome: state.outcome,
    category,
    subCategory: state.subCategory,
    department: state.department,
    ward: state.ward,
    borough: state.borough,
    source: state.source,
    lat: point?.lat ?? null,
    lon: point?.lon ?? null,
    landmark: place?.landmark ?? null,
    owner: state.owner,
    accountable: state.accountable,
    level: state.level,
    registeredAt: state.registeredAt,
    dueAt: state.dueAt,
    dueOrder: state.dueAt ?? NO_DUE,
    resolvedAt: state.resolvedAt,
    closedAt: state.closedAt,
    // A closed case has no later version that could set it again after its history was archived.
    toArchive: state.state === 'closed' ? state.closedAt : null,
    reopens: state.reopens,
    rating: state.rating,
    remarks: state.remarks,
    hideComplainant: state.rules.hideComplainant,
    directiveDueAt: state.directive?.dueAt ?? null,
    followers: state.followers.length,
    version: state.version,
    snapshot: state,
    updatedAt: now,
  };
}

/** The events of a step; the update that caused it stands on the first one. */
export function eventRows({ state, events, update, takenAt }: StepRecord): GrievanceEventEntity[] {
  return events.map((event, index) => ({
    number: state.number,
    seq: event.seq,
    tenant: state.tenant,
    at: event.at,
    takenAt: takenAt ?? event.at,
    event: event.event,
    actorId: event.actor.id,
    actorRole: event.actor.role,
    actorName: event.actor.name ?? null,
    actorPost: event.actor.post ?? null,
    onBehalf: event.actor.onBehalf ?? false,
    text: event.text,
    public: event.public,
    data: { ...event.data },
    updateId: index === 0 ? (update?.id ?? null) : null,
    bodyHash: index === 0 ? (update?.bodyHash ?? null) : null,
  }));
}
