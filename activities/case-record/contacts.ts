import type { Registration } from '#libs/contracts/temporal/grievance';
import type { Locale } from '#libs/domain/case/names';
import type { CitizenEntity } from '#libs/persistence/entities/index';

/** How a citizen can be reached. */
export interface CitizenContact {
  /** Keyed hash; also the name of their conversation. */
  id: string;
  mobile: string | null;
  email: string | null;
  externalId: string | null;
  locale: Locale;
  channel: 'sms' | 'whatsapp';
}

/** `citizen:<id>` → `<id>`; null for any other person. */
export function citizenIdOf(person: string): string | null {
  return person.startsWith('citizen:') ? person.slice('citizen:'.length) : null;
}

/** The filer as the registration tells; null when the case was lodged for someone without a contact. */
export function contactOfRegistration({ citizen, locale }: Registration): CitizenContact | null {
  if (!citizen) return null;
  return {
    id: citizenIdOf(citizen.id) ?? citizen.id,
    mobile: citizen.mobile ?? null,
    email: citizen.email ?? null,
    externalId: citizen.externalId ?? null,
    locale,
    channel: citizen.channel,
  };
}

export function contactOfRow(row: CitizenEntity): CitizenContact {
  const { id, mobile, email, externalId, locale, channel } = row;
  return { id, mobile, email, externalId, locale, channel };
}

/** Whom the messages of a case may go to, by citizen id. */
export type Contacts = ReadonlyMap<string, CitizenContact>;
