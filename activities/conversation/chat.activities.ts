import { createHash } from 'node:crypto';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Senders } from '#libs/channels/senders';
import type { GraphClient, WhatsAppLine } from '#libs/channels/whatsapp/graph-client';
import { chatText, type ChatContent, type ChatMessage } from '#libs/contracts/chat';
import type { ConversationActivities, InboundBatch } from '#libs/contracts/temporal/conversation';
import { nextAllowed } from '#libs/domain/calendar/index';
import { converse, nextWake, wake, type Heard } from '#libs/dialogue/dialogue';
import { troubleText } from '#libs/dialogue/messages';
import type { Effect, EffectResult, Outcome, Turn } from '#libs/dialogue/types';
import type { MastersService } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { NotificationEntity } from '#libs/persistence/entities/index';
import { isUnreachable } from '#libs/persistence/record-errors';
import type { EffectContext, EffectRunner } from './chat-effects.js';
import { addressOf, ChatMovedOnError, type Chat, type ChatStore, type Reply } from './chat-store.js';
import type { ChatWorlds } from './chat-world.js';
import { WINDOW_MS } from './conversation.activities.js';

export interface ChatParts {
  failures: Failures;
  sources: DataSources;
  store: ChatStore;
  worlds: ChatWorlds;
  effects: EffectRunner;
  masters: MastersService;
  senders: Senders;
  /** The line for a number that was written to; null without an account. */
  line: (via: string | undefined) => Promise<WhatsAppLine | null>;
  /** Absent without an account: nobody sees blue ticks. */
  client: Pick<GraphClient, 'markRead'> | null;
}

/** After so many attempts a message that makes every one fail is given up, so that it does not block the next ones. */
const MOST_ATTEMPTS = 6;
const MOST_FAILURES = 1_000;
/** A dialogue that asks for more than this has lost its way. */
const MOST_EFFECTS = 50;

export function createConverseActivity(parts: ChatParts): ConversationActivities['converse'] {
  return async (contact, tenant, batches) => {
    const messages = inOrder(batches);
    const latest = batches.at(-1);
    let chat = await parts.store.load(contact, tenant, latest);
    if (!chat) return { wakeAt: null };
    const fresh = messages.filter(({ id }) => !chat?.heard.includes(id));
    const read = fresh.length > 0 ? markRead(parts, chat, fresh) : undefined;
    if (messages.length === 0) chat = await pass(parts, chat);
    for (const message of fresh) chat = await takeIn(parts, chat, message);
    const retryAfterMs = chat.unsent.length > 0 ? await sendOut(parts, chat) : null;
    await read;
    return { wakeAt: await wakeAt(parts, chat, retryAfterMs) };
  };
}

/** How often a message has failed in this process; bounded, because a message that was dealt with is not taken out. */
export class Failures {
  private readonly counts = new Map<string, number>();

  /** Counts one more and answers how many there are. */
  count(messageId: string): number {
    const failed = (this.counts.get(messageId) ?? 0) + 1;
    this.counts.delete(messageId);
    this.counts.set(messageId, failed);
    const [oldest] = this.counts.keys();
    if (this.counts.size > MOST_FAILURES && oldest !== undefined) this.counts.delete(oldest);
    return failed;
  }
}

/** All messages by the moment at which they were sent, each once. */
function inOrder(batches: readonly InboundBatch[]): ChatMessage[] {
  const byId = new Map(batches.flatMap(({ messages }) => messages.map((message) => [message.id, message] as const)));
  return [...byId.values()].sort((one, other) => one.at - other.at);
}

async function takeIn(parts: ChatParts, chat: Chat, message: ChatMessage): Promise<Chat> {
  const { outcome, replies } = await step(parts, chat, message);
  const unsent = [...chat.unsent, ...repliesOf(chat, message.id, replies)];
  const number = newNumberIn(message);
  const next = {
    ...chat,
    ...(number ? { person: { ...chat.person, mobile: number } } : {}),
    state: outcome.state,
    heard: [...chat.heard, message.id],
    unsent,
    // What the messenger itself tells opens no 24 hours.
    lastInboundAt: message.input.type === 'system' ? chat.lastInboundAt : Math.max(chat.lastInboundAt, message.at),
  };
  const from = chat.person.mobile;
  const moved = number !== null && from !== undefined && from !== number ? { from, at: message.at } : undefined;
  return parts.store.save(next, moved);
}

/** E.164; null: the message tells of no change of number. */
function newNumberIn({ input }: ChatMessage): string | null {
  if (input.type !== 'system' || input.event !== 'user_changed_number') return null;
  return /^\d{8,15}$/.test(input.newAddress ?? '') ? `+${input.newAddress}` : null;
}

