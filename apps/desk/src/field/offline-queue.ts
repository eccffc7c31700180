import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { CommandName } from '#libs/domain/case/names';
import { ApiProblem } from '../api/problem.js';
import type { FormValues } from '../case/form-values.js';
import { sendCommand } from '../case/send-command.js';
import { queryClient } from '../query-client.js';

/** A command given without a network; its id is the Idempotency-Key under which it was, or will be, sent. */
export interface WaitingCommand {
  id: string;
  number: string;
  command: CommandName;
  values: FormValues;
  /** Sub-category, to be told apart in the list. */
  what: string;
  givenAt: number;
  /** The server's refusal: it will not be sent again by itself. */
  problem?: { status: number; text: string };
}

interface Schema extends DBSchema {
  waiting: { key: string; value: WaitingCommand };
}

let database: Promise<IDBPDatabase<Schema>> | null = null;
function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('pratikar-desk', 1, {
    upgrade: (db) => void db.createObjectStore('waiting', { keyPath: 'id' }),
  });
  return database;
}

const listeners = new Set<() => void>();
let snapshot: readonly WaitingCommand[] = [];

async function changed(): Promise<void> {
  snapshot = (await (await open()).getAll('waiting')).sort((a, b) => a.givenAt - b.givenAt);
  listeners.forEach((listener) => listener());
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function waitingCommands(): readonly WaitingCommand[] {
  return snapshot;
}

export async function enqueue(entry: Omit<WaitingCommand, 'givenAt'>): Promise<void> {
  await (await open()).put('waiting', { ...entry, givenAt: Date.now() });
  await changed();
}

export async function discard(id: string): Promise<void> {
  await (await open()).delete('waiting', id);
  await changed();
}

/** Takes the mark of a refusal off, so that the next round sends it again. */
export async function retry(id: string): Promise<void> {
  const db = await open();
  const entry = await db.get('waiting', id);
  if (entry) {
    const { problem: _problem, ...rest } = entry;
    await db.put('waiting', rest);
  }
  await flush();
}

let flushing = false;
/** Sends what waits, oldest first; a refusal is kept with its reason, a lost network ends the round. */
export async function flush(): Promise<void> {
  if (flushing) return;
  flushing = true;
  try {
    await changed();
    for (const entry of snapshot.filter((item) => !item.problem)) {
      try {
        const after = await sendCommand(entry.number, entry.command, entry.values, entry.id);
        queryClient.setQueryData(['case', entry.number], after);
        void queryClient.invalidateQueries({ queryKey: ['timeline', entry.number] });
        await discard(entry.id);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status >= 500 || error.status === 401 || error.status === 429)
          return;
        await (await open()).put('waiting', { ...entry, problem: { status: error.status, text: error.message } });
        await changed();
      }
    }
  } finally {
    flushing = false;
  }
}

const AGAIN_MS = 30_000;
/** Starts the rounds; answers how to end them. */
export function startSending(): () => void {
  const round = () => void flush().catch(() => undefined);
  round();
  window.addEventListener('online', round);
  const timer = setInterval(() => {
    if (navigator.onLine && snapshot.some((entry) => !entry.problem)) round();
  }, AGAIN_MS);
  return () => {
    window.removeEventListener('online', round);
    clearInterval(timer);
  };
}
