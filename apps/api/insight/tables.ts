import type { CallItem, Counted, ItemFigures, RegisterItem, Share } from '#libs/contracts/api/insight';
import type { Locale } from '#libs/domain/case/names';
import type { Table } from './table-format.js';

const HOUR_MS = 3_600_000;

const hours = (ms: number | null) => (ms === null ? null : Math.round((ms / HOUR_MS) * 10) / 10);
const round = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 1000);
const shareCells = ({ share, low, high, of }: Share & { of: Counted }) => [
  round(share),
  round(low),
  round(high),
  of.count,
];

const FIGURE_COLUMNS = [
  'tenant',
  'item',
  'name',
  'registered',
  'open',
  'answered',
  'rating_answers',
  'rating_average',
  'rating_low',
  'rating_high',
  'rated_1',
  'rated_2',
  'rated_3',
  'rated_4',
  'rated_5',
  'poorly_rated',
  'sla_met',
  'sla_low',
  'sla_high',
  'sla_of',
  'reopened',
  'reopened_low',
  'reopened_high',
  'reopened_of',
  'median_hours',
  'p90_hours',
  'resolved',
  'dissatisfied',
];

export function figuresTable(rows: readonly ItemFigures[], locale: Locale): Table {
  return {
    columns: FIGURE_COLUMNS,
    rows: rows.map((row) => [
      row.tenant,
      row.item,
      row.names[locale] ?? row.names.en,
      row.registered.count,
      row.open.count,
      row.answered.count,
      row.rating.count,
      round(row.rating.average),
      round(row.rating.low),
      round(row.rating.high),
      ...row.rating.distribution.map(({ count }) => count),
      row.rating.poor ? 'yes' : 'no',
      ...shareCells(row.sla),
      ...shareCells(row.reopened),
      hours(row.timeToResolve.median),
      hours(row.timeToResolve.p90),
      row.timeToResolve.count,
      row.dissatisfied.count,
    ]),
  };
}

export function registerTable(rows: readonly RegisterItem[]): Table {
  return {
    columns: [
      'number',
      'tenant',
      'sub_category',
      'department',
      'ward',
      'officer',
      'registered_at',
      'closed_at',
      'rating',
      'remarks',
      'closing_order',
    ],
    rows: rows.map((row) => [
      row.number,
      row.tenant,
      row.subCategory,
      row.department,
      row.ward,
      row.officer,
      row.registeredAt,
      row.closedAt,
      row.rating,
      row.remarks,
      row.closingOrder,
    ]),
  };
}

export function callTable(rows: readonly CallItem[]): Table {
  return {
    columns: [
      'number',
      'tenant',
      'sub_category',
      'ward',
      'rating',
      'rated_at',
      'remarks',
      'name',
      'mobile',
      'calls',
      'last_call',
      'last_outcome',
      'last_note',
    ],
    rows: rows.map((row) => [
      row.number,
      row.tenant,
      row.subCategory,
      row.ward,
      row.rating,
      row.ratedAt,
      row.remarks,
      row.citizen?.name ?? null,
      row.citizen?.mobile ?? null,
      row.calls.length,
      row.calls[0]?.at ?? null,
      row.calls[0]?.outcome ?? null,
      row.calls[0]?.note ?? null,
    ]),
  };
}
