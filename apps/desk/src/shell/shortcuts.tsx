import { Kbd, Modal, Table } from '@mantine/core';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Shortcut {
  /** One key, or two in a row: `j`, `g i`, `Enter`, `?`. */
  keys: string;
  label: string;
  run: () => void;
}

interface Registry {
  add: (id: symbol, shortcuts: readonly Shortcut[]) => void;
  remove: (id: symbol) => void;
  showHelp: () => void;
}

const ShortcutContext = createContext<Registry | null>(null);

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function activates(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, [role="option"]') !== null;
}

/** Single-key shortcuts; silent while somebody types or a dialog is open. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const groups = useRef(new Map<symbol, readonly Shortcut[]>());
  const [help, setHelp] = useState<readonly Shortcut[] | null>(null);
  const prefix = useRef<{ key: string; at: number } | null>(null);

  const showHelp = useCallback(() => setHelp([...groups.current.values()].flat()), []);
  const registry = useMemo<Registry>(
    () => ({
      add: (id, shortcuts) => groups.current.set(id, shortcuts),
      remove: (id) => groups.current.delete(id),
      showHelp,
    }),
    [showHelp],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (event.key === 'Enter' && activates(event.target)) return;
      if (event.key === '?') {
        event.preventDefault();
        showHelp();
        return;
      }
      const pressed =
        prefix.current && Date.now() - prefix.current.at < 1200 ? `${prefix.current.key} ${event.key}` : event.key;
      const all = [...groups.current.values()].flat();
      const hit = all.find((shortcut) => shortcut.keys === pressed);
      prefix.current =
        !hit && all.some((shortcut) => shortcut.keys.startsWith(`${event.key} `))
          ? { key: event.key, at: Date.now() }
          : null;
      if (hit) {
        event.preventDefault();
        hit.run();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [showHelp]);

  return (
    <ShortcutContext.Provider value={registry}>
      {children}
      <Modal
        opened={help !== null}
        onClose={() => setHelp(null)}
        title={t('shell.shortcuts')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Table>
          <Table.Tbody>
            {(help ?? []).map((shortcut) => (
              <Table.Tr key={shortcut.keys}>
                <Table.Td w={110}>
                  {shortcut.keys.split(' ').map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{shortcut.label}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </ShortcutContext.Provider>
  );
}

/** Shortcuts that live as long as the component that names them. */
export function useShortcuts(shortcuts: readonly Shortcut[]): { showHelp: () => void } {
  const registry = useContext(ShortcutContext);
  if (!registry) throw new Error('useShortcuts outside of its provider');
  const id = useRef(Symbol('shortcuts'));
  useEffect(() => {
    const own = id.current;
    registry.add(own, shortcuts);
    return () => registry.remove(own);
  });
  return { showHelp: registry.showHelp };
}
