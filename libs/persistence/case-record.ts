import { In, IsNull, Not, type EntityManager } from 'typeorm';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { caseRow, citizenIdOf, eventRows, REGISTRATION_COLUMNS } from './case-rows.js';
import {
  AttachmentEntity,
  CaseAnswersEntity,
  CitizenEntity,
  FollowerEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  GrievanceWordEntity,
  NotificationEntity,
} from './entities/index.js';
import { insertRows } from './insert-rows.js';
import { indexWords } from './words.js';

/** One step of a case with what its record needs beside it. */
export interface CaseStep {
  record: StepRecord;
  /** Of the state's sub-category. */
  category: string;
  /** Tenant that citizens belong to. */
  rootTenant: string;
  notifications: readonly NotificationEntity[];
  /** What is known of `state.followers`; those not named get neither mobile number nor a language of their own. */
  followers?: readonly Pick<FollowerEntity, 'citizenId' | 'mobile' | 'locale'>[];
}

const NEVER_REPLACED: readonly string[] = ['number', ...REGISTRATION_COLUMNS];
const KEY_OF_EVENT: readonly string[] = ['number', 'seq'];
const columnsOf = <T extends object>(row: T, but: readonly string[]) =>
  Object.keys(row).filter((each) => !but.includes(each)) as (keyof T & string)[];

/**
 * Records steps of one case, oldest first, in the given transaction. The row changes only to a newer version, events
 * and notifications that are there stay: steps recorded twice, late or out of order change nothing.
 *
 * A worker or a cluster may die between the record of a step and the workflow's own memory of it. The workflow then takes
 * the step again, or another one in its place, at a later time: that one replaces what was recorded of the lost one.
 * A later step costs four statements, a registration five, one more with attachments.
 */
export async function writeSteps(em: EntityManager, steps: readonly CaseStep[], now = Date.now()): Promise<void> {
  const last = steps.reduce<CaseStep | undefined>(
    (newest, step) => (newest && newest.record.state.version >= step.record.state.version ? newest : step),
    undefined,
  );
  if (!last) return;
  const events = steps.flatMap((step) => eventRows(step.record));
  const [event] = events;
  await insertRows(
    em,
    GrievanceEventEntity,
    events,
    event && { newer: { than: 'takenAt', set: columnsOf(event, KEY_OF_EVENT) } },
  );
  if (await overtaken(em, events.at(-1))) return;
  const registration = steps.find((step) => step.record.registration)?.record.registration;
  const row = caseRow(last.record.state, registration, last.category, now);
  await insertRows(em, GrievanceEntity, [row], {
    newer: { than: 'version', thenBy: 'updatedAt', set: columnsOf(row, NEVER_REPLACED) },
    ...(registration ? { always: REGISTRATION_COLUMNS } : {}),
  });
  await insertRows(
    em,
    NotificationEntity,
    steps.flatMap((step) => [...step.notifications]),
  );
  if (registration) await writeRegistration(em, row, registration, last.rootTenant);
  await useAttachments(em, steps);
  if (steps.some(({ record }) => record.events.some((each) => FOLLOWING.has(each.event))))
    await writeFollowers(em, last);
}

/** Whether the step was lost and another one, taken later in its place, is recorded already. */
async function overtaken(em: EntityManager, event: GrievanceEventEntity | undefined): Promise<boolean> {
  // The first one tells when the registration was taken, which is the same whenever the workflow begins.
  if (!event || event.seq === 1) return false;
  const { number, seq } = event;
  const stored = await em.findOne(GrievanceEventEntity, {
    select: { number: true, seq: true, takenAt: true },
    where: { number, seq },
  });
  return stored !== null && stored.takenAt > event.takenAt;
}

const FOLLOWING = new Set<string>(['followed', 'unfollowed']);

async function writeRegistration(
  em: EntityManager,
  row: GrievanceEntity,
  { citizen, locale, answers }: NonNullable<StepRecord['registration']>,
  rootTenant: string,
): Promise<void> {
  if (citizen) {
    const known: CitizenEntity = {
      id: citizenIdOf(citizen.id),
      tenant: rootTenant,
      mobile: citizen.mobile ?? null,
      name: citizen.name ?? null,
      email: citizen.email ?? null,
      externalId: citizen.externalId ?? null,
      locale,
      channel: citizen.channel,
      createdAt: row.registeredAt,
    };
    await insertRows(em, CitizenEntity, [known], {
      given: ['mobile', 'name', 'email', 'externalId'],
      always: ['locale', 'channel'],
    });
  }
  if (answers) await insertRows(em, CaseAnswersEntity, [{ number: row.number, answers: { ...answers } }]);
  const words = indexWords(row.number, row.description, row.landmark);
  await insertRows(
    em,
    GrievanceWordEntity,
    words.map((word) => ({ tenant: row.tenant, word, registeredAt: row.registeredAt, number: row.number })),
  );
}

/** From now on the uploads belong to the case; one that another case uses stays with that. */
async function useAttachments(em: EntityManager, steps: readonly CaseStep[]): Promise<void> {
  for (const { record } of steps) {
    const { number } = record.state;
    const complaint = (record.registration?.attachments ?? []).map(({ id }) => id);
    const evidence = new Set<string>();
    for (const { event, data } of record.events) {
      if (event !== 'resolved') for (const id of attachmentIds(data)) complaint.push(id);
      else for (const id of attachmentIds(data)) evidence.add(id);
    }
    const mine = complaint.filter((id) => !evidence.has(id));
    if (mine.length > 0)
      await em.update(AttachmentEntity, { id: In(mine), number: IsNull() }, { number, kind: 'complaint' });
    if (evidence.size > 0)
      await em.update(AttachmentEntity, { id: In([...evidence]), number: IsNull() }, { number, kind: 'evidence' });
  }
}

/** Ids in an event's `data.attachments`, whether it names them or carries the references. */
function attachmentIds(data: Readonly<Record<string, unknown>>): string[] {
  const listed = data['attachments'];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((each: unknown) => {
    if (typeof each === 'string') return [each];
    const id = typeof each === 'object' && each !== null ? (each as { id?: unknown }).id : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}

async function writeFollowers(em: EntityManager, { record: { state }, followers = [] }: CaseStep): Promise<void> {
  const { number, tenant, registeredAt } = state;
  const stored = await em.findOne(GrievanceEntity, { select: { number: true, version: true }, where: { number } });
  if (stored?.version !== state.version) return;
  const persons = [...state.followers];
  await em.delete(FollowerEntity, persons.length > 0 ? { number, person: Not(In(persons)) } : { number });
  const known = new Map(followers.map((each) => [each.citizenId, each]));
  const rows = persons.map((person): FollowerEntity => {
    const citizenId = citizenIdOf(person);
    const contact = known.get(citizenId);
    return {
      number,
      person,
      tenant,
      citizenId,
      mobile: contact?.mobile ?? null,
      locale: contact?.locale ?? 'en',
      registeredAt,
    };
  });
  await insertRows(em, FollowerEntity, rows, { given: ['mobile'] });
}
