import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { BULK } from '../case/command-spec.js';
import { BulkDialog } from './bulk-dialog.js';

/** What can be done with the selected cases; each action says for how many of them. */
export function BulkBar({
  cases,
  onClear,
  onDone,
}: {
  cases: readonly CaseView[];
  onClear: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [command, setCommand] = useState<CommandName | null>(null);
  const possible = BULK.map((name) => ({
    name,
    count: cases.filter((view) => view.allowed.includes(name)).length,
  })).filter(({ count }) => count > 0);
  return (
    <div className="bulk" role="region" aria-label={t('bulk.title')}>
      <strong aria-live="polite">{t('bulk.selected', { count: cases.length })}</strong>
      <Menu position="top-start" width={300}>
        <Menu.Target>
          <Button disabled={possible.length === 0}>{t(possible.length === 0 ? 'bulk.nothing' : 'bulk.do')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {possible.map(({ name, count }) => (
            <Menu.Item
              key={name}
              onClick={() => setCommand(name)}
              rightSection={<span className="muted num">{t('bulk.of', { count, total: cases.length })}</span>}
            >
              {t(`command.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
      {command ? (
        <BulkDialog key={command} command={command} cases={cases} onClose={() => setCommand(null)} onDone={onDone} />
      ) : null}
    </div>
  );
}
