import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { DueTag } from '../case/due-tag.js';
import { useMasters } from '../masters/use-masters.js';
import { useNow } from './use-now.js';

/** One case in a working list: what it is, who has it, when it is due, and what can be done at once. */
export function CaseLine({ view, note, children }: { view: CaseView; note?: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const now = useNow();
  return (
    <li className="work-item">
      <div>
        <p>
          <Link to={`/cases/${view.number}`} className="num">
            <strong>{view.number}</strong>
          </Link>{' '}
          {masters.subCategoryName(view.subCategory)} · {t('case.ward_n', { ward: view.ward })}{' '}
          <DueTag view={view} now={now} />
        </p>
        <p className="muted" lang={view.locale}>
          {view.description.length > 140 ? `${view.description.slice(0, 140)}…` : view.description}
        </p>
        <p className="muted">
          {t('case.with')} {view.owner ? `${view.owner.designation} (${view.owner.position})` : t('case.no_owner')}
        </p>
        {note}
      </div>
      <div className="work-item__actions">{children}</div>
    </li>
  );
}
