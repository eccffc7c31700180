import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { formatNumber } from '#libs/ui/format';
import { CommandDialog } from '../case/command-dialog.js';
import { distanceMetres, pointOf, type Point } from '../case/distance.js';
import { DueDate, DueTag } from '../case/due-tag.js';
import { useMasters } from '../masters/use-masters.js';
import { Icon } from '../shell/icon.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { useCaseList } from '../shell/use-case-list.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { useWaiting } from './use-offline-queue.js';

/** A field officer's round: own cases, the nearest or the most urgent first, one thumb from photo to answer. */
export function TodayPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const now = useNow();
  const waiting = useWaiting();
  const { data, error, isPending, refetch } = useCaseList(
    { owner: 'me', state: 'assigned,reopened,reassignment_requested' },
    100,
  );
  const [here, setHere] = useState<Point | null>(null);
  const [problem, setProblem] = useState(false);
  const [resolving, setResolving] = useState<CaseView | null>(null);
  useEffect(() => {
    document.title = `${t('nav.today')} · Pratikar`;
  }, [t]);

  const cards = useMemo(() => {
    const all = (data?.items ?? []).map((view) => {
      const point = pointOf(view);
      return { view, point, metres: here && point ? Math.round(distanceMetres(here, point)) : null };
    });
    return here ? all.sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity)) : all;
  }, [data, here]);

  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setHere({ lat: coords.latitude, lon: coords.longitude });
        setProblem(false);
      },
      () => setProblem(true),
      { enableHighAccuracy: true, timeout: 20_000 },
    );

  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.today')}</h1>
        <span className="spacer" />
        <div className="segmented" role="group" aria-label={t('today.sort')}>
          <button type="button" aria-pressed={!here} onClick={() => setHere(null)}>
            {t('today.by_due')}
          </button>
          <button type="button" aria-pressed={here !== null} onClick={locate}>
            {t('today.by_distance')}
          </button>
        </div>
        {problem ? <p className="page__lead">{t('case.place_refused')}</p> : null}
      </div>
      {isPending ? <Slow rows={4} height={110} /> : null}
      {error && !data ? <Broken error={error} onRetry={() => void refetch()} /> : null}
      {data && cards.length === 0 ? <Empty icon="check" title={t('today.none')} text={t('view_text.mine')} /> : null}
      <ul className="plain-list">
        {cards.map(({ view, point, metres }) => {
          const kept = waiting.some((entry) => entry.number === view.number);
          return (
            <li key={view.number} className="today-card">
              <p>
                <strong>{masters.subCategoryName(view.subCategory)}</strong> <DueTag view={view} now={now} />{' '}
                <DueDate view={view} now={now} />
              </p>
              <p lang={view.locale}>{view.description}</p>
              <p className="muted">
                <Link to={`/cases/${view.number}`} className="num">
                  {view.number}
                </Link>{' '}
                · {t('case.ward_n', { ward: view.ward })}
                {view.location?.landmark ? ` · ${view.location.landmark}` : ''}
                {metres === null ? '' : ` · ${t('near.metres', { metres: formatNumber(metres, locale) })}`}
                {point ? (
                  <>
                    {' '}
                    · <a href={`geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}`}>{t('today.way')}</a>
                  </>
                ) : null}
              </p>
              {kept ? <p className="tag tag--soon">{t('today.kept')}</p> : null}
              <div className="today-card__actions">
                <Button
                  size="md"
                  disabled={kept || !view.allowed.includes('resolve')}
                  leftSection={<Icon name="camera" />}
                  onClick={() => setResolving(view)}
                >
                  {t('command.resolve')}
                </Button>
                <Button size="md" variant="default" component={Link} to={`/cases/${view.number}`}>
                  {t('today.open')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      {resolving ? (
        <CommandDialog key={resolving.number} view={resolving} command="resolve" onClose={() => setResolving(null)} />
      ) : null}
    </div>
  );
}
