import type { DataConverter } from '@temporalio/common';
import { deriveKeys, type Keys } from '../config/keys.js';
import type { Settings } from '../config/settings.js';
import { FAILURE_CONVERTER } from './failures.js';
import { EncryptionCodec } from './payload-codec.js';

/** Encrypts under the first keys; reads what any of them wrote. */
export function codecFor(...keys: readonly Pick<Keys, 'codec' | 'codecKeyId'>[]): EncryptionCodec {
  return new EncryptionCodec(keys.map(({ codec, codecKeyId }) => ({ id: codecKeyId, key: codec })));
}

/** For clients and workers alike; `previous` are the keys of secrets that were in use before. */
export function dataConverterFor(
  keys: Pick<Keys, 'codec' | 'codecKeyId'>,
  ...previous: readonly Pick<Keys, 'codec' | 'codecKeyId'>[]
): DataConverter {
  return { payloadCodecs: [codecFor(keys, ...previous)], failureConverterPath: FAILURE_CONVERTER };
}

/** The converter under the present `SECRET_KEY` and those before it. */
export function dataConverterOf(settings: Pick<Settings, 'secretKey' | 'previousSecretKeys'>): DataConverter {
  return dataConverterFor(deriveKeys(settings.secretKey), ...settings.previousSecretKeys.map(deriveKeys));
}
