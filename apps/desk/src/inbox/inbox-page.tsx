import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { formatNumber } from '#libs/ui/format';
import { countCases } from '../api/endpoints.js';
import { useUser } from '../session/session.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { useShortcuts } from '../shell/shortcuts.js';
import { useLocale } from '../use-locale.js';
import { BulkBar } from './bulk-bar.js';
import { FilterBar } from './filter-bar.js';
import { readFilters, toQuery, VIEWS, viewsFor, type FilterName, type ViewName } from './filters.js';
import { InboxTable } from './inbox-table.js';
import { useInbox } from './use-inbox.js';

export function InboxPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const user = useUser();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const views = useMemo(() => viewsFor(user), [user]);
  const view: ViewName = VIEWS.find((name) => name === search.get('view')) ?? views[0] ?? 'all';
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(() => toQuery(view, filters), [view, filters]);
  const inbox = useInbox(query);
  const { rows, fetchNextPage, hasNextPage, isFetchingNextPage } = inbox;
  const counts = useQueries({
    queries: views.map((name) => ({
      queryKey: ['count', toQuery(name, {})],
      queryFn: () => countCases(toQuery(name, {})),
      refetchInterval: 30_000,
    })),
  });
  const filtered = Object.keys(filters).length > 0;
  const ownCount = useQueries({
    queries: [{ queryKey: ['count', query], queryFn: () => countCases(query), refetchInterval: 30_000 }],
  })[0];

  const [active, setActive] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    setActive(0);
    setSelected(new Set());
  }, [query]);
  useEffect(() => {
    document.title = `${t(`view.${view}`)} · Pratikar`;
  }, [t, view]);

  const toggle = useCallback(
    (number: string) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(number)) next.add(number);
        return next;
      }),
    [],
  );
  const toggleAll = () =>
    setSelected(rows.every((row) => selected.has(row.number)) ? new Set() : new Set(rows.map((row) => row.number)));
  const change = (name: FilterName, value: string | null) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const openView = (name: ViewName) => setSearch(name === views[0] ? {} : { view: name });
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  useShortcuts([
    { keys: 'j', label: t('inbox.key.next'), run: () => setActive((index) => Math.min(rows.length - 1, index + 1)) },
    { keys: 'k', label: t('inbox.key.previous'), run: () => setActive((index) => Math.max(0, index - 1)) },
    {
      keys: 'Enter',
      label: t('inbox.key.open'),
      run: () => {
        const row = rows[active];
        if (row) void navigate(`/cases/${row.number}`);
      },
    },
    {
      keys: 'x',
      label: t('inbox.key.select'),
      run: () => {
        const row = rows[active];
        if (row) toggle(row.number);
      },
    },
    { keys: '/', label: t('inbox.key.search'), run: () => document.getElementById('inbox-search')?.focus() },
    { keys: 'r', label: t('inbox.key.refresh'), run: inbox.refresh },
    ...views
      .slice(0, 8)
      .map((name, index) => ({ keys: `${index + 1}`, label: t(`view.${name}`), run: () => openView(name) })),
  ]);

  return (
    <div className="inbox">
      <h1 className="sr">{t(`view.${view}`)}</h1>
      <nav className="views" aria-label={t('inbox.views')}>
        {views.map((name, index) => (
          <button
            key={name}
            type="button"
            className="views__item"
            aria-current={name === view ? 'page' : undefined}
            onClick={() => openView(name)}
          >
            {t(`view.${name}`)}
            {counts[index]?.data === undefined ? null : (
              <span className="views__count num">{formatNumber(counts[index].data, locale)}</span>
            )}
          </button>
        ))}
      </nav>
      <FilterBar
        filters={filters}
        search={search.toString()}
        onChange={change}
        onClear={() => setSearch(view === views[0] ? {} : { view })}
        onOpen={(saved) => setSearch(new URLSearchParams(saved))}
      />
      <p className="inbox__count" aria-live="polite">
        {ownCount?.data === undefined
          ? ''
          : t('inbox.count', { count: ownCount.data, shown: formatNumber(ownCount.data, locale) })}
        {inbox.unseen > 0 ? (
          <Button size="compact-sm" variant="light" onClick={inbox.refresh}>
            {t('inbox.unseen', { count: inbox.unseen })}
          </Button>
        ) : null}
      </p>
      {inbox.isPending ? <Slow rows={12} height={36} /> : null}
      {inbox.isError && rows.length === 0 ? <Broken error={inbox.error} onRetry={() => void inbox.refetch()} /> : null}
      {inbox.isSuccess && rows.length === 0 ? (
        <Empty
          title={t(filtered ? 'inbox.none_filtered' : 'inbox.none')}
          text={t(filtered ? 'inbox.none_filtered_text' : `view_text.${view}`)}
        />
      ) : null}
      {rows.length > 0 ? (
        <InboxTable
          label={t(`view.${view}`)}
          rows={rows}
          total={ownCount?.data}
          active={active}
          onActive={setActive}
          selected={selected}
          onToggle={toggle}
          onToggleAll={toggleAll}
          onEnd={onEnd}
          loadingMore={isFetchingNextPage}
        />
      ) : null}
      {selected.size > 0 ? (
        <BulkBar
          cases={rows.filter((row) => selected.has(row.number))}
          onClear={() => setSelected(new Set())}
          onDone={inbox.refresh}
        />
      ) : null}
    </div>
  );
}
