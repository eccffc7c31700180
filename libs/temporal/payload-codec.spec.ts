import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { EncryptionCodec, UnknownCodecKeyError } from './payload-codec.js';

const key = (id: string) => ({ id, key: randomBytes(32) });
const complaint = { text: 'রাস্তায় জল জমে আছে 🌧️', mobile: '+919830012345' };

describe('payload codec', () => {
  it('brings back what it encrypted, and shows nothing of it meanwhile', async () => {
    const codec = new EncryptionCodec([key('a')]);
    const [encrypted] = await codec.encode([defaultPayloadConverter.toPayload(complaint)]);
    expect(Buffer.from(encrypted?.data ?? []).toString('latin1')).not.toContain('9830012345');
    const [decrypted] = await codec.decode([encrypted ?? {}]);
    expect(defaultPayloadConverter.fromPayload(decrypted ?? {})).toEqual(complaint);
  });

  it('encrypts the same words differently each time', async () => {
    const codec = new EncryptionCodec([key('a')]);
    const payload = defaultPayloadConverter.toPayload('same');
    const [one, two] = await codec.encode([payload, payload]);
    expect(one?.data).not.toEqual(two?.data);
  });

  it('still reads what an earlier key wrote after a rotation, and writes with the new one', async () => {
    const [old, fresh] = [key('old'), key('fresh')];
    const before = await new EncryptionCodec([old]).encode([defaultPayloadConverter.toPayload(complaint)]);
    const rotated = new EncryptionCodec([fresh, old]);
    const [decrypted] = await rotated.decode(before);
    expect(defaultPayloadConverter.fromPayload(decrypted ?? {})).toEqual(complaint);
    const after = await rotated.encode([defaultPayloadConverter.toPayload(complaint)]);
    await expect(new EncryptionCodec([old]).decode(after)).rejects.toThrow(UnknownCodecKeyError);
  });

  it('refuses a payload that was tampered with', async () => {
    const codec = new EncryptionCodec([key('a')]);
    const [encrypted] = await codec.encode([defaultPayloadConverter.toPayload(complaint)]);
    const data = Buffer.from(encrypted?.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    await expect(codec.decode([{ ...encrypted, data }])).rejects.toThrow();
  });

  it('lets payloads through that were never encrypted', async () => {
    const plain = defaultPayloadConverter.toPayload('plain');
    expect(await new EncryptionCodec([key('a')]).decode([plain])).toEqual([plain]);
  });

  it('refuses a key of the wrong length at once', () => {
    expect(() => new EncryptionCodec([{ id: 'short', key: randomBytes(16) }])).toThrow(/16 bytes/);
    expect(() => new EncryptionCodec([])).toThrow(RangeError);
  });
});
