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
  const state = CASE_STATES.find((name) => name === conflict.state);
  return (
    <div className="notice notice--amber" role="alert">
      <p className="notice__ink">
        <strong>{t('conflict.title')}</strong>{' '}
        {state ? t('conflict.state', { state: t(`state.${state}`) }) : conflict.message}
      </p>
      <LastEvent number={number} />
      <p className="notice__ink">
        {conflict.allowed && conflict.allowed.length > 0
          ? t('conflict.allowed', { actions: conflict.allowed.map((command) => t(`command.${command}`)).join(', ') })
          : t('conflict.nothing')}{' '}
        {t('conflict.kept')}
      </p>
    </div>
  );
}

/** The case changed while a form was open that may still be sent: told before it is. */
export function MeanwhileNotice({ number }: { number: string }) {
  const { t } = useTranslation();
  return (
    <div className="notice notice--amber" role="alert">
      <p className="notice__ink">
        <strong>{t('conflict.meanwhile')}</strong>
      </p>
      <LastEvent number={number} />
    </div>
  );
}

function LastEvent({ number }: { number: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const { data } = useTimeline(number);
  const last = data?.at(-1);
  if (!last) return null;
  return (
    <p className="notice__ink">
      {t('conflict.last', {
        event: t(`event.${last.event}`),
        who: last.actor.name ?? t(`role.${last.actor.role}`),
        when: formatRelative(last.at, locale, now),
      })}
      {last.text ? ` “${last.text}”` : ''}
    </p>
  );
}
