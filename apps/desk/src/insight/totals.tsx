import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Counted, ItemFigures } from '#libs/contracts/api/insight';
import { casesAddress } from './figure.js';
import { useWords } from './use-words.js';

/** The city at a glance; with several cities the first line of each. */
export function Totals({ total }: { total: readonly ItemFigures[] }) {
  const { t } = useTranslation();
  const { decimal, number, percent, length } = useWords();
  const between = (low: number | null, high: number | null, words: (value: number) => string) =>
    low === null || high === null ? '' : t('insight.between', { low: words(low), high: words(high) });
  return (
    <>
      {total.map(({ tenant, registered, open, rating, sla, reopened, timeToResolve, dissatisfied }) => (
        <div key={tenant} className="tiles tiles--insight">
          <Tile of={registered} label={t('insight.defined.registered')} figure={number(registered.count)} />
          <Tile of={open} label={t('insight.defined.open')} figure={number(open.count)} />
          <Tile
            of={rating}
            label={t('insight.average')}
            figure={rating.average === null ? '–' : decimal(rating.average)}
            note={`${between(rating.low, rating.high, decimal)} · ${t('insight.answers')}: ${number(rating.count)}`}
          />
          <Tile
            of={sla}
            label={t('insight.in_time')}
            figure={percent(sla.share)}
            note={`${between(sla.low, sla.high, percent)} · ${t('insight.of', { count: number(sla.of.count) as never })}`}
          />
          <Tile
            of={reopened}
            label={t('insight.defined.reopened')}
            figure={percent(reopened.share)}
            note={`${between(reopened.low, reopened.high, percent)} · ${t('insight.of', { count: number(reopened.of.count) as never })}`}
          />
          <Tile
            of={timeToResolve}
            label={t('insight.median')}
            figure={length(timeToResolve.median)}
            note={`${t('insight.p90')}: ${length(timeToResolve.p90)}`}
          />
          <Tile of={dissatisfied} label={t('insight.defined.dissatisfied')} figure={number(dissatisfied.count)} />
        </div>
      ))}
    </>
  );
}

function Tile({ of, label, figure, note }: { of: Counted; label: string; figure: string; note?: string }) {
  return (
    <Link to={casesAddress(of.query)} className="tile">
      <span className="tile__figure">{figure}</span>
      <span className="muted">{label}</span>
      {note ? <span className="muted tile__note">{note}</span> : null}
    </Link>
  );
}
