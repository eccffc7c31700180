import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import type { Query } from '../api/client.js';
import { Broken, Slow } from './page-states.js';
import { useCaseList } from './use-case-list.js';

export interface WorkSectionProps {
  id: string;
  title: string;
  empty: string;
  query: Query;
  /** Where the whole list is. */
  to: string;
  render: (view: CaseView) => ReactNode;
}

export function WorkSection({ id, title, empty, query, to, render }: WorkSectionProps) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useCaseList(query);
  return (
    <section className="card" aria-labelledby={id}>
      <div className="timeline__head">
        <h2 className="card__title" id={id}>
          {title}
        </h2>
        <Link to={to}>{t('work.all')}</Link>
      </div>
      {isPending ? <Slow rows={3} height={56} /> : null}
      {error && !data ? <Broken error={error} onRetry={() => void refetch()} /> : null}
      {data && data.items.length === 0 ? <p className="muted">{empty}</p> : null}
      <ul className="plain-list plain-list--joined">{data?.items.map(render)}</ul>
    </section>
  );
}
