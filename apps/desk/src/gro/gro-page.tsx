import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { CommandDialog } from '../case/command-dialog.js';
import { useTimeline } from '../case/use-case.js';
import { CaseLine } from '../shell/case-line.js';
import { CountTile } from '../shell/count-tile.js';
import { WorkSection } from '../shell/work-section.js';
import { Workload } from './workload.js';

/** The grievance officer's day: decide requests, assign what nobody has, see who is overloaded or absent. */
export function GroPage() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ view: CaseView; command: CommandName } | null>(null);
  useEffect(() => {
    document.title = `${t('nav.gro')} · Pratikar`;
  }, [t]);

  const buttons = (view: CaseView, commands: readonly CommandName[]) =>
    commands
      .filter((command) => view.allowed.includes(command))
      .map((command, index) => (
        <Button key={command} variant={index === 0 ? 'filled' : 'default'} onClick={() => setOpen({ view, command })}>
          {t(`command.${command}`)}
        </Button>
      ));

  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.gro')}</h1>
        <p className="page__lead">{t('gro.lead')}</p>
      </div>
      <div className="tiles">
        <CountTile
          label={t('view.requests')}
          query={{ state: 'reassignment_requested' }}
          to="/?view=requests"
          tone="amber"
        />
        <CountTile
          label={t('view.unassigned')}
          query={{ state: 'awaiting_assignment' }}
          to="/?view=unassigned"
          tone="amber"
        />
        <CountTile label={t('view.overdue')} query={{ overdue: 'true' }} to="/?view=overdue" tone="red" />
        <CountTile label={t('view.open')} query={{ state: 'working' }} to="/?view=open" />
      </div>
      <div className="stack">
        <WorkSection
          id="requests"
          title={t('view.requests')}
          empty={t('view_text.requests')}
          query={{ state: 'reassignment_requested' }}
          to="/?view=requests"
          render={(view) => (
            <CaseLine key={view.number} view={view} note={<RequestReason number={view.number} />}>
              {buttons(view, ['reassign', 'decline-reassignment', 'transfer'])}
            </CaseLine>
          )}
        />
        <WorkSection
          id="unassigned"
          title={t('view.unassigned')}
          empty={t('view_text.unassigned')}
          query={{ state: 'awaiting_assignment' }}
          to="/?view=unassigned"
          render={(view) => (
            <CaseLine key={view.number} view={view}>
              {buttons(view, ['assign', 'transfer', 'reject'])}
            </CaseLine>
          )}
        />
        <Workload />
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

/** Why the officer does not want it: the sentence on which the decision hangs. */
function RequestReason({ number }: { number: string }) {
  const { t } = useTranslation();
  const { data } = useTimeline(number);
  const request = data?.findLast((item) => item.event === 'reassignment_requested');
  return request?.text ? (
    <p className="entry__text">
      {t('gro.because')} {request.text}
    </p>
  ) : null;
}
