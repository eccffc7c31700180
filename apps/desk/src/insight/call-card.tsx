import { Button, Select, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDateShort } from '#libs/ui/format';
import { newKey } from '../api/client.js';
import { revealCitizen } from '../api/endpoints.js';
import { CALL_OUTCOMES, type CallItem } from '#libs/contracts/api/insight';
import { keepCallOutcome } from '../api/insight-endpoints.js';
import { useMasters } from '../masters/use-masters.js';
import { useSession } from '../session/session.js';
import { Icon } from '../shell/icon.js';
import { problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { useLocale } from '../use-locale.js';

/** One citizen to be called: why, whom, what came of earlier calls, and what comes of this one. */
export function CallCard({ item, onKept }: { item: CallItem; onKept: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const say = useToast();
  const { has } = useSession();
  const [shown, setShown] = useState<{ name: string | null; mobile: string | null } | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const key = useRef(newKey());
  const citizen = shown ?? item.citizen;

  const reveal = async () => {
    try {
      setShown(await revealCitizen(item.number, t('insight.reveal_reason', { number: item.number })));
    } catch (error) {
      say(problemText(error, t), 'red');
    }
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = CALL_OUTCOMES.find((each) => each === outcome);
    if (!chosen) return;
    try {
      await keepCallOutcome(item.number, { outcome: chosen, ...(note ? { note } : {}) }, key.current);
      key.current = newKey();
      setOutcome(null);
      setNote('');
      say(t('insight.kept'));
      onKept();
    } catch (error) {
      say(problemText(error, t), 'red');
    }
  };

  return (
    <li className="call">
      <div>
        <p>
          <Link to={`/cases/${item.number}`} className="num">
            <strong>{item.number}</strong>
          </Link>{' '}
          {masters.subCategoryName(item.subCategory)} · {t('case.ward_n', { ward: item.ward })}
        </p>
        <p lang={item.locale}>
          <span role="img" aria-label={t('insight.stars', { rating: item.rating, count: 1 })}>
            {'★'.repeat(item.rating)}
          </span>{' '}
          {item.remarks ? `“${item.remarks}”` : ''}{' '}
          {item.ratedAt ? <span className="muted">{formatDateShort(item.ratedAt, locale)}</span> : null}
        </p>
        {item.citizen ? (
          <p className="call__citizen">
            {citizen?.name} · {t(`language.${item.locale}`)} ·{' '}
            {shown?.mobile ? (
              <a className="num" href={`tel:${shown.mobile}`}>
                {shown.mobile}
              </a>
            ) : (
              <span className="num">{item.citizen.mobile ?? t('insight.no_number')}</span>
            )}{' '}
            {item.mayReveal && !shown ? (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<Icon name="phone" size={15} />}
                onClick={() => void reveal()}
              >
                {t('insight.show_number')}
              </Button>
            ) : null}
          </p>
        ) : (
          <p className="muted">{t('insight.hidden')}</p>
        )}
        {item.calls.length > 0 ? (
          <ul className="plain-list plain-list--tight muted" aria-label={t('insight.called')}>
            {item.calls.map((call) => (
              <li key={call.at}>
                {formatDateShort(call.at, locale)}: {t(`insight.outcomes.${call.outcome}`)}
                {call.note ? `, ${call.note}` : ''} ({call.by})
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {has('tenant_admin', 'state_admin', 'mayors_office', 'gro', 'escalation_officer') ? (
        <form className="call__form" onSubmit={(event) => void keep(event)}>
          <Select
            aria-label={t('insight.outcome')}
            placeholder={t('insight.outcome')}
            data={CALL_OUTCOMES.map((each) => ({ value: each, label: t(`insight.outcomes.${each}`) }))}
            value={outcome}
            onChange={setOutcome}
          />
          <TextInput
            aria-label={t('insight.note')}
            placeholder={t('insight.note')}
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={!outcome}>
            {t('insight.record')}
          </Button>
        </form>
      ) : null}
    </li>
  );
}
