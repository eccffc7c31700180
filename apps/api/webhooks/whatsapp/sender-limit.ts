import type { ChatMessage } from '#libs/contracts/chat';

/** More than a person types: a handful of photos at once is still far below. */
const MOST_IN_A_WINDOW = 20;
const WINDOW_MS = 10_000;
const MOST_PEOPLE = 50_000;
const REMEMBERED = 60;

interface Recent {
  since: number;
  count: number;
  told: boolean;
  /** What was let through: the provider repeats bodies. */
  ids: Set<string>;
}

/** How much of what one person sends is taken. Held in this process: it protects the machine, it is no account. */
export class SenderLimit {
  private readonly people = new Map<string, Recent>();

  /** The messages to take; the first time some are left out, one that tells the sender so is among them. */
  admit(contact: string, messages: readonly ChatMessage[], now: number = Date.now()): ChatMessage[] {
    const recent = this.recentOf(contact, now);
    const taken: ChatMessage[] = [];
    for (const message of messages) {
      if (recent.ids.has(message.id)) taken.push(message);
      else if (recent.count < MOST_IN_A_WINDOW) {
        recent.count++;
        recent.ids.add(message.id);
        taken.push(message);
      } else if (!recent.told) {
        recent.told = true;
        taken.push({ id: `flood:${contact}:${recent.since}`, at: message.at, input: { type: 'flood' } });
      }
    }
    return taken;
  }

  private recentOf(contact: string, now: number): Recent {
    const known = this.people.get(contact);
    if (known && now - known.since < WINDOW_MS) return known;
    const ids = new Set([...(known?.ids ?? [])].slice(-REMEMBERED));
    const recent = { since: now, count: 0, told: false, ids };
    this.people.delete(contact);
    this.people.set(contact, recent);
    const [oldest] = this.people.keys();
    if (this.people.size > MOST_PEOPLE && oldest !== undefined) this.people.delete(oldest);
    return recent;
  }
}
