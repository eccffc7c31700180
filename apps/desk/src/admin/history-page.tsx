import { Button, Group, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { HistoryAnswer } from '#libs/contracts/api/operation';
import { formatDateTime, formatNumber } from '#libs/ui/format';
import { fetchHistory } from '../api/workflow-endpoints.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { isFailure, isOfTheStory, useStory } from './history-story.js';
import { useLocale } from '../use-locale.js';

/** The story of one workflow: what was told to it, what it waited for, what failed and was tried again. */
export function HistoryPage() {
  const { t } = useTranslation();
  const { number } = useParams();
  const navigate = useNavigate();
  const [text, setText] = useState(number ?? '');
  useEffect(() => {
    document.title = `${t('nav.history')} · Pratikar`;
  }, [t]);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['history', number],
    queryFn: () => fetchHistory(number ?? ''),
    enabled: Boolean(number),
  });
  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.history')}</h1>
        <p className="page__lead">{t('history.lead')}</p>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate(`/history/${encodeURIComponent(text.trim())}`);
        }}
      >
        <Group align="flex-end" mb="md">
          <TextInput
            label={t('inbox.column.number')}
            placeholder="KMC-26-0001234-5"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
          />
          <Button type="submit">{t('history.show')}</Button>
          {number ? <Link to={`/cases/${number}`}>{t('intake.open')}</Link> : null}
        </Group>
      </form>
      {isFetching && !data ? <Slow rows={6} /> : null}
      {error ? <Broken error={error} onRetry={() => void refetch()} /> : null}
      {!number ? <Empty icon="history" title={t('history.empty')} /> : null}
      <div className="stack">
        {data?.map((run, index) => (
          <Run key={run.runId} run={run} index={index} />
        ))}
      </div>
    </div>
  );
}

function Run({ run, index }: { run: HistoryAnswer['runs'][number]; index: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [all, setAll] = useState(false);
  const failures = run.events.filter(isFailure).length;
  const tell = useStory();
  const events = all ? run.events : run.events.filter(isOfTheStory);
  return (
    <section className="card" aria-labelledby={`run-${run.runId}`}>
      <div className="timeline__head">
        <h2 className="card__title" id={`run-${run.runId}`}>
          {t('history.run', { n: formatNumber(index + 1, locale) })}
        </h2>
        <div className="segmented" role="group" aria-label={t('timeline.show')}>
          <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
            {t('history.story')}
          </button>
          <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
            {t('history.raw')}
          </button>
        </div>
      </div>
      <p className="muted">
        <span className="num">{run.runId}</span> ·{' '}
        {t('history.events', { count: run.events.length, shown: formatNumber(run.events.length, locale) })} ·{' '}
        {t(run.archived ? 'history.archived' : 'history.live')}
        {run.ui ? (
          <>
            {' '}
            ·{' '}
            <a href={run.ui} target="_blank" rel="noreferrer">
              {t('history.ui')}
            </a>
          </>
        ) : null}
      </p>
      <p className={failures > 0 ? 'notice notice--red' : 'muted'}>
        {failures > 0 ? t('history.failures', { count: failures }) : t('history.no_failures')}
      </p>
      <div className="table-wrap" tabIndex={0} role="group" aria-labelledby={`run-${run.runId}`}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>#</Table.Th>
              <Table.Th>{t(all ? 'history.time' : 'history.local_time')}</Table.Th>
              <Table.Th>{t(all ? 'history.event' : 'history.what')}</Table.Th>
              {all ? <Table.Th>{t('history.what')}</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event) => (
              <Table.Tr key={event.id}>
                <Table.Td className="num">{event.id}</Table.Td>
                <Table.Td className="num">
                  {all
                    ? new Date(event.at).toISOString().replace('T', ' ').slice(0, 23)
                    : formatDateTime(event.at, locale)}
                </Table.Td>
                <Table.Td>
                  <Said failed={isFailure(event)}>{all ? event.type.replaceAll('_', ' ') : tell(event)}</Said>
                </Table.Td>
                {all ? <Table.Td>{event.name ?? ''}</Table.Td> : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

function Said({ failed, children }: { failed: boolean; children: string }) {
  return failed ? <strong className="messages__error">{children}</strong> : <>{children}</>;
}
