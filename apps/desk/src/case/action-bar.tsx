import { Button, Drawer, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { Icon } from '../shell/icon.js';
import { useNarrow } from '../shell/use-narrow.js';
import { GRAVE, orderedActions } from './command-spec.js';

/** Exactly what the server allows: one main action, a few beside it, the rest behind a menu. */
export function ActionBar({ view, onCommand }: { view: CaseView; onCommand: (command: CommandName) => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const { main, others } = orderedActions(view.state, view.allowed);
  if (!main && others.length === 0) return <p className="muted case__no-action">{t('case.no_action')}</p>;

  const beside = narrow ? others.slice(0, 1) : others.filter((command) => !GRAVE.has(command)).slice(0, 2);
  const rest = others.filter((command) => !beside.includes(command));
  return (
    <div className="actions no-print" role="toolbar" aria-label={t('case.actions')}>
      {main ? (
        <Button
          size="md"
          className="actions__main"
          onClick={() => onCommand(main)}
          leftSection={main === 'resolve' ? <Icon name={narrow ? 'camera' : 'check'} /> : undefined}
        >
          {t(`command.${main}`)}
        </Button>
      ) : null}
      {beside.map((command) => (
        <Button key={command} size="md" variant="default" onClick={() => onCommand(command)}>
          {t(`command.${command}`)}
        </Button>
      ))}
      {rest.length > 0 && !narrow ? (
        <Menu position="bottom-end" width={290}>
          <Menu.Target>
            <Button size="md" variant="default" rightSection={<Icon name="more" />}>
              {t('case.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((command) => (
              <Menu.Item
                key={command}
                color={GRAVE.has(command) ? 'red' : undefined}
                onClick={() => onCommand(command)}
              >
                {t(`command.${command}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {rest.length > 0 && narrow ? (
        <>
          <Button
            size="md"
            variant="default"
            onClick={() => setOpen(true)}
            aria-label={t('case.more')}
            aria-haspopup="dialog"
          >
            <Icon name="more" />
          </Button>
          <Drawer
            opened={open}
            onClose={() => setOpen(false)}
            position="bottom"
            title={t('case.more')}
            size="auto"
            closeButtonProps={{ 'aria-label': t('shell.close') }}
          >
            <ul className="sheet">
              {rest.map((command) => (
                <li key={command}>
                  <Button
                    fullWidth
                    size="lg"
                    variant="subtle"
                    color={GRAVE.has(command) ? 'red' : 'teal'}
                    justify="flex-start"
                    onClick={() => {
                      setOpen(false);
                      onCommand(command);
                    }}
                  >
                    {t(`command.${command}`)}
                  </Button>
                </li>
              ))}
            </ul>
          </Drawer>
        </>
      ) : null}
    </div>
  );
}
