import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Query } from '../api/client.js';
import { fetchPerformance } from '../api/insight-endpoints.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { Definitions } from './definitions.js';
import { FiguresTable } from './figures-table.js';
import { SaveButtons } from './save-buttons.js';
import { Totals } from './totals.js';
import { useRange } from './use-range.js';
import type { Group } from './use-words.js';

const GROUPS: readonly Group[] = ['department', 'ward', 'borough', 'officer', 'source', 'month', 'service', 'category'];

export function PerformanceSection({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { params, set } = useRange();
  const by = GROUPS.find((group) => group === params.get('by')) ?? 'department';
  const asked = { ...query, by };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['insight', 'performance', asked],
    queryFn: () => fetchPerformance(asked),
    placeholderData: (before) => (before && 'by' in before && before.by === by ? before : undefined),
  });
  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  return (
    <div className="stack">
      <Totals total={data.total} />
      <section className="card" aria-labelledby="performance">
        <div className="timeline__head">
          <h2 className="card__title" id="performance">
            {t('insight.performance')}
          </h2>
          <SaveButtons path="performance" query={asked} />
        </div>
        <Select
          label={t('insight.by')}
          data={GROUPS.map((group) => ({ value: group, label: t(`insight.group.${group}`) }))}
          value={by}
          onChange={(value) => set('by', value)}
          allowDeselect={false}
          maw={280}
          mb="sm"
        />
        {data.items.length === 0 ? (
          <Empty title={t('insight.none')} text={t('insight.none_text')} />
        ) : (
          <FiguresTable rows={data.items} group={by} />
        )}
      </section>
      <Definitions
        all={data.definitions}
        asOf={data.asOf}
        show={['cohort', 'sla', 'reopened', 'timeToResolve', 'rating', 'dissatisfied', 'officer']}
      />
    </div>
  );
}
