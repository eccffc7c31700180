/** What is said in a chat, whatever the messenger. The channel translates; the dialogue knows nothing of providers. */

export interface ChatMedia {
  kind: 'image' | 'audio' | 'video' | 'document' | 'sticker';
  /** The provider's id, by which it can be fetched for some days. */
  id: string;
  mime: string;
  /** As the provider announced it, hex or base64. */
  sha256?: string;
  caption?: string;
  filename?: string;
}

export type ChatInput =
  | { type: 'text'; text: string }
  /** A tapped row or button; the id is what we gave it, but anybody can send any. */
  | { type: 'choice'; id: string; title: string }
  | { type: 'location'; lat: number; lon: number; name?: string; address?: string }
  | { type: 'media'; media: ChatMedia }
  /** A filled form; null when what came could not be read. */
  | { type: 'form'; data: Readonly<Record<string, unknown>> | null }
  | { type: 'reaction'; emoji: string }
  | { type: 'system'; event: string; newAddress?: string }
  /** More came in a short time than is answered; what came beyond it was not taken. */
  | { type: 'flood' }
  | { type: 'unsupported'; what: string };

export interface ChatMessage {
  /** The provider's id: the same message may come again, days later. */
  id: string;
  /** Epoch ms at which it was sent. */
  at: number;
  input: ChatInput;
  /** The provider's id of the message it answers, where it says so. */
  answers?: string;
}

/** Who writes, and by which of our numbers. */
export interface ChatPerson {
  /** E.164; absent for people who hide their number. */
  mobile?: string;
  /** The messenger's own stable id of the person. */
  externalId?: string;
  name?: string;
  /** Our number's id at the provider: answers go out by the same one. */
  via?: string;
}

export interface ChatButton {
  id: string;
  title: string;
}

export interface ChatRow extends ChatButton {
  description?: string;
}

/** What a chat can show. A channel without lists and buttons shows their titles as text. */
export type ChatContent =
  | { kind: 'text'; body: string }
  | { kind: 'buttons'; body: string; buttons: readonly ChatButton[] }
  | { kind: 'list'; body: string; open: string; rows: readonly ChatRow[] }
  /** Asks to share a place; other answers stay possible. */
  | { kind: 'place'; body: string };

/** The same in plain text, for channels and readers that show nothing else. */
export function chatText(content: ChatContent): string {
  switch (content.kind) {
    case 'text':
    case 'place':
      return content.body;
    case 'buttons':
      return [content.body, ...content.buttons.map(({ title }) => `• ${title}`)].join('\n');
    case 'list':
      return [content.body, ...content.rows.map(({ title }) => `• ${title}`)].join('\n');
  }
}
