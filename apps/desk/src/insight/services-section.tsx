import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Query } from '../api/client.js';
import type { ServiceFigures, ServicesAnswer } from '#libs/contracts/api/insight';
import { fetchServices } from '../api/insight-endpoints.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { Distribution, IntervalMark, Trend } from './charts.js';
import { Definitions } from './definitions.js';
import { Figure } from './figure.js';
import { SaveButtons } from './save-buttons.js';
import { Totals } from './totals.js';
import { useWords } from './use-words.js';

export function ServicesSection({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['insight', 'services', query],
    queryFn: () => fetchServices(query),
  });
  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('insight.none')} text={t('insight.none_text')} />;
  return (
    <div className="stack">
      <Totals total={data.total} />
      <Poor answer={data} />
      <section className="card" aria-labelledby="ratings">
        <div className="timeline__head">
          <h2 className="card__title" id="ratings">
            {t('insight.services')}
          </h2>
          <SaveButtons path="services" query={query} />
        </div>
        <p className="muted">{t('insight.scale')}</p>
        <div className="table-wrap">
          <Table className="figures">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('insight.service')}</Table.Th>
                <Table.Th ta="end">{t('insight.defined.registered')}</Table.Th>
                <Table.Th ta="end">{t('insight.answers')}</Table.Th>
                <Table.Th ta="end">{t('insight.average')}</Table.Th>
                <Table.Th>{t('insight.interval')}</Table.Th>
                <Table.Th>{t('insight.distribution')}</Table.Th>
                <Table.Th>{t('insight.trend')}</Table.Th>
                <Table.Th ta="end">{t('insight.defined.reopened')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((row) => (
                <ServiceRow key={`${row.tenant}/${row.item}`} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </section>
      <Definitions all={data.definitions} asOf={data.asOf} show={['rating', 'poor', 'trend', 'reopened', 'cohort']} />
    </div>
  );
}

function ServiceRow({ row }: { row: ServiceFigures }) {
  const { t } = useTranslation();
  const { decimal, number, percent, name, month } = useWords();
  const { rating, trend, change, reopened } = row;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name(row, 'service')}{' '}
        {rating.poor ? <span className="tag tag--overdue">{t('insight.defined.poor')}</span> : null}
      </Table.Th>
      <Table.Td ta="end">
        <Figure of={row.registered} />
      </Table.Td>
      <Table.Td ta="end">
        <Figure of={rating} />
      </Table.Td>
      <Table.Td ta="end" className="num">
        {rating.average === null ? '–' : decimal(rating.average)}
      </Table.Td>
      <Table.Td>
        {rating.low === null || rating.high === null ? (
          <span className="muted">{t('insight.no_answers')}</span>
        ) : (
          <span className="with-mark">
            <IntervalMark {...rating} value={rating.average} min={1} max={5} tone={rating.poor ? 'red' : 'accent'} />
            <span className="num">
              {t('insight.between', { low: decimal(rating.low), high: decimal(rating.high) })}
            </span>
          </span>
        )}
      </Table.Td>
      <Table.Td>
        <span className="with-mark">
          <Distribution counts={rating.distribution.map(({ count }) => count)} />
          <span className="stars">
            {rating.distribution.map((part) => (
              <Figure
                key={part.rating}
                of={part}
                label={t('insight.stars', { rating: number(part.rating), count: number(part.count) })}
              />
            ))}
          </span>
        </span>
      </Table.Td>
      <Table.Td>
        <span className="with-mark">
          <Trend averages={trend.map(({ average }) => average ?? 1)} />
          <span className="num">
            {change === null ? '' : `${change > 0 ? '▲ +' : change < 0 ? '▼ ' : ''}${decimal(change)}`}
          </span>
        </span>
        <span className="sr">
          {trend
            .map((point) => `${month(point.month)}: ${decimal(point.average ?? 0)} (${number(point.count)})`)
            .join(', ')}
        </span>
      </Table.Td>
      <Table.Td ta="end">
        <Figure of={reopened}>{percent(reopened.share)}</Figure>
      </Table.Td>
    </Table.Tr>
  );
}

/** The services to act on, each with what was written and the way to its citizens. */
function Poor({ answer }: { answer: ServicesAnswer }) {
  const { t } = useTranslation();
  const { decimal, number, name } = useWords();
  const poor = answer.items.filter(({ rating }) => rating.poor);
  return (
    <section className="card" aria-labelledby="poor">
      <h2 className="card__title" id="poor">
        {t('insight.poor_title')}
      </h2>
      {poor.length === 0 ? <p className="muted">{t('insight.poor_none')}</p> : null}
      {poor.map((row) => {
        const { rating } = row;
        const remarks =
          answer.remarks.find((each) => each.item === row.item && each.tenant === row.tenant)?.items ?? [];
        const values = {
          answers: number(rating.count),
          average: decimal(rating.average ?? 0),
          low: decimal(rating.low ?? 0),
          high: decimal(rating.high ?? 0),
        };
        return (
          <article key={`${row.tenant}/${row.item}`} className="poor">
            <h3 className="poor__name">{name(row, 'service')}</h3>
            <p>
              {t('insight.poor_line', values)}{' '}
              <Link to={`/insight/calls?subCategory=${encodeURIComponent(row.item)}`}>{t('insight.call_them')}</Link>
            </p>
            {remarks.length > 0 ? (
              <ul className="plain-list plain-list--tight" aria-label={t('insight.remarks')}>
                {remarks.map((remark) => (
                  <li key={remark.number}>
                    <Link to={`/cases/${remark.number}`} className="num">
                      {remark.number}
                    </Link>{' '}
                    {'★'.repeat(remark.rating)} “{remark.text}”
                  </li>
                ))}
              </ul>
            ) : null}
          </article>
        );
      })}
    </section>
  );
}
