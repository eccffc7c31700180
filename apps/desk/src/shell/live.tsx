import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { API } from '../api/client.js';

/** `live`: the server pushes; `polling`: pages ask every ten seconds; `connecting`: before either is known. */
type Mode = 'connecting' | 'live' | 'polling';

/** A case changed: everything else is read anew. */
export interface CaseChange {
  number: string;
  version?: number;
}

type Listener = (change: CaseChange) => void;

interface Live {
  mode: Mode;
  /** For react-query's refetchInterval: false while the server pushes. */
  interval: number | false;
  listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);
const POLL_MS = 10_000;
const REOPEN_MS = 60_000;

function parse(data: string): CaseChange | null {
  try {
    const value: unknown = JSON.parse(data);
    return value && typeof value === 'object' && 'number' in value && typeof value.number === 'string'
      ? (value as CaseChange)
      : null;
  } catch {
    return null;
  }
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const [mode, setMode] = useState<Mode>('connecting');
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = (event: MessageEvent<string>) => {
      const change = parse(event.data);
      if (change) listeners.current.forEach((listener) => listener(change));
    };
    const open = () => {
      source = new EventSource(`${API}/events`, { withCredentials: true });
      source.onopen = () => setMode('live');
      source.onmessage = onChange;
      source.addEventListener('case', onChange);
      source.onerror = () => {
        setMode('polling');
        // After a lost connection the browser tries again by itself, after a refusal it never would.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, []);

  const live = useMemo<Live>(
    () => ({
      mode,
      interval: mode === 'live' ? false : POLL_MS,
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [mode],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive outside of its provider');
  return live;
}

export function useCaseChanges(listener: Listener): void {
  const { listen } = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listen((change) => latest.current(change)), [listen]);
}
