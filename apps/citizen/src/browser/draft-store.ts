import { openDB, type DBSchema } from 'idb';

/** A complaint that is being written on this device. */
export interface StoredDraft {
  /** The key the server knows it by: however often it is sent, it is one complaint. */
  key: string;
  city: string;
  fields: Record<string, string>;
  photos: { name: string; type: string; bytes: Blob }[];
  /** Its writer has pressed “send”; only the network was missing. */
  waiting: boolean;
  at: number;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredDraft };
}

/** There is one form, so there is one draft. */
const SLOT = 'current';

const database = openDB<Schema>('pratikar', 1, {
  upgrade: (db) => {
    db.createObjectStore('drafts');
  },
});

export async function readDraft(): Promise<StoredDraft | undefined> {
  return (await database).get('drafts', SLOT);
}

export async function writeDraft(draft: StoredDraft): Promise<void> {
  await (await database).put('drafts', draft, SLOT);
}

export async function dropDraft(): Promise<void> {
  await (await database).delete('drafts', SLOT);
}
