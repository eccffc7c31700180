import { createHash } from 'node:crypto';
import type { GraphClient, WhatsAppLine } from '#libs/channels/whatsapp/graph-client';
import { readPicture } from '#libs/casework/picture';
import type { MediaStore } from '#libs/casework/media-store';
import { CaseworkProblem } from '#libs/casework/problem';
import type { ChatMedia } from '#libs/contracts/chat';
import type { EffectResults } from '#libs/dialogue/types';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

const MOST_PHOTO = 5 * 1024 * 1024;
const MOST_VOICE = 16 * 1024 * 1024;

const VOICES = [
  { mime: 'audio/ogg', extension: 'ogg', magic: (b: Buffer) => b.toString('latin1', 0, 4) === 'OggS' },
  { mime: 'audio/mp4', extension: 'm4a', magic: (b: Buffer) => b.toString('latin1', 4, 8) === 'ftyp' },
  { mime: 'audio/amr', extension: 'amr', magic: (b: Buffer) => b.toString('latin1', 0, 5) === '#!AMR' },
  { mime: 'audio/mpeg', extension: 'mp3', magic: (b: Buffer) => isMp3(b) },
] as const;

/** Whoever can fetch what was sent in a chat. */
export type MediaFetcher = Pick<GraphClient, 'fetchMedia'>;

export interface KeepRequest {
  media: ChatMedia;
  as: 'photo' | 'voice';
  messageId: string;
  tenant: string;
  /** Person id of the citizen. */
  by: string;
}

/** Fetches, judges and stores what somebody sent; the same message is stored once. */
export class ChatMediaKeeper {
  constructor(
    private readonly store: Pick<MediaStore, 'put'>,
    private readonly unitOfWork: UnitOfWork,
    private readonly fetcher: MediaFetcher | null,
  ) {}

  async keep(line: WhatsAppLine | null, request: KeepRequest): Promise<EffectResults['keep']> {
    if (!this.fetcher || !line) return { ok: false, problem: 'unavailable' };
    const { media, as } = request;
    const limit = as === 'photo' ? MOST_PHOTO : MOST_VOICE;
    const fetched = await this.fetcher.fetchMedia(line, media.id, limit, media.sha256);
    if (!fetched.ok) return fetched;
    const readable = as === 'photo' ? await photoOf(fetched.bytes) : voiceOf(fetched.bytes);
    if (!readable) return { ok: false, problem: 'not_supported' };
    return { ok: true, id: await this.file(request, readable) };
  }

  private async file(request: KeepRequest, file: StoredFile): Promise<string> {
    const id = uuidOf(`${request.messageId}/${request.media.id}`);
    const path = `${id.slice(0, 2)}/${id}.${file.extension}`;
    await this.store.put(path, file.bytes);
    const row: AttachmentEntity = {
      id,
      tenant: request.tenant,
      mime: file.mime,
      bytes: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      path,
      lat: file.place?.lat ?? null,
      lon: file.place?.lon ?? null,
      uploadedBy: request.by,
      number: null,
      kind: 'complaint',
      createdAt: Date.now(),
    };
    await this.unitOfWork.run((em) =>
      em.createQueryBuilder().insert().into(AttachmentEntity).values(row).orIgnore().execute(),
    );
    return id;
  }
}

interface StoredFile {
  mime: string;
  extension: string;
  bytes: Buffer;
  place?: { lat: number; lon: number } | null;
}

async function photoOf(bytes: Buffer): Promise<StoredFile | null> {
  try {
    return await readPicture(bytes);
  } catch (error) {
    if (error instanceof CaseworkProblem) return null;
    throw error;
  }
}

function voiceOf(bytes: Buffer): StoredFile | null {
  const kind = bytes.length < 16 ? undefined : VOICES.find(({ magic }) => magic(bytes));
  return kind ? { mime: kind.mime, extension: kind.extension, bytes } : null;
}

function isMp3(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0);
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
