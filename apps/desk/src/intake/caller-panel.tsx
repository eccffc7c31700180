import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { formatAge, formatDay, formatNumber } from '#libs/ui/format';
import { newKey } from '../api/client.js';
import { giveCommand, listOldComplaints } from '../api/endpoints.js';
import { useMasters } from '../masters/use-masters.js';
import { problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import type { SimilarCase } from './use-similar.js';

export interface CallerPanelProps {
  /** Ten digits, or empty while the number is incomplete. */
  mobile: string;
  cases: readonly CaseView[] | undefined;
  similar: readonly SimilarCase[] | undefined;
  /** These are the ones close to the place, not those of the whole ward. */
  near: boolean;
  onFollowed: () => void;
  /** Stands between the similar cases and the caller. */
  children: ReactNode;
}

/** Who is calling and what they told before; and whether the same has been told by somebody else. */
export function CallerPanel({ mobile, cases, similar, near, onFollowed, children }: CallerPanelProps) {
  const { t } = useTranslation();
  const say = useToast();
  const [busy, setBusy] = useState<string | null>(null);

  const follow = async (view: SimilarCase) => {
    setBusy(view.number);
    try {
      await giveCommand(view.number, 'follow', { citizen: { mobile } }, newKey());
      say(t('intake.followed', { number: view.number }));
      onFollowed();
    } catch (error) {
      say(problemText(error, t), 'red');
    } finally {
      setBusy(null);
    }
  };

  return (
    <aside className="stack" aria-label={t('intake.beside')}>
      <section className="card" aria-labelledby="similar-title">
        <h2 className="card__title" id="similar-title">
          {t('intake.similar')}
        </h2>
        <div aria-live="polite">
          {similar && similar.length > 0 ? (
            <p className="notice notice--amber">
              {t(near ? 'intake.near_text' : 'intake.similar_text', { count: similar.length })}
            </p>
          ) : null}
          {!similar || similar.length === 0 ? (
            <p className="muted">
              {t(similar ? (near ? 'intake.near_none' : 'intake.similar_none') : 'intake.similar_wait')}
            </p>
          ) : null}
        </div>
        <ul className="plain-list">
          {similar?.map((view) => (
            <li key={view.number}>
              <Line view={view} />
              <Button
                size="compact-md"
                variant="light"
                disabled={!mobile}
                loading={busy === view.number}
                onClick={() => void follow(view)}
              >
                {t('intake.follow')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {children}
      <section className="card" aria-labelledby="caller-title">
        <h2 className="card__title" id="caller-title">
          {t('intake.caller')}
        </h2>
        <p className="muted" aria-live="polite">
          {mobile === ''
            ? t('intake.caller_wait')
            : cases === undefined
              ? t('shell.loading')
              : t('intake.caller_cases', { count: cases.length })}
        </p>
        <ul className="plain-list plain-list--tight">
          {cases?.map((view) => (
            <li key={view.number}>
              <Line view={view} />
            </li>
          ))}
        </ul>
        {mobile === '' ? null : <OldComplaints mobile={mobile} />}
      </section>
    </aside>
  );
}

/** Those of the system before this one, where they were imported. */
function OldComplaints({ mobile }: { mobile: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery({ queryKey: ['old', mobile], queryFn: () => listOldComplaints(mobile), staleTime: 60_000 });
  if (!data || data.length === 0) return null;
  return (
    <>
      <h3 className="photos__title">{t('intake.old')}</h3>
      <ul className="plain-list plain-list--tight">
        {data.map((old) => (
          <li key={old.number}>
            <span className="num">{old.number}</span>{' '}
            <span className="muted">
              {[old.category, old.status, old.registeredAt ? formatDay(old.registeredAt, locale) : null]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ view }: { view: SimilarCase }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const locale = useLocale();
  const now = useNow();
  return (
    <p>
      <Link to={`/cases/${view.number}`} className="num">
        {view.number}
      </Link>{' '}
      {masters.subCategoryName(view.subCategory)}
      <span className="muted">
        {' '}
        · {t('case.ward_n', { ward: view.ward })}
        {view.location?.landmark ? ` · ${view.location.landmark}` : ''} · {formatAge(view.registeredAt, locale, now)} ·{' '}
        {t(`state.${view.state}`)}
        {view.distance === undefined ? '' : ` · ${t('near.metres', { metres: formatNumber(view.distance, locale) })}`}
        {view.followers > 0
          ? ` · ${t('intake.followers', { count: view.followers, shown: formatNumber(view.followers, locale) })}`
          : ''}
      </span>
    </p>
  );
}
