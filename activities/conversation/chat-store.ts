import type { ChatContent, ChatPerson } from '#libs/contracts/chat';
import type { InboundBatch } from '#libs/contracts/temporal/conversation';
import { newDialogue } from '#libs/dialogue/dialogue';
import type { DialogueState } from '#libs/dialogue/types';
import type { DataSources } from '#libs/persistence/data-sources';
import { identityOf, moveContact } from '#libs/persistence/contact-aliases';
import { CitizenEntity, ConversationStateEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

export interface Reply {
  /** The same on every attempt. */
  id: string;
  content: ChatContent;
}

/** A chat as it stands between two messages. */
export interface Chat {
  contact: string;
  tenant: string;
  channel: InboundBatch['channel'];
  person: ChatPerson;
  state: DialogueState;
  heard: readonly string[];
  unsent: readonly Reply[];
  lastInboundAt: number;
  version: number;
}

/** Ids remembered: the provider repeats a message for a week at most. */
const REMEMBERED = 300;

/** Somebody else has written on meanwhile: begin anew with what stands there now. */
export class ChatMovedOnError extends Error {
  override name = 'ChatMovedOnError';
}

/** Keeps chats in the record. */
export class ChatStore {
  constructor(
    private readonly sources: DataSources,
    private readonly unitOfWork: UnitOfWork,
    /** Keyed hash of a number or of whatever stands for a person. */
    private readonly hash: (identity: string) => string,
  ) {}

  /** The chat of a contact, begun when there is none; null where nothing is known and nothing was said. */
  async load(written: string, tenant: string, batch: InboundBatch | undefined): Promise<Chat | null> {
    const { manager } = this.sources.read;
    const at = batch ? Math.max(0, ...batch.messages.map((message) => message.at)) : undefined;
    const contact = await identityOf(manager, written, at);
    const row = await manager.findOneBy(ConversationStateEntity, { contact });
    if (row) return chatOf(row, batch?.from);
    if (!batch) return null;
    const known = await manager.findOneBy(CitizenEntity, { id: contact });
    return {
      contact,
      tenant,
      channel: batch.channel,
      person: batch.from,
      state: newDialogue(known && { locale: known.locale, since: known.createdAt }),
      heard: [],
      unsent: [],
      lastInboundAt: 0,
      version: 0,
    };
  }

  /**
   * Stores the chat after one message, and who the citizen is once they have agreed to it.
   * @param moved their number has changed to the chat's from this one
   * @throws ChatMovedOnError when the stored one is no longer the one that was read
   */
  async save(chat: Chat, moved?: { from: string; at: number }): Promise<Chat> {
    const next = { ...chat, heard: chat.heard.slice(-REMEMBERED), version: chat.version + 1 };
    await this.unitOfWork.run(async (em) => {
      const row = rowOf(next);
      if (chat.version === 0) await em.insert(ConversationStateEntity, row);
      else {
        const { affected } = await em.update(
          ConversationStateEntity,
          { contact: chat.contact, version: chat.version },
          { ...row },
        );
        if (affected !== 1) throw new ChatMovedOnError(`the chat with ${chat.contact} has moved on`);
      }
      if (moved && chat.person.mobile) {
        const { contact: identity, person } = chat;
        const stranger = this.hash(`${moved.from} after ${moved.at}`);
        const ends = { old: this.hash(moved.from), next: this.hash(chat.person.mobile) };
        await moveContact(em, { identity, ...ends, stranger, at: moved.at });
        // News of their cases follows them, too.
        await em.update(CitizenEntity, { id: identity }, { mobile: person.mobile ?? null });
      }
      if (next.state.consentAt === null) return;
      const citizen = await em.findOneBy(CitizenEntity, { id: chat.contact });
      const told = citizenOf(next);
      if (!citizen) await em.insert(CitizenEntity, { ...told, email: null, createdAt: Date.now() });
      else if (differs(citizen, told)) {
        const { mobile, name, externalId, locale, channel } = told;
        await em.update(
          CitizenEntity,
          { id: chat.contact },
          {
            mobile: citizen.mobile ?? mobile,
            name: citizen.name ?? name,
            externalId: externalId ?? citizen.externalId,
            locale,
            channel,
          },
        );
      }
    });
    return next;
  }
}

function chatOf(row: ConversationStateEntity, from: ChatPerson | undefined): Chat {
  const mobile = row.address.startsWith('+') ? row.address : undefined;
  const stored: ChatPerson = {
    ...(mobile ? { mobile } : {}),
    ...(row.externalId ? { externalId: row.externalId } : {}),
    ...(row.via ? { via: row.via } : {}),
  };
  return {
    contact: row.contact,
    tenant: row.tenant,
    channel: row.channel as Chat['channel'],
    person: { ...stored, ...from },
    state: row.state as DialogueState,
    heard: row.heard,
    unsent: row.unsent as Reply[],
    lastInboundAt: row.lastInboundAt,
    version: row.version,
  };
}

function rowOf(chat: Chat): ConversationStateEntity {
  const { person } = chat;
  return {
    contact: chat.contact,
    tenant: chat.tenant,
    channel: chat.channel,
    address: addressOf(person),
    externalId: person.externalId ?? null,
    via: person.via ?? null,
    state: chat.state,
    heard: [...chat.heard],
    unsent: [...chat.unsent],
    lastInboundAt: chat.lastInboundAt,
    version: chat.version,
    updatedAt: Date.now(),
  };
}

export function addressOf({ mobile, externalId }: ChatPerson): string {
  return mobile ?? externalId ?? '';
}

type Told = Pick<CitizenEntity, 'id' | 'tenant' | 'mobile' | 'name' | 'externalId' | 'locale' | 'channel'>;

function citizenOf({ contact, tenant, person, state }: Chat): Told {
  return {
    id: contact,
    tenant,
    mobile: person.mobile ?? null,
    name: person.name ?? null,
    externalId: person.externalId ?? null,
    locale: state.locale ?? 'en',
    channel: 'whatsapp',
  };
}

function differs(known: CitizenEntity, told: Told): boolean {
  return (
    known.locale !== told.locale ||
    known.channel !== told.channel ||
    (known.externalId !== told.externalId && told.externalId !== null) ||
    (known.mobile === null && told.mobile !== null) ||
    (known.name === null && told.name !== null)
  );
}
