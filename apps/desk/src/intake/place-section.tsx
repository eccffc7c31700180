import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { pointOf, type Point } from '../case/distance.js';
import type { SimilarCase } from './use-similar.js';

const WardMap = lazy(async () => ({ default: (await import('../case/ward-map.js')).WardMap }));

export interface PlaceSectionProps {
  place: Point | null;
  ward: string;
  similar: readonly SimilarCase[];
  onPick: (place: Point, ward: string | null) => void;
  onClear: () => void;
}

/** For callers who can say where it is: a point finds the ward and what is open close by. Nobody has to use it. */
export function PlaceSection({ place, ward, similar, onPick, onClear }: PlaceSectionProps) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="place-title">
      <h2 className="card__title" id="place-title">
        {t('intake.place')}
      </h2>
      <Suspense fallback={<div className="ward-map" aria-hidden="true" />}>
        <WardMap
          here={place}
          ward={ward}
          label={t('intake.place')}
          points={similar.flatMap((view) => {
            const point = pointOf(view);
            return point ? [{ number: view.number, same: true, ...point }] : [];
          })}
          onPick={onPick}
        />
      </Suspense>
      <p className="muted" aria-live="polite">
        {t(place ? 'intake.place_set' : 'intake.place_text')}
      </p>
      {place ? (
        <Button variant="default" size="compact-md" onClick={onClear}>
          {t('intake.place_clear')}
        </Button>
      ) : null}
    </section>
  );
}
