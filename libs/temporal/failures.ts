import { fileURLToPath } from 'node:url';
import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

type Failure = temporal.api.failure.v1.IFailure | null | undefined;

/** Of the converter that clients, workers and the workflows' bundle share. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/**
 * The first line of the innermost cause: the outer ones only say that something failed. Of a failure that none of the
 * codecs can open, written under another secret key, it is what Temporal shows instead.
 */
export async function causeOf(failure: Failure, codecs: readonly PayloadCodec[]): Promise<string | undefined> {
  let innermost = failure;
  while (innermost?.cause) innermost = innermost.cause;
  const message = (await sealedMessage(innermost, codecs)) ?? innermost?.message;
  return message?.split('\n')[0];
}

async function sealedMessage(failure: Failure, codecs: readonly PayloadCodec[]): Promise<string | undefined> {
  if (!failure?.encodedAttributes) return undefined;
  try {
    let payloads = [failure.encodedAttributes];
    for (const codec of codecs) payloads = await codec.decode(payloads);
    return defaultPayloadConverter.fromPayload<{ message?: string }>(payloads[0] ?? {}).message;
  } catch {
    return undefined;
  }
}
