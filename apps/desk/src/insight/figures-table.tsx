import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ItemFigures } from '#libs/contracts/api/insight';
import { Figure } from './figure.js';
import { IntervalMark } from './charts.js';
import { useWords, type Group } from './use-words.js';

/** All figures of each item; shares with the line of their interval. */
export function FiguresTable({ rows, group }: { rows: readonly ItemFigures[]; group: Group }) {
  const { t } = useTranslation();
  const { decimal, number, percent, length, name } = useWords();
  return (
    <div className="table-wrap">
      <Table className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`insight.group.${group}`)}</Table.Th>
            <Table.Th ta="end">{t('insight.defined.registered')}</Table.Th>
            <Table.Th ta="end">{t('insight.defined.open')}</Table.Th>
            <Table.Th>{t('insight.chart_sla')}</Table.Th>
            <Table.Th ta="end">{t('insight.defined.reopened')}</Table.Th>
            <Table.Th ta="end">{t('insight.median')}</Table.Th>
            <Table.Th ta="end">{t('insight.p90')}</Table.Th>
            <Table.Th ta="end">{t('insight.average')}</Table.Th>
            <Table.Th ta="end">{t('insight.answers')}</Table.Th>
            <Table.Th ta="end">{t('insight.defined.dissatisfied')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.tenant}/${row.item}`}>
              <Table.Th scope="row" fw={500}>
                {name(row, group)}
              </Table.Th>
              <Table.Td ta="end">
                <Figure of={row.registered} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure of={row.open} />
              </Table.Td>
              <Table.Td>
                <span className="with-mark">
                  <IntervalMark low={row.sla.low} high={row.sla.high} value={row.sla.share} min={0} max={1} />
                  <span>
                    <Figure of={row.sla}>{percent(row.sla.share)}</Figure>{' '}
                    <span className="muted num">{t('insight.of', { count: number(row.sla.of.count) as never })}</span>
                  </span>
                </span>
              </Table.Td>
              <Table.Td ta="end">
                <Figure of={row.reopened}>{percent(row.reopened.share)}</Figure>{' '}
                <span className="muted num">{t('insight.of', { count: number(row.reopened.of.count) as never })}</span>
              </Table.Td>
              <Table.Td ta="end">
                <Figure of={row.timeToResolve}>{length(row.timeToResolve.median)}</Figure>
              </Table.Td>
              <Table.Td ta="end" className="num">
                {length(row.timeToResolve.p90)}
              </Table.Td>
              <Table.Td ta="end" className="num">
                {row.rating.average === null || row.rating.low === null || row.rating.high === null ? (
                  '–'
                ) : (
                  <span title={t('insight.between', { low: decimal(row.rating.low), high: decimal(row.rating.high) })}>
                    {decimal(row.rating.average)}{' '}
                    <span className="muted">
                      ({t('insight.between', { low: decimal(row.rating.low), high: decimal(row.rating.high) })})
                    </span>
                  </span>
                )}
              </Table.Td>
              <Table.Td ta="end">
                <Figure of={row.rating} />
              </Table.Td>
              <Table.Td ta="end">
                <Figure of={row.dissatisfied} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
