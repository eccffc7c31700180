import { Button, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Query } from '../api/client.js';
import { fetchCallList } from '../api/insight-endpoints.js';
import { usePages } from '../api/use-pages.js';
import { useMasters } from '../masters/use-masters.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { CallCard } from './call-card.js';
import { Definitions } from './definitions.js';
import { SaveButtons } from './save-buttons.js';
import { useRange } from './use-range.js';

export function CallsSection({ query }: { query: Query }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const { params, set } = useRange();
  const service = params.get('subCategory');
  const all = params.get('all') === 'true';
  const pending = params.get('pending') !== 'false';
  const asked: Query = { ...query, ...(service ? { subCategory: service } : { all }), pending };
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePages(
    ['insight', 'calls', asked],
    (cursor) => fetchCallList({ ...asked, cursor }),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const first = data?.pages[0];
  return (
    <div className="stack">
      <section className="card" aria-labelledby="calls">
        <div className="timeline__head">
          <h2 className="card__title" id="calls">
            {t('insight.calls')}
            {service ? `: ${masters.subCategoryName(service)}` : ''}
          </h2>
          <SaveButtons path="call-list" query={asked} />
        </div>
        <div className="call-choices">
          <div className="segmented" role="group" aria-label={t('insight.which')}>
            {[false, true].map((every) => (
              <button
                key={String(every)}
                type="button"
                aria-pressed={!service && all === every}
                onClick={() => {
                  set('subCategory', null);
                  set('all', every ? 'true' : null);
                }}
              >
                {t(every ? 'insight.which_all' : 'insight.which_poor')}
              </button>
            ))}
          </div>
          <Switch
            label={t('insight.pending')}
            checked={pending}
            onChange={(event) => set('pending', event.currentTarget.checked ? null : 'false')}
          />
        </div>
        {isPending ? <Slow rows={4} height={90} /> : null}
        {error && !data ? <Broken error={error} onRetry={() => void refetch()} /> : null}
        {data && items.length === 0 ? (
          <Empty icon="phone" title={t('insight.calls_none')} text={t('insight.calls_none_text')} />
        ) : null}
        <ul className="plain-list">
          {items.map((item) => (
            <CallCard key={item.number} item={item} onKept={() => void refetch()} />
          ))}
        </ul>
        {hasNextPage ? (
          <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('insight.more')}
          </Button>
        ) : null}
      </section>
      {first ? <Definitions all={first.definitions} asOf={first.asOf} show={['poor', 'rating', 'cohort']} /> : null}
    </div>
  );
}
