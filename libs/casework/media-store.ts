import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Settings } from '../config/settings.js';

/** Where pictures lie: a folder. */
export class MediaStore {
  constructor(private readonly settings: Pick<Settings, 'media'>) {}

  async put(path: string, bytes: Buffer): Promise<void> {
    const file = this.fileOf(path);
    await mkdir(dirname(file), { recursive: true });
    // A reader never sees half a picture.
    const part = `${file}.${process.pid}.part`;
    await writeFile(part, bytes);
    await rename(part, file);
  }

  /** null: it is not there (any more). */
  async get(path: string): Promise<Buffer | null> {
    try {
      return await readFile(this.fileOf(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(this.fileOf(path), { force: true });
  }

  private fileOf(path: string): string {
    const inside = normalize(path);
    if (inside.startsWith('..') || inside.startsWith('/')) throw new Error(`media path leaves its folder: ${path}`);
    return join(this.settings.media.path, inside);
  }
}
