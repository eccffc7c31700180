import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { causeOf } from '#libs/temporal/failures';
import type { EncryptionCodec } from '#libs/temporal/payload-codec';

type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** Opens what workflows exchanged; what cannot be opened (another secret key) is left out rather than fatal. */
export class PayloadReader {
  constructor(private readonly codec: EncryptionCodec) {}

  async values(payloads: Payloads): Promise<unknown[]> {
    try {
      const opened = await this.codec.decode(payloads?.payloads ?? []);
      return opened.map((payload) => defaultPayloadConverter.fromPayload(payload));
    } catch {
      return [];
    }
  }

  /** Why something failed, in a line. */
  async reason(failure: Parameters<typeof causeOf>[0]): Promise<string> {
    return (await causeOf(failure, [this.codec])) ?? 'unknown';
  }

  async first(payloads: Payloads): Promise<unknown> {
    return (await this.values(payloads))[0];
  }
}
