import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';

export function StateWord({ view }: { view: Pick<CaseView, 'state' | 'outcome' | 'reopens'> }) {
  const { t } = useTranslation();
  const word =
    view.state === 'closed' && view.outcome
      ? `${t('state.closed')} · ${t(`outcome.${view.outcome}`)}`
      : t(`state.${view.state}`);
  return (
    <span>
      {word}
      {view.reopens > (view.state === 'reopened' ? 1 : 0) ? (
        <span className="muted"> · {t('case.reopened_times', { count: view.reopens })}</span>
      ) : null}
    </span>
  );
}
