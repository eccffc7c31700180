import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { formatAge, formatDateTime } from '#libs/ui/format';
import { DueDate, DueTag } from '../case/due-tag.js';
import { StateWord } from '../case/state-word.js';
import { useMasters } from '../masters/use-masters.js';
import { useNow } from '../shell/use-now.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useLocale } from '../use-locale.js';

const ROW = 60;
const CARD = 138;

export interface InboxTableProps {
  rows: readonly CaseView[];
  total: number | undefined;
  active: number;
  onActive: (index: number) => void;
  selected: ReadonlySet<string>;
  onToggle: (number: string) => void;
  onToggleAll: () => void;
  onEnd: () => void;
  loadingMore: boolean;
  label: string;
}

/** A grid of which only the rows in sight exist; on a phone the same rows are cards. */
export function InboxTable(props: InboxTableProps) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const height = narrow ? CARD : ROW;
  const virtual = useVirtualizer({
    count: props.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  useLayoutEffect(() => virtual.measure(), [height, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { onEnd } = props;
  useEffect(() => {
    if (last >= props.rows.length - 25) onEnd();
  }, [last, props.rows.length, onEnd]);
  useEffect(() => {
    if (props.active >= 0) virtual.scrollToIndex(props.active, { align: 'auto' });
  }, [props.active, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 };
    const move = moves[event.key];
    if (move === undefined || event.target !== event.currentTarget) return;
    event.preventDefault();
    props.onActive(Math.max(0, Math.min(props.rows.length - 1, props.active + move)));
  };

  const all = props.rows.length > 0 && props.rows.every((row) => props.selected.has(row.number));
  return (
    <div
      className="inbox__grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total ?? -1}
      aria-multiselectable="true"
    >
      <div className="row row--head" role="row" aria-rowindex={1}>
        <span role="columnheader" className="row__pick">
          <input type="checkbox" checked={all} onChange={props.onToggleAll} aria-label={t('inbox.select_all')} />
        </span>
        {(['number', 'what', 'where', 'age', 'due', 'owner', 'state'] as const).map((column) => (
          <span key={column} role="columnheader" className={`row__${column}`}>
            {t(`inbox.column.${column}`)}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        className="inbox__scroll"
        tabIndex={0}
        role="rowgroup"
        aria-label={props.label}
        aria-activedescendant={
          focused && props.rows[props.active] ? `row-${props.rows[props.active]?.number}` : undefined
        }
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const view = props.rows[item.index];
            return view ? (
              <Row
                key={view.number}
                view={view}
                index={item.index}
                top={item.start}
                height={item.size}
                active={item.index === props.active}
                selected={props.selected.has(view.number)}
                onToggle={props.onToggle}
                onActive={props.onActive}
              />
            ) : null;
          })}
        </div>
        {props.loadingMore ? (
          <p className="inbox__more" role="status">
            {t('shell.loading')}
          </p>
        ) : null}
      </div>
    </div>
  );
}

interface RowProps {
  view: CaseView;
  index: number;
  top: number;
  height: number;
  active: boolean;
  selected: boolean;
  onToggle: (number: string) => void;
  onActive: (index: number) => void;
}

function Row({ view, index, top, height, active, selected, onToggle, onActive }: RowProps) {
  const { t } = useTranslation();
  const masters = useMasters();
  const locale = useLocale();
  const now = useNow();
  const what = masters.subCategoryName(view.subCategory);
  const where = [t('case.ward_n', { ward: view.ward }), view.location?.landmark].filter(Boolean).join(' · ');
  return (
    <div
      id={`row-${view.number}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`row${active ? ' row--active' : ''}${selected ? ' row--selected' : ''}`}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onActive(index)}
    >
      <span role="gridcell" className="row__pick">
        <input
          type="checkbox"
          checked={selected}
          onChange={() => onToggle(view.number)}
          aria-label={t('inbox.select', { number: view.number })}
        />
      </span>
      <span role="gridcell" className="row__number num">
        <Link to={`/cases/${view.number}`}>{view.number}</Link>
      </span>
      <span role="gridcell" className="row__what" title={view.description}>
        <strong>{what}</strong>
        <span className="row__second" lang={view.locale}>
          {view.description}
        </span>
      </span>
      <span role="gridcell" className="row__where" title={where}>
        {t('case.ward_n', { ward: view.ward })}
        <span className="row__second">{view.location?.landmark}</span>
      </span>
      <span role="gridcell" className="row__age num" title={formatDateTime(view.registeredAt, locale)}>
        {formatAge(view.registeredAt, locale, now)}
      </span>
      <span role="gridcell" className="row__due">
        <DueTag view={view} now={now} />
        <DueDate view={view} now={now} />
      </span>
      <span role="gridcell" className="row__owner" title={view.owner?.position}>
        {view.owner ? view.owner.designation : t('case.no_owner')}
        <span className="row__second">{view.owner?.name ?? view.owner?.position}</span>
      </span>
      <span role="gridcell" className="row__state">
        <StateWord view={view} />
        {view.directive ? <span className="row__second">{t('case.directive')}</span> : null}
      </span>
    </div>
  );
}
