import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { formatAge, formatNumber } from '#libs/ui/format';
import { listCases } from '../api/endpoints.js';
import { useMasters } from '../masters/use-masters.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { distanceMetres, pointOf } from './distance.js';

const WardMap = lazy(async () => ({ default: (await import('./ward-map.js')).WardMap }));
const NEAR_M = 500;

/** Open cases near by, as a list that anybody can read and a map beside it that says the same. */
export function Surroundings({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const locale = useLocale();
  const now = useNow();
  const { data } = useQuery({
    queryKey: ['near', view.tenant, view.ward],
    queryFn: () => listCases({ ward: view.ward, state: 'open', limit: 200 }),
  });
  const here = useMemo(() => pointOf(view), [view]);
  const near = useMemo(() => {
    const others = (data?.items ?? []).filter((other) => other.number !== view.number);
    return others
      .map((other) => {
        const point = pointOf(other);
        return { other, point, metres: here && point ? Math.round(distanceMetres(here, point)) : null };
      })
      .filter(({ metres }) => (here ? metres !== null && metres <= NEAR_M : true))
      .sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity))
      .slice(0, 12);
  }, [data, view, here]);

  return (
    <section className="card surroundings" aria-labelledby="near-title">
      <h2 className="card__title" id="near-title">
        {t(here ? 'near.title' : 'near.title_ward')}
      </h2>
      <Suspense fallback={<div className="ward-map" aria-hidden="true" />}>
        <WardMap
          here={here}
          ward={view.ward}
          points={near.flatMap(({ other, point }) =>
            point ? [{ number: other.number, same: other.subCategory === view.subCategory, ...point }] : [],
          )}
        />
      </Suspense>
      <p className="muted small">{t('near.legend')}</p>
      {data && near.length === 0 ? <p className="muted">{t('near.none')}</p> : null}
      <ul className="plain-list plain-list--tight">
        {near.map(({ other, metres }) => (
          <li key={other.number}>
            <Link to={`/cases/${other.number}`} className="num">
              {other.number}
            </Link>{' '}
            {masters.subCategoryName(other.subCategory)}
            <span className="muted">
              {[
                '',
                metres === null ? other.location?.landmark : t('near.metres', { metres: formatNumber(metres, locale) }),
                formatAge(other.registeredAt, locale, now),
                t(`state.${other.state}`),
              ]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
            {other.subCategory === view.subCategory ? <strong> · {t('near.same')}</strong> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
