import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 760px)');

function subscribe(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** A phone held upright, more or less: lists become cards, actions move to the thumb. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
