import { createHash, timingSafeEqual } from 'node:crypto';
import type { WhatsAppSettings } from '#libs/config/settings';
import { faultOf, type WhatsAppFault } from './errors.js';

/** Which of our numbers speaks, and its credential. */
export interface WhatsAppLine {
  phoneNumberId: string;
  token: string;
}

export type GraphAnswer =
  { ok: true; messageId: string } | { ok: false; fault: WhatsAppFault; error: string; retryAfterMs?: number };

export type MediaAnswer =
  | { ok: true; bytes: Buffer; mime: string }
  | { ok: false; problem: 'too_large' | 'damaged' | 'expired' | 'unavailable' };

type Connection = Pick<WhatsAppSettings, 'apiUrl' | 'version' | 'mediaHosts'>;

const PATIENCE_MS = 15_000;
const MEDIA_PATIENCE_MS = 60_000;
const LONGEST_ANSWER = 64 * 1024;

/** Speaks to the Graph API. Never throws for what it answers, nor for its silence. */
export class GraphClient {
  constructor(private readonly connection: Connection) {}

  /** Sends one message. There is no idempotency key: after a time-out nobody knows whether it went. */
  async send(line: WhatsAppLine, message: Readonly<Record<string, unknown>>): Promise<GraphAnswer> {
    const answer = await this.post(line, { messaging_product: 'whatsapp', ...message });
    if (!answer.ok) return answer;
    const { messages } = answer.body as { messages?: { id?: unknown }[] };
    const id = Array.isArray(messages) ? messages[0]?.id : undefined;
    return typeof id === 'string'
      ? { ok: true, messageId: id }
      : { ok: false, fault: 'retry', error: 'the answer names no message' };
  }

  /** Two blue ticks for what the citizen wrote, and the sign that somebody is typing. A courtesy: failing is no fault. */
  async markRead(line: WhatsAppLine, messageId: string): Promise<void> {
    await this.post(line, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: messageId,
    });
  }

  /**
   * Fetches what somebody sent. Only from Meta's hosts (and those of the settings), never more than `limit` bytes, and
   * only if it is what was announced.
   */
  async fetchMedia(line: WhatsAppLine, id: string, limit: number, announced?: string): Promise<MediaAnswer> {
    const url = `${this.connection.apiUrl}/${this.connection.version}/${encodeURIComponent(id)}`;
    try {
      const response = await fetch(url, {
        headers: { Authorization: `Bearer ${line.token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (response.status === 404 || response.status === 400) return { ok: false, problem: 'expired' };
      if (!response.ok) return { ok: false, problem: 'unavailable' };
      const about = JSON.parse((await upTo(response, LONGEST_ANSWER)).toString()) as Record<string, unknown>;
      if (Number(about['file_size']) > limit) return { ok: false, problem: 'too_large' };
      const sha256 = typeof about['sha256'] === 'string' ? about['sha256'] : announced;
      return await this.download(line, String(about['url']), String(about['mime_type'] ?? ''), limit, [
        sha256,
        announced,
      ]);
    } catch {
      return { ok: false, problem: 'unavailable' };
    }
  }

  private async download(
    line: WhatsAppLine,
    url: string,
    mime: string,
    limit: number,
    hashes: readonly (string | undefined)[],
  ): Promise<MediaAnswer> {
    if (!this.isAllowed(url)) return { ok: false, problem: 'unavailable' };
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${line.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(MEDIA_PATIENCE_MS),
    });
    if ([401, 403, 404, 410].includes(response.status)) return { ok: false, problem: 'expired' };
    if (!response.ok) return { ok: false, problem: 'unavailable' };
    let bytes: Buffer;
    try {
      bytes = await upTo(response, limit);
    } catch (error) {
      if (error instanceof TooLarge) return { ok: false, problem: 'too_large' };
      throw error;
    }
    const same = hashes.every((hash) => hash === undefined || isHashOf(bytes, hash));
    return same ? { ok: true, bytes, mime: mime.split(';')[0]?.trim() ?? '' } : { ok: false, problem: 'damaged' };
  }

  /** Plain HTTP only where the API itself is reached by it, as on one's own machine. */
  private isAllowed(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const { protocol, host, hostname } = new URL(text);
    const api = new URL(this.connection.apiUrl);
    const known = this.connection.mediaHosts.some((each) => each === host || each === hostname);
    return known && (protocol === 'https:' || (protocol === 'http:' && api.protocol === 'http:'));
  }

  private async post(
    line: WhatsAppLine,
    body: Readonly<Record<string, unknown>>,
  ): Promise<{ ok: true; body: unknown } | Extract<GraphAnswer, { ok: false }>> {
    const { apiUrl, version } = this.connection;
    try {
      const response = await fetch(`${apiUrl}/${version}/${encodeURIComponent(line.phoneNumberId)}/messages`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${line.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = (await upTo(response, LONGEST_ANSWER)).toString();
      const answer = parsed(text);
      if (response.ok) return { ok: true, body: answer };
      return refusalOf(response, answer);
    } catch (error) {
      return { ok: false, fault: 'retry', error: `no answer: ${(error as Error).message}` };
    }
  }
}

function refusalOf(response: Response, answer: unknown): Extract<GraphAnswer, { ok: false }> {
  const { error } = answer as { error?: { code?: unknown; message?: unknown; error_data?: { details?: unknown } } };
  const code = Number(error?.code ?? Number.NaN);
  const said = error?.error_data?.details ?? error?.message ?? response.statusText;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    ok: false,
    fault: faultOf(Number.isFinite(code) ? code : -1, response.status),
    error: `${Number.isFinite(code) ? code : `HTTP ${response.status}`} ${String(said).slice(0, 300)}`,
    ...(Number.isFinite(wait) ? { retryAfterMs: wait * 1000 } : {}),
  };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

class TooLarge extends Error {}

/** Reads a body and stops as soon as it is longer than allowed. */
async function upTo(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw new TooLarge(`more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Announced as hex in one place and as base64 in another. */
function isHashOf(bytes: Buffer, announced: string): boolean {
  const actual = createHash('sha256').update(bytes).digest();
  const expected = Buffer.from(announced, /^[0-9a-f]{64}$/i.test(announced) ? 'hex' : 'base64');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
