import { useCallback, useState } from 'react';
import { useUser } from '../session/session.js';

export interface SavedView {
  name: string;
  /** The query string it stands for. */
  search: string;
}

function read(key: string): SavedView[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? (value as SavedView[]) : [];
  } catch {
    return [];
  }
}

/** Views a person saved on this device; each officer of a shared counter has their own. */
export function useSavedViews() {
  const { username } = useUser();
  const key = `pratikar.views.${username}`;
  const [views, setViews] = useState(() => read(key));
  const write = useCallback(
    (next: SavedView[]) => {
      localStorage.setItem(key, JSON.stringify(next));
      setViews(next);
    },
    [key],
  );
  return {
    views,
    save: (view: SavedView) => write([...views.filter((other) => other.name !== view.name), view]),
    remove: (name: string) => write(views.filter((view) => view.name !== name)),
  };
}
