import { useEffect, useRef, useState } from 'preact/hooks';
import type { PhoneItem } from '#libs/contracts/api/phones';
import { look } from './api.js';

export interface PhoneState {
  mobile: string;
  on: boolean;
  windowUntil: number;
  items: PhoneItem[];
}

export interface Telephones {
  phones: ReadonlyMap<string, PhoneState>;
  whatsapp: boolean;
  /** Why nothing new can be seen; null: all is well. */
  trouble: string | null;
  /** Looks at once, after something was sent. */
  refresh(): void;
}

const EVERY_MS = 700;
const SAVED = 'pratikar.telephones';

export function savedMobiles(): string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(SAVED) ?? 'null');
    if (Array.isArray(saved) && saved.every((each) => typeof each === 'string')) return saved;
  } catch {
    // What cannot be read is as if it were not there.
  }
  return ['+919830012345'];
}

export function saveMobiles(mobiles: readonly string[]): void {
  localStorage.setItem(SAVED, JSON.stringify(mobiles));
}

/** The telephones as the server knows them, looked at again and again. */
export function useTelephones(mobiles: readonly string[], looking: readonly string[]): Telephones {
  const [state, setState] = useState<Omit<Telephones, 'refresh'>>({ phones: new Map(), whatsapp: true, trouble: null });
  const wake = useRef<() => void>(() => undefined);
  const wished = useRef({ mobiles, looking });
  wished.current = { mobiles, looking };
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = new Map<string, PhoneState>();
    let revision = 0;
    let asked = '';
    const turn = async (): Promise<void> => {
      clearTimeout(timer);
      const { mobiles: now, looking: seen } = wished.current;
      // A telephone that was just taken up has to be told from its beginning.
      if (now.join() !== asked) revision = 0;
      asked = now.join();
      try {
        const visible = document.visibilityState === 'visible' ? seen : [];
        const told = await look(now, visible, revision);
        if (told.revision < revision) known = new Map();
        revision = told.revision;
        known = new Map(
          told.phones.map(({ items, ...phone }) => [
            phone.mobile,
            { ...phone, items: merged(known.get(phone.mobile)?.items ?? [], items) },
          ]),
        );
        if (!over) setState({ phones: known, whatsapp: told.whatsapp, trouble: null });
      } catch (error) {
        if (!over) setState((before) => ({ ...before, trouble: (error as Error).message }));
      }
      if (!over) timer = setTimeout(() => void turn(), EVERY_MS);
    };
    wake.current = () => void turn();
    void turn();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [mobiles.join()]);
  return { ...state, refresh: () => wake.current() };
}

function merged(before: readonly PhoneItem[], changed: readonly PhoneItem[]): PhoneItem[] {
  if (changed.length === 0) return before as PhoneItem[];
  const all = new Map(before.map((item) => [item.id, item]));
  for (const item of changed) all.set(item.id, item);
  return [...all.values()].sort((one, other) => one.at - other.at);
}
