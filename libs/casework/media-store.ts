import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Settings } from '../config/settings.js';
import { MediaBucket, MediaUnavailableError } from './media-bucket.js';

/** Where pictures lie, by paths such as `3f/3f2a….jpg`. */
export interface MediaPlace {
  put(path: string, bytes: Buffer): Promise<void>;
  /** null: it is not there (any more). */
  get(path: string): Promise<Buffer | null>;
  remove(path: string): Promise<void>;
}

/**
 * Where pictures lie: a folder, or a bucket that several machines share. Nobody reaches either but through the API.
 * A bucket that does not answer, or a folder that takes no more, is a `MediaUnavailableError`.
 */
export class MediaStore implements MediaPlace {
  private readonly place: MediaPlace;

  constructor({ media }: Pick<Settings, 'media'>) {
    this.place = media.kind === 'folder' ? new MediaFolder(media.path) : new MediaBucket(media);
  }

  put(path: string, bytes: Buffer): Promise<void> {
    return this.place.put(inside(path), bytes);
  }

  get(path: string): Promise<Buffer | null> {
    return this.place.get(inside(path));
  }

  remove(path: string): Promise<void> {
    return this.place.remove(inside(path));
  }
}

class MediaFolder implements MediaPlace {
  constructor(private readonly folder: string) {}

  async put(path: string, bytes: Buffer): Promise<void> {
    const file = join(this.folder, path);
    // A reader never sees half a picture.
    const part = `${file}.${process.pid}.part`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(part, bytes);
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw new MediaUnavailableError('The folder of the pictures takes no more', { cause: error });
    }
  }

  async get(path: string): Promise<Buffer | null> {
    try {
      return await readFile(join(this.folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.folder, path), { force: true });
  }
}

function inside(path: string): string {
  const normal = normalize(path);
  if (normal.startsWith('..') || normal.startsWith('/')) throw new Error(`media path leaves its folder: ${path}`);
  return normal;
}
