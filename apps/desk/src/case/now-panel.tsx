import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView, PostView } from '#libs/contracts/api/views';
import { dueTone, formatDateLong, formatRelative, formatDateTime } from '#libs/ui/format';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { DueTag } from './due-tag.js';
import { StateWord } from './state-word.js';

/** Who has it now, by when, and what happens next: the first thing anybody asks. */
export function NowPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const tone = dueTone(view, now);
  const answered = view.state === 'resolved' || view.state === 'rejected';
  const at = view.closedAt ?? (answered ? view.resolvedAt : view.dueAt);
  const others = view.accountable && view.accountable.position !== view.owner?.position;
  return (
    <section className={`now now--${tone}`} aria-label={t('case.now')}>
      <div className="now__row">
        <span className="now__state">
          <StateWord view={view} />
        </span>
        <DueTag view={view} now={now} />
      </div>
      <p className="now__who">
        {view.state === 'closed' ? t('case.was_with') : t('case.with')} <PostName post={view.owner} />
      </p>
      {others ? (
        <p>
          {t('case.accountable')} <PostName post={view.accountable} />
        </p>
      ) : null}
      <p className="muted">
        {at ? (
          <time dateTime={at} title={formatDateTime(at, locale)}>
            {t(view.closedAt ? 'case.closed_on' : answered ? 'case.answered_on' : 'case.due_on', {
              date: formatDateLong(at, locale),
              when: formatRelative(at, locale, now),
            })}
          </time>
        ) : null}{' '}
        {t(`next.${view.state}`)}
      </p>
      {view.directive ? (
        <p className="notice notice--plain">
          <span className="notice__ink">
            <strong>{t('case.directive')}:</strong> {view.directive.text} ·{' '}
            {t('case.directive_due', { date: formatDateLong(view.directive.dueAt, locale) })}
          </span>
        </p>
      ) : null}
      {view.duplicateOf ? (
        <p>
          {t('case.duplicate_of')} <Link to={`/cases/${view.duplicateOf}`}>{view.duplicateOf}</Link>
        </p>
      ) : null}
    </section>
  );
}

function PostName({ post }: { post: PostView | null }) {
  const { t } = useTranslation();
  if (!post) return <strong>{t('case.no_owner')}</strong>;
  return (
    <>
      <strong>{post.designation}</strong>
      {post.name ? `, ${post.name}` : ''} <span className="muted num">({post.position})</span>
    </>
  );
}
