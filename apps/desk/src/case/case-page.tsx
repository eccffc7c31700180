import { Button, UnstyledButton } from '@mantine/core';
import { Fragment, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { CommandName } from '#libs/domain/case/names';
import { formatDateTime, formatNumber } from '#libs/ui/format';
import { useMasters } from '../masters/use-masters.js';
import { Icon } from '../shell/icon.js';
import { Broken, Slow } from '../shell/page-states.js';
import { useShortcuts } from '../shell/shortcuts.js';
import { useLocale } from '../use-locale.js';
import { ActionBar } from './action-bar.js';
import { CitizenPanel } from './citizen-panel.js';
import { CommandDialog } from './command-dialog.js';
import { NowPanel } from './now-panel.js';
import { Photos } from './photos.js';
import { Timeline } from './timeline.js';
import { useCase } from './use-case.js';

const Surroundings = lazy(async () => ({ default: (await import('./surroundings.js')).Surroundings }));

export function CasePage() {
  const { number = '' } = useParams();
  const { t } = useTranslation();
  const { data: view, error, isPending, refetch } = useCase(number);
  const masters = useMasters();
  const locale = useLocale();
  const navigate = useNavigate();
  const [command, setCommand] = useState<CommandName | null>(null);

  const what = view ? masters.subCategoryName(view.subCategory) : number;
  useEffect(() => {
    document.title = `${number} · ${what} · Pratikar`;
  }, [number, what]);

  const keys = useMemo(() => {
    const wanted: [string, CommandName][] = [
      ['a', 'assign'],
      ['a', 'reassign'],
      ['s', 'resolve'],
      ['q', 'ask-citizen'],
      ['c', 'comment'],
      ['f', 'attach'],
      ['d', 'direct'],
      ['o', 'transfer'],
    ];
    const seen = new Set<string>();
    return wanted.filter(([key, name]) => {
      if (!view?.allowed.includes(name) || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }, [view]);
  useShortcuts([
    { keys: 'u', label: t('case.key.back'), run: () => void navigate('/') },
    { keys: 'p', label: t('case.print'), run: () => window.print() },
    ...keys.map(([key, name]) => ({ keys: key, label: t(`command.${name}`), run: () => setCommand(name) })),
  ]);

  if (isPending) return <Slow rows={6} height={72} />;
  if (!view) {
    return (
      <>
        <h1 className="sr">{number}</h1>
        <Broken error={error} onRetry={() => void refetch()} />
      </>
    );
  }

  return (
    <article className="case" aria-labelledby="case-title">
      <header className="case__head">
        <UnstyledButton className="icon-button" onClick={() => void navigate(-1)} aria-label={t('case.back')}>
          <Icon name="back" />
        </UnstyledButton>
        <div className="case__heading">
          <h1 id="case-title" className="page__title">
            {what}
          </h1>
          <p className="muted">
            <span className="num case__number">{view.number}</span> · {t('case.ward_n', { ward: view.ward })} ·{' '}
            {t('case.borough_n', { borough: view.borough })} · {masters.departmentName(view.department)}
          </p>
        </div>
        <Button
          className="only-wide no-print"
          variant="default"
          leftSection={<Icon name="print" />}
          onClick={() => window.print()}
        >
          {t('case.print')}
        </Button>
      </header>
      <div className="case__body">
        <div className="case__main">
          <NowPanel view={view} />
          <ActionBar view={view} onCommand={setCommand} />
          <section className="card" aria-labelledby="complaint-title">
            <h2 className="card__title" id="complaint-title">
              {t('case.complaint')}
            </h2>
            <p className="case__description" lang={view.locale}>
              {view.description}
            </p>
            {view.answers ? (
              <dl className="facts">
                {view.answers.map(({ code, question, answer }) => (
                  <Fragment key={code}>
                    <dt>{question[locale] ?? question.en}</dt>
                    <dd>{answer[locale] ?? answer.en}</dd>
                  </Fragment>
                ))}
              </dl>
            ) : null}
            <Photos view={view} />
          </section>
          <Timeline number={view.number} view={view} />
        </div>
        <aside className="case__side" aria-label={t('case.details')}>
          <CitizenPanel view={view} />
          <section className="card" aria-labelledby="facts-title">
            <h2 className="card__title" id="facts-title">
              {t('case.details')}
            </h2>
            <dl className="facts">
              <dt>{t('case.source')}</dt>
              <dd>{t(`source.${view.source}`)}</dd>
              <dt>{t('case.registered')}</dt>
              <dd>{formatDateTime(view.registeredAt, locale)}</dd>
              <dt>{t('case.landmark')}</dt>
              <dd>{view.location?.landmark ?? t('case.none')}</dd>
              <dt>{t('case.level')}</dt>
              <dd>
                {view.escalationLevel === 0
                  ? t('case.level_0')
                  : t('case.level_n', { level: formatNumber(view.escalationLevel, locale) })}
              </dd>
              <dt>{t('case.followers')}</dt>
              <dd>{formatNumber(view.followers, locale)}</dd>
              {view.rating !== null ? (
                <>
                  <dt>{t('case.rating')}</dt>
                  <dd>
                    {t('case.stars', { count: view.rating })}
                    {view.remarks ? ` · “${view.remarks}”` : ''}
                  </dd>
                </>
              ) : null}
            </dl>
          </section>
          <Suspense fallback={<Slow rows={1} height={260} />}>
            <Surroundings view={view} />
          </Suspense>
        </aside>
      </div>
      {command ? <CommandDialog key={command} view={view} command={command} onClose={() => setCommand(null)} /> : null}
    </article>
  );
}
