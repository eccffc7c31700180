import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { listCases, revealCitizen } from '../api/endpoints.js';
import { useMasters } from '../masters/use-masters.js';
import { useSession } from '../session/session.js';
import { Icon } from '../shell/icon.js';
import { problemText } from '../shell/problem-text.js';

type Citizen = { name: string | null; mobile: string | null };

/** Masked as the server sent it; unmasked only for a reason, and that is written down. */
export function CitizenPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const { has } = useSession();
  const [shown, setShown] = useState<Citizen | null>(null);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const citizen = shown ?? view.citizen;
  const masked =
    !shown && Boolean(citizen?.mobile?.includes('*') || citizen?.mobile?.includes('•') || citizen?.name?.includes('*'));

  const reveal = async (event: FormEvent) => {
    event.preventDefault();
    try {
      setShown(await revealCitizen(view.number, reason));
      setAsking(false);
      setProblem(null);
    } catch (error) {
      setProblem(problemText(error, t));
    }
  };

  return (
    <section className="card" aria-labelledby="citizen-title">
      <h2 className="card__title" id="citizen-title">
        {t('citizen.title')}
      </h2>
      {citizen ? (
        <dl className="facts">
          <dt>{t('citizen.name')}</dt>
          <dd>{citizen.name ?? t('case.none')}</dd>
          <dt>{t('citizen.mobile')}</dt>
          <dd className="num">
            {citizen.mobile && shown ? (
              <a href={`tel:${citizen.mobile}`}>{citizen.mobile}</a>
            ) : (
              (citizen.mobile ?? t('citizen.no_contact'))
            )}
          </dd>
          <dt>{t('citizen.language')}</dt>
          <dd>{t(`language.${view.locale}`)}</dd>
        </dl>
      ) : (
        <p className="muted">{t('citizen.hidden')}</p>
      )}
      {masked && !asking ? (
        <Button
          className="no-print"
          variant="subtle"
          size="compact-md"
          mt="xs"
          leftSection={<Icon name="lock" size={15} />}
          onClick={() => setAsking(true)}
        >
          {t('citizen.reveal')}
        </Button>
      ) : null}
      {asking ? (
        <form onSubmit={(event) => void reveal(event)} className="reveal">
          <TextInput
            label={t('citizen.reason')}
            description={t('citizen.reason_hint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={problem}
            required
            minLength={5}
            autoFocus
          />
          <Group mt="xs">
            <Button type="submit" size="sm">
              {t('citizen.show')}
            </Button>
            <Button variant="default" size="sm" onClick={() => setAsking(false)}>
              {t('shell.cancel')}
            </Button>
          </Group>
        </form>
      ) : null}
      {citizen?.mobile && (shown || !masked) && has('call_centre', 'mayors_office', 'tenant_admin') ? (
        <OtherCases mobile={citizen.mobile} except={view.number} />
      ) : null}
    </section>
  );
}

function OtherCases({ mobile, except }: { mobile: string; except: string }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const { data } = useQuery({ queryKey: ['caller', mobile], queryFn: () => listCases({ q: mobile, limit: 20 }) });
  const others = (data?.items ?? []).filter((view) => view.number !== except);
  if (!data) return null;
  return (
    <div className="others">
      <h3 className="photos__title">{t('citizen.others')}</h3>
      {others.length === 0 ? <p className="muted">{t('citizen.no_others')}</p> : null}
      <ul className="plain-list plain-list--tight">
        {others.map((view) => (
          <li key={view.number}>
            <Link to={`/cases/${view.number}`} className="num">
              {view.number}
            </Link>{' '}
            {masters.subCategoryName(view.subCategory)} · <span className="muted">{t(`state.${view.state}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
