import type { ChannelName } from '#libs/channels/channel';
import { LOCALES, type Locale, type TemplateId } from '#libs/domain/case/names';
import type { CaseState, Notice } from '#libs/domain/case/types';
import { holderOf } from '#libs/masters/posts';
import type { MastersSnapshot } from '#libs/masters/snapshot';
import { citizenIdOf, type CitizenContact, type Contacts } from './contacts.js';

/** `desk` is the bell of the staff's own pages: it needs no sending. */
export interface Way {
  channel: ChannelName | 'desk';
  address: string;
}

/** One person whom a notice reaches, by one or more ways. */
export interface Recipient {
  /** `contact`: citizen id, or the keyed hash of a mobile number or of `user:<username>`. */
  ways: readonly (Way & { contact: string })[];
  locale: Locale;
}

export interface RecipientSources {
  contacts: Contacts;
  masters: MastersSnapshot;
  /** Keyed hash of a mobile number or of `user:<username>`. */
  hash(identity: string): string;
  /** Epoch ms at which posts are held. */
  now: number;
}

/** Messages of which the circular wants an SMS in any case. */
const ALWAYS_BY_SMS: readonly TemplateId[] = ['registered', 'resolved', 'rejected', 'reopened', 'closed'];
/** One a day for each overdue case: too many for a telephone. */
const DESK_ONLY: readonly TemplateId[] = ['daily_digest'];

/** The persons whom a notice reaches now. Empty: nobody can be reached. */
export function recipientsOf(notice: Notice, state: CaseState, sources: RecipientSources): Recipient[] {
  const names = [...new Set(notice.to ?? audience(notice, state, sources.masters))];
  return names.flatMap((name) => {
    const citizen = citizenIdOf(name);
    if (citizen === null) return staff(name, notice.template, sources);
    const contact = sources.contacts.get(citizen);
    const ways = contact ? citizenWays(contact, notice.template) : [];
    return contact && ways.length > 0
      ? [{ ways: ways.map((way) => ({ ...way, contact: contact.id })), locale: contact.locale }]
      : [];
  });
}

/** Whether a notice means to reach the citizen who filed the case. */
export function isForFiler(notice: Notice): boolean {
  return notice.to === undefined && (notice.audience === 'filer' || notice.audience === 'citizens');
}

/** Persons (`citizen:…`, `user:…`) and posts behind an audience. */
function audience(notice: Notice, state: CaseState, masters: MastersSnapshot): string[] {
  const filer = state.filer === null ? [] : [state.filer];
  switch (notice.audience) {
    case 'filer':
      return filer;
    case 'followers':
      return state.followers.filter((person) => person !== state.filer);
    case 'citizens':
      return [...filer, ...state.followers];
    case 'owner':
      return [state.owner ?? state.rules.gro];
    case 'accountable':
      return [state.accountable];
    case 'gro':
      return [state.rules.gro];
    case 'requester':
      return state.request ? [state.request.by] : [];
    case 'deciders':
      return [...(state.request?.deciders ?? [])];
    case 'mayors_office':
      return [...masters.posts.values()].filter((post) => post.role === 'mayors_office').map((post) => post.position);
  }
}

function citizenWays(contact: CitizenContact, template: TemplateId): Way[] {
  const ways: Way[] = [];
  const whatsapp = contact.channel === 'whatsapp' ? (contact.mobile ?? contact.externalId) : null;
  if (whatsapp) ways.push({ channel: 'whatsapp', address: whatsapp });
  if (contact.mobile && (!whatsapp || ALWAYS_BY_SMS.includes(template))) {
    ways.push({ channel: 'sms', address: contact.mobile });
  }
  if (ways.length === 0 && contact.email) ways.push({ channel: 'email', address: contact.email });
  return ways;
}

/** Whoever acts for the post now: the delegate, the holder, or for a vacant post the GRO. */
function staff(name: string, template: TemplateId, { masters, hash, now }: RecipientSources): Recipient[] {
  const person = name.startsWith('user:')
    ? personOf(name.slice('user:'.length), masters)
    : holderOf(masters, name, now);
  if (!person) return [];
  const ways: Recipient['ways'][number][] = [];
  if (person.username) {
    const address = `user:${person.username}`;
    ways.push({ channel: 'desk', address, contact: hash(address) });
  }
  if (person.mobile && !DESK_ONLY.includes(template)) {
    ways.push({ channel: 'sms', address: person.mobile, contact: hash(person.mobile) });
  }
  return ways.length === 0 ? [] : [{ ways, locale: staffLocale(masters) }];
}

function personOf(username: string, masters: MastersSnapshot): { username: string; mobile: string | null } {
  for (const holdings of masters.holdings.values()) {
    const holding = holdings.find((each) => each.username === username);
    if (holding) return { username, mobile: holding.mobile };
  }
  return { username, mobile: null };
}

function staffLocale(masters: MastersSnapshot): Locale {
  return LOCALES.find((locale) => locale === masters.tenant.settings['staffLocale']) ?? 'en';
}
