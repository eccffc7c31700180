import sharp from 'sharp';
import { MediaStore } from '#libs/casework/media-store';
import { formatNumber } from '#libs/domain/numbers/grievance-number';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import { GrievanceEntity } from '#libs/persistence/entities/grievance.entity';
import type { Stack } from './stack.js';

/** Puts a voice note beside the case, as a chat keeps one. */
export async function keepVoiceNote(stack: Stack, number: string): Promise<void> {
  const bytes = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(200)]);
  const path = 'vo/voice-note.ogg';
  await new MediaStore(stack.settings).put(path, bytes);
  await stack.sources.write.getRepository(AttachmentEntity).insert({
    id: 'voice-note',
    tenant: 'KMC',
    mime: 'audio/ogg',
    bytes: bytes.length,
    sha256: '',
    path,
    lat: null,
    lon: null,
    uploadedBy: 'citizen:somebody',
    number,
    kind: 'complaint',
    createdAt: Date.now(),
  });
}

/** As large as a telephone's camera makes them: noise does not compress. */
export function largePhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Puts copies of a case straight into the record. */
export async function multiply(stack: Stack, number: string, times: number): Promise<void> {
  const cases = stack.sources.write.getRepository(GrievanceEntity);
  const row = await cases.findOneByOrFail({ number });
  const copies = Array.from({ length: times }, (_, index) => {
    const copy = formatNumber('KMC', 25, index + 1);
    return { ...row, number: copy, snapshot: { ...row.snapshot, number: copy }, registrationKey: null };
  });
  for (let from = 0; from < copies.length; from += 200) await cases.insert(copies.slice(from, from + 200));
}
