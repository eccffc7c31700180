import type { Client } from '@temporalio/client';
import { In, type EntityManager } from 'typeorm';
import type { Senders } from '#libs/channels/senders';
import { ratingToken } from '#libs/casework/rating-link';
import { contactHash, type Keys } from '#libs/config/keys';
import { timeOfSteps, type CaseRecordActivities, type StepRecord } from '#libs/contracts/temporal/grievance';
import type { MastersService } from '#libs/masters/masters.service';
import { writeSteps, type CaseStep } from '#libs/persistence/case-record';
import type { DataSources } from '#libs/persistence/data-sources';
import { CitizenEntity, GrievanceEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import { citizenIdOf, contactOfRegistration, contactOfRow, type CitizenContact, type Contacts } from './contacts.js';
import { handOnFollowers } from './hand-on-followers.js';
import { messagesOf, type Pages } from './notifications.js';
import type { RecipientSources } from './recipients.js';
import { mailsFor } from './staff-mail.js';
import { wakeConversations } from './wake-conversations.js';

export interface CaseRecordParts {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  masters: MastersService;
  client: Client;
  senders: Senders;
  keys: Pick<Keys, 'contact' | 'link'>;
  /** Where citizens answer and rate, as it stands in the messages. */
  site: string;
}

/**
 * Takes steps of one case to the record. Runs as a local activity: two reads at most, one transaction, one signal a
 * contact. Whatever fails, the whole is done again, and what is there already stays as it is.
 */
export function createCaseRecordActivities(parts: CaseRecordParts): CaseRecordActivities {
  const { sources, unitOfWork, masters, client, senders, keys, site } = parts;
  const pages: Pages = { site, rating: (invite) => `${site}/r/${ratingToken(keys.link, invite)}` };

  return {
    async recordSteps(steps) {
      const first = steps[0];
      if (!first) return undefined;
      const snapshot = await masters.snapshot(first.state.tenant);
      const reach: RecipientSources = {
        contacts: await contactsOf(sources.read.manager, steps),
        masters: snapshot,
        hash: (identity) => contactHash(keys, identity),
        now: Date.now(),
      };
      const planned = await Promise.all(
        steps.map(async (record) => {
          const step = planStep(record, reach, pages);
          const mails = await mailsFor(sources.read.manager, step.notifications, snapshot.tenant.zone, reach.now);
          return { ...step, notifications: [...step.notifications, ...mails] };
        }),
      );
      await unitOfWork.run((em) => writeSteps(em, planned, reach.now));
      const messages = planned.flatMap((step) => step.notifications);
      await Promise.all([
        wakeConversations(client, snapshot.tenant.root, senders, messages),
        handOnFollowers(client, steps),
      ]);
      return timeOfSteps(steps);
    },
  };
}

function planStep(record: StepRecord, reach: RecipientSources, pages: Pages): CaseStep {
  const { masters, contacts } = reach;
  const { rows, unreachable } = messagesOf(record, reach, pages);
  const events = record.events.map((event) =>
    unreachable.has(event.seq) ? { ...event, data: { ...event.data, noContact: true } } : event,
  );
  return {
    record: { ...record, events },
    category: masters.subCategories.get(record.state.subCategory)?.category ?? record.state.subCategory,
    rootTenant: masters.tenant.root,
    notifications: rows,
    followers: record.state.followers.flatMap((person) => {
      const contact = contacts.get(citizenIdOf(person) ?? '');
      return contact ? [{ citizenId: contact.id, mobile: contact.mobile, locale: contact.locale }] : [];
    }),
  };
}

/** The citizens whom these steps may concern. The filer hears in the language of the case, followers in their own. */
async function contactsOf(em: EntityManager, steps: readonly StepRecord[]): Promise<Contacts> {
  const registration = steps.find((step) => step.registration)?.registration;
  const filer = registration ? contactOfRegistration(registration) : null;
  const found = new Map<string, CitizenContact>(filer ? [[filer.id, filer]] : []);
  const missing = [...new Set(steps.flatMap(citizensIn))].filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  for (const row of await em.findBy(CitizenEntity, { id: In(missing) })) found.set(row.id, contactOfRow(row));
  const { number, filer: person } = steps[0]?.state ?? {};
  const stored = registration ? undefined : found.get(citizenIdOf(person ?? '') ?? '');
  if (stored) {
    const row = await em.findOne(GrievanceEntity, { select: { number: true, locale: true }, where: { number } });
    if (row) found.set(stored.id, { ...stored, locale: row.locale });
  }
  return found;
}

/** Citizens whom a step tells something, or whom it makes followers. */
function citizensIn({ state, events, notices }: StepRecord): string[] {
  const filer = state.filer === null ? [] : [state.filer];
  const told = notices.flatMap(({ audience, to }): readonly string[] => {
    if (to) return to;
    if (audience === 'filer') return filer;
    if (audience === 'followers') return state.followers;
    return audience === 'citizens' ? [...filer, ...state.followers] : [];
  });
  const following = events.some(({ event }) => event === 'followed') ? state.followers : [];
  return [...told, ...following].map(citizenIdOf).filter((id) => id !== null);
}
