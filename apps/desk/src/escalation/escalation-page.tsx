import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { formatNumber } from '#libs/ui/format';
import { CommandDialog } from '../case/command-dialog.js';
import { CaseLine } from '../shell/case-line.js';
import { CountTile } from '../shell/count-tile.js';
import { WorkSection } from '../shell/work-section.js';
import { useLocale } from '../use-locale.js';

/** What came up the matrix: late, reopened, to be directed or answered. */
export function EscalationPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState<{ view: CaseView; command: CommandName } | null>(null);
  useEffect(() => {
    document.title = `${t('nav.escalations')} · Pratikar`;
  }, [t]);

  const line = (view: CaseView) => (
    <CaseLine
      key={view.number}
      view={view}
      note={
        <p>
          {t('case.level_n', { level: formatNumber(view.escalationLevel, locale) })}
          {view.reopens > 0 ? ` · ${t('case.reopened_times', { count: view.reopens })}` : ''}
          {view.remarks ? ` · “${view.remarks}”` : ''}
        </p>
      }
    >
      {(['direct', 'resolve', 'reassign', 'assign', 'ask-citizen'] as const)
        .filter((command) => view.allowed.includes(command))
        .slice(0, 3)
        .map((command, index) => (
          <Button key={command} variant={index === 0 ? 'filled' : 'default'} onClick={() => setOpen({ view, command })}>
            {t(`command.${command}`)}
          </Button>
        ))}
    </CaseLine>
  );
  const mine = { accountable: 'me' };

  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.escalations')}</h1>
        <p className="page__lead">{t('escalation.lead')}</p>
      </div>
      <div className="tiles">
        <CountTile
          label={t('view.reopened')}
          query={{ ...mine, state: 'reopened' }}
          to="/?view=accountable&state=reopened"
          tone="red"
        />
        <CountTile
          label={t('view.overdue')}
          query={{ ...mine, overdue: 'true' }}
          to="/?view=accountable&overdue=true"
          tone="red"
        />
        <CountTile label={t('view.accountable')} query={{ ...mine, state: 'working' }} to="/?view=accountable" />
      </div>
      <div className="stack">
        <WorkSection
          id="reopened"
          title={t('escalation.reopened')}
          empty={t('view_text.reopened')}
          query={{ ...mine, state: 'reopened' }}
          to="/?view=accountable&state=reopened"
          render={line}
        />
        <WorkSection
          id="breached"
          title={t('escalation.breached')}
          empty={t('view_text.accountable')}
          query={{ ...mine, state: 'assigned,reassignment_requested,awaiting_assignment' }}
          to="/?view=accountable"
          render={line}
        />
      </div>
      {open ? (
        <CommandDialog
          key={`${open.view.number}-${open.command}`}
          view={open.view}
          command={open.command}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}
