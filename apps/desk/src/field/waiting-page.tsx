import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDateTime } from '#libs/ui/format';
import { useMasters } from '../masters/use-masters.js';
import { Empty } from '../shell/page-states.js';
import { useLocale } from '../use-locale.js';
import { discard, flush, retry } from './offline-queue.js';
import { useWaiting } from './use-offline-queue.js';

/** What was given without a network: still to be sent, or refused and why. */
export function WaitingPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const waiting = useWaiting();
  useEffect(() => {
    document.title = `${t('offline.title')} · Pratikar`;
  }, [t]);
  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('offline.title')}</h1>
        <span className="spacer" />
        {waiting.length > 0 ? (
          <Button variant="default" onClick={() => void flush()}>
            {t('offline.send_now')}
          </Button>
        ) : null}
        <p className="page__lead">{t('offline.lead')}</p>
      </div>
      {waiting.length === 0 ? <Empty icon="check" title={t('offline.none')} text={t('offline.none_text')} /> : null}
      <ul className="plain-list">
        {waiting.map((entry) => (
          <li key={entry.id} className="card">
            <p>
              <strong>{t(`command.${entry.command}`)}</strong> ·{' '}
              <Link to={`/cases/${entry.number}`}>{entry.number}</Link> · {masters.subCategoryName(entry.what)}
            </p>
            <p className="muted">
              {formatDateTime(new Date(entry.givenAt).toISOString(), locale)}
              {entry.values.photos.length > 0 ? ` · ${t('offline.photos', { count: entry.values.photos.length })}` : ''}
            </p>
            {Object.values(entry.values.texts).map((text) => (
              <blockquote key={text}>{text}</blockquote>
            ))}
            {entry.problem ? (
              <>
                <p className="notice notice--amber">
                  <span className="notice__ink">
                    {t(entry.problem.status === 409 ? 'offline.conflict' : 'offline.refused')} {entry.problem.text}
                  </span>
                </p>
                <Group mt="sm">
                  <Button variant="default" component={Link} to={`/cases/${entry.number}`}>
                    {t('offline.look')}
                  </Button>
                  <Button variant="default" onClick={() => void retry(entry.id)}>
                    {t('problem.retry')}
                  </Button>
                  <Button variant="subtle" color="red" onClick={() => void discard(entry.id)}>
                    {t('offline.discard')}
                  </Button>
                </Group>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