async function step(
  parts: ChatParts,
  chat: Chat,
  message: ChatMessage,
): Promise<{ outcome: Pick<Outcome, 'state'>; replies: readonly ChatContent[] }> {
  try {
    const world = await parts.worlds.world(chat.tenant, chat.person.via, Date.now());
    const about = await aboutOf(parts, message);
    const heard: Heard = { at: message.at, input: message.input, ...(about ? { about } : {}) };
    const outcome = await taken(parts, chat, message.id, converse(chat.state, heard, world));
    return { outcome, replies: outcome.replies };
  } catch (error) {
    // What a part that is down makes impossible will work once it is back; a fault of ours will not.
    const passing = error instanceof ChatMovedOnError || error instanceof CaseworkProblem || isUnreachable(error);
    if (passing || parts.failures.count(message.id) < MOST_ATTEMPTS) throw error;
    return { outcome: { state: chat.state }, replies: [troubleText(chat.state.locale ?? 'en')] };
  }
}

/** Time has passed: reminders, and ratings that waited for remarks. */
async function pass(parts: ChatParts, chat: Chat): Promise<Chat> {
  const world = await parts.worlds.world(chat.tenant, chat.person.via, Date.now());
  const moment = `wake:${nextWake(chat.state)?.at ?? 0}`;
  const { state, replies } = await taken(parts, chat, moment, wake(chat.state, world));
  if (replies.length === 0 && JSON.stringify(state) === JSON.stringify(chat.state)) return chat;
  return parts.store.save({ ...chat, state, unsent: [...chat.unsent, ...repliesOf(chat, moment, replies)] });
}

/** Runs a turn to its end, carrying out what it asks for. */
async function taken(parts: ChatParts, chat: Chat, messageId: string, turn: Turn): Promise<Outcome> {
  const context: EffectContext = {
    principal: principalOf(chat),
    messageId,
    locale: chat.state.locale ?? 'en',
    line: await parts.line(chat.person.via),
  };
  let next: IteratorResult<Effect, Outcome> = turn.next(undefined as EffectResult);
  for (let count = 0; !next.done; count++) {
    if (count === MOST_EFFECTS) throw new Error('the dialogue does not come to an end');
    next = turn.next(await parts.effects.run(next.value, context, count));
  }
  return next.value;
}

function principalOf({ contact, tenant, person, state }: Chat): Principal {
  const { mobile, externalId, name } = person;
  return {
    kind: 'citizen',
    id: `citizen:${contact}`,
    tenant,
    roles: ['citizen'],
    channel: 'whatsapp',
    source: 'whatsapp',
    ...(state.locale ? { locale: state.locale } : {}),
    ...(mobile ? { mobile } : {}),
    ...(externalId ? { externalId } : {}),
    ...(name ? { name } : {}),
  };
}

/** The case of the notification that a message answers. */
async function aboutOf({ sources }: ChatParts, { answers }: ChatMessage): Promise<string | undefined> {
  if (!answers) return undefined;
  const row = await sources.read.manager.findOne(NotificationEntity, {
    where: { providerId: answers, channel: 'whatsapp' },
    select: { id: true, number: true },
  });
  return row?.number;
}

/** Ids without a slash: no notification has such a one. */
function repliesOf({ contact }: Chat, cause: string, replies: readonly ChatContent[]): Reply[] {
  const hash = createHash('sha256').update(`${contact} ${cause}`).digest('hex').slice(0, 24);
  return replies.map((content, index) => ({ id: `chat:${hash}:${index}`, content }));
}

/** Sends what was said, in order; keeps the rest when the channel asks to wait. Answers after how long, if so. */
async function sendOut(parts: ChatParts, chat: Chat): Promise<number | null> {
  let { unsent } = chat;
  let retryAfterMs: number | null = null;
  const closed = Date.now() > chat.lastInboundAt + WINDOW_MS;
  while (unsent[0] && !closed && retryAfterMs === null) {
    const [{ id, content }] = unsent as [Reply];
    const result = await parts.senders[chat.channel].send({
      id,
      channel: chat.channel,
      to: addressOf(chat.person),
      template: 'chat',
      locale: chat.state.locale ?? 'en',
      text: chatText(content),
      case: null,
      content,
      windowOpen: true,
      ...(chat.person.via ? { via: chat.person.via } : {}),
    });
    if (result.outcome === 'retry' || result.outcome === 'stopped') retryAfterMs = result.afterMs;
    else unsent = unsent.slice(1);
  }
  await parts.store.save({ ...chat, unsent: closed ? [] : unsent });
  return retryAfterMs;
}

async function markRead({ client, line }: ChatParts, chat: Chat, fresh: readonly ChatMessage[]): Promise<void> {
  const last = fresh.at(-1);
  const by = await line(chat.person.via);
  if (client && by && last && !last.id.startsWith('flood:')) await client.markRead(by, last.id);
}

/** When there is something to do again: what could not be sent, or what the chat says by itself, not at night. */
async function wakeAt({ masters }: ChatParts, chat: Chat, retryAfterMs: number | null): Promise<number | null> {
  const retry = retryAfterMs === null ? Infinity : Date.now() + retryAfterMs;
  const due = nextWake(chat.state);
  let own = Infinity;
  if (due) {
    const { calendar } = await masters.snapshot(chat.state.draft?.city ?? chat.state.city ?? chat.tenant);
    const at = chat.state.step.at === 'remarks' ? due.at : nextAllowed(calendar, due.at);
    if (at <= due.until) own = at;
  }
  const at = Math.min(retry, own);
  return at === Infinity ? null : at;
}
