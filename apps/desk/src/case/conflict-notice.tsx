import { useTranslation } from 'react-i18next';
import { CASE_STATES } from '#libs/domain/case/names';
import { formatRelative } from '#libs/ui/format';
import type { ApiProblem } from '../api/problem.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { useTimeline } from './use-case.js';

/** Two officers on one case: the later one is told what the earlier did, and what is possible now. */
export function ConflictNotice({ number, conflict }: { number: string; conflict: ApiProblem }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const { data } = useTimeline(number);
  const last = data?.at(-1);
  const state = CASE_STATES.find((name) => name === conflict.state);
  return (
    <div className="notice notice--amber" role="alert">
      <p className="notice__ink">
        <strong>{t('conflict.title')}</strong>{' '}
        {state ? t('conflict.state', { state: t(`state.${state}`) }) : conflict.message}
      </p>
      {last ? (
        <p className="notice__ink">
          {t('conflict.last', {
            event: t(`event.${last.event}`),
            who: last.actor.name ?? t(`role.${last.actor.role}`),
            when: formatRelative(last.at, locale, now),
          })}
          {last.text ? ` “${last.text}”` : ''}
        </p>
      ) : null}
      <p className="notice__ink">
        {conflict.allowed && conflict.allowed.length > 0
          ? t('conflict.allowed', { actions: conflict.allowed.map((command) => t(`command.${command}`)).join(', ') })
          : t('conflict.nothing')}{' '}
        {t('conflict.kept')}
      </p>
    </div>
  );
}
