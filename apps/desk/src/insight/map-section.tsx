import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../api/client.js';
import type { ItemFigures } from '#libs/contracts/api/insight';
import { fetchWardFigures } from '../api/insight-endpoints.js';
import { WardMap } from '../case/ward-map.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { Definitions } from './definitions.js';
import { FiguresTable } from './figures-table.js';
import { SaveButtons } from './save-buttons.js';
import { useWords } from './use-words.js';

const MEASURES = ['registered', 'rating', 'sla', 'reopened'] as const;
type Measure = (typeof MEASURES)[number];

function valueOf(row: ItemFigures, measure: Measure): number | null {
  switch (measure) {
    case 'registered':
      return row.registered.count;
    case 'rating':
      return row.rating.average;
    case 'sla':
      return row.sla.share;
    case 'reopened':
      return row.reopened.share;
  }
}

export function MapSection({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { decimal, number, percent, name } = useWords();
  const [measure, setMeasure] = useState<Measure>('registered');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['insight', 'wards', query],
    queryFn: () => fetchWardFigures(query),
  });
  const rows = useMemo(() => new Map(data?.items.map((row) => [row.item, row])), [data]);
  const [least, most] = useMemo(() => {
    const values = [...rows.values()].map((row) => valueOf(row, measure)).filter((value) => value !== null);
    return [Math.min(...values), Math.max(...values)];
  }, [rows, measure]);
  const shade = useCallback(
    (ward: string) => {
      const row = rows.get(ward);
      const value = row ? valueOf(row, measure) : null;
      if (!row || value === null) return null;
      const depth = most === least ? 0.6 : 0.15 + 0.75 * ((value - least) / (most - least));
      const told = measure === 'registered' ? number(value) : measure === 'rating' ? decimal(value) : percent(value);
      return { depth, label: `${name(row, 'ward')}: ${told}` };
    },
    [rows, measure, least, most],
  );
  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('insight.none')} text={t('insight.none_text')} />;
  const told = (value: number) =>
    measure === 'registered' ? number(value) : measure === 'rating' ? decimal(value) : percent(value);
  return (
    <div className="stack">
      <section className="card" aria-labelledby="ward-figures">
        <div className="timeline__head">
          <h2 className="card__title" id="ward-figures">
            {t('insight.map')}
          </h2>
          <SaveButtons path="ward-map" query={query} />
        </div>
        <Select
          label={t('insight.measure')}
          data={MEASURES.map((each) => ({ value: each, label: t(`insight.measures.${each}`) }))}
          value={measure}
          onChange={(value) => setMeasure(MEASURES.find((each) => each === value) ?? 'registered')}
          allowDeselect={false}
          maw={280}
          mb="sm"
        />
        <p className="muted">{t('insight.map_text')}</p>
        <div className="insight-map">
          <WardMap here={null} ward="" points={[]} shade={shade} />
        </div>
        {Number.isFinite(least) ? (
          <p className="legend num">
            <span>{told(least)}</span>
            <span className="legend__scale" aria-hidden="true">
              {[0.15, 0.35, 0.55, 0.75, 0.9].map((depth) => (
                <svg key={depth} width={32} height={12} viewBox="0 0 32 12">
                  <rect className="legend__step" width={32} height={12} fillOpacity={depth} />
                </svg>
              ))}
            </span>
            <span>{told(most)}</span>
          </p>
        ) : null}
        <FiguresTable rows={data.items} group="ward" />
      </section>
      <Definitions
        all={data.definitions}
        asOf={data.asOf}
        show={['cohort', 'registered', 'rating', 'sla', 'reopened']}
      />
    </div>
  );
}
