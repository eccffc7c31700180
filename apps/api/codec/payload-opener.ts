import type { Payload } from '@temporalio/common';
import { CaseworkProblem } from '#libs/casework/problem';
import { deriveKeys } from '#libs/config/keys';
import type { Settings } from '#libs/config/settings';
import { codecFor } from '#libs/temporal/data-converter';
import type { EncryptionCodec } from '#libs/temporal/payload-codec';

/** A payload as Temporal's remote codecs exchange it: bytes as base64. */
export interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}

/** Opens what was written under the present secret key and those before it. */
export class PayloadOpener {
  private readonly codec: EncryptionCodec;

  constructor({ secretKey, previousSecretKeys }: Pick<Settings, 'secretKey' | 'previousSecretKeys'>) {
    this.codec = codecFor(deriveKeys(secretKey), ...previousSecretKeys.map(deriveKeys));
  }

  /** What cannot be opened (another key, damage) comes back as it was, so that the rest of the page can be read. */
  async open(payloads: unknown): Promise<JsonPayload[]> {
    if (!Array.isArray(payloads) || !payloads.every(isJsonPayload)) {
      throw CaseworkProblem.invalid([
        { field: 'payloads', problem: 'wrong_type', expected: 'a list of payloads with metadata and data in base64' },
      ]);
    }
    return Promise.all(payloads.map((payload) => this.opened(payload)));
  }

  private async opened(payload: JsonPayload): Promise<JsonPayload> {
    try {
      const [opened] = await this.codec.decode([fromJson(payload)]);
      return opened ? toJson(opened) : payload;
    } catch {
      return payload;
    }
  }
}

function isJsonPayload(value: unknown): value is JsonPayload {
  if (value === null || typeof value !== 'object') return false;
  const { metadata = {}, data = '' } = value as { metadata?: unknown; data?: unknown };
  const texts = metadata !== null && typeof metadata === 'object' ? Object.values(metadata) : [null];
  return typeof data === 'string' && texts.every((text) => typeof text === 'string');
}

function fromJson({ metadata = {}, data = '' }: Partial<JsonPayload>): Payload {
  const bytes = Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')] as const);
  return { metadata: Object.fromEntries(bytes), data: Buffer.from(data, 'base64') };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const texts = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)] as const);
  return { metadata: Object.fromEntries(texts), data: base64(data) };
}

function base64(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}
