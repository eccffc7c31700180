import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, NotificationView, TimelineItem } from '#libs/contracts/api/views';
import { formatDateTime, formatRelative } from '#libs/ui/format';
import { Icon, type IconName } from '../shell/icon.js';
import { Broken, Slow } from '../shell/page-states.js';
import { useNow } from '../shell/use-now.js';
import { useLocale } from '../use-locale.js';
import { EventFacts } from './event-facts.js';
import { useTimeline } from './use-case.js';

const ICONS: Partial<Record<TimelineItem['event'], IconName>> = {
  resolved: 'check',
  rejected: 'alert',
  escalated: 'up',
  reopened: 'history',
  citizen_asked: 'message',
  citizen_answered: 'message',
  commented: 'message',
  attached: 'camera',
  closed: 'archive',
  registered: 'inbox',
};

export function Timeline({ number, view }: { number: string; view: CaseView }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useTimeline(number);
  const [only, setOnly] = useState<'all' | 'public' | 'internal'>('all');
  const items = (data ?? []).filter((item) => only === 'all' || item.public === (only === 'public'));
  return (
    <section className="card" aria-labelledby="timeline-title">
      <div className="timeline__head">
        <h2 className="card__title" id="timeline-title">
          {t('timeline.title')}
        </h2>
        <div className="segmented no-print" role="group" aria-label={t('timeline.show')}>
          {(['all', 'public', 'internal'] as const).map((choice) => (
            <button key={choice} type="button" aria-pressed={only === choice} onClick={() => setOnly(choice)}>
              {t(`timeline.${choice}`)}
            </button>
          ))}
        </div>
      </div>
      {isPending ? <Slow rows={4} height={56} /> : null}
      {error && !data ? <Broken error={error} onRetry={() => void refetch()} /> : null}
      <ol className="timeline">
        {items.map((item) => (
          <Entry key={item.seq} item={item} view={view} />
        ))}
      </ol>
      {data && items.length === 0 ? <p className="muted">{t('timeline.none')}</p> : null}
    </section>
  );
}

function Entry({ item, view }: { item: TimelineItem; view: CaseView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const who = item.actor.name ?? t(`role.${item.actor.role}`);
  return (
    <li className={item.public ? 'entry' : 'entry entry--internal'} id={`event-${item.seq}`}>
      <span className="entry__icon">
        <Icon name={item.public ? (ICONS[item.event] ?? 'clock') : 'lock'} size={16} />
      </span>
      <div className="entry__body">
        <p className="entry__title">
          <strong>{t(`event.${item.event}`)}</strong>
          <span className="entry__scope">
            {item.public ? null : <Icon name="lock" size={13} />}
            {t(item.public ? 'timeline.seen_by_citizen' : 'timeline.internal_note')}
          </span>
        </p>
        <p className="muted entry__meta">
          {who}
          {item.actor.name ? `, ${t(`role.${item.actor.role}`)}` : ''}
          {item.actor.onBehalf ? ` ${t('timeline.on_behalf')}` : ''} ·{' '}
          <time dateTime={item.at} title={formatDateTime(item.at, locale)}>
            {formatRelative(item.at, locale, now)} · {formatDateTime(item.at, locale)}
          </time>
        </p>
        <EventFacts item={item} view={view} />
        {item.text ? <p className="entry__text">{item.text}</p> : null}
        {item.notifications.length > 0 ? (
          <ul className="messages" aria-label={t('timeline.messages')}>
            {item.notifications.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}

function Message({ message }: { message: NotificationView }) {
  const { t, i18n } = useTranslation();
  const locale = useLocale();
  const tone = message.status === 'failed' ? 'overdue' : message.status === 'queued' ? 'soon' : 'answered';
  const icon: IconName = message.status === 'failed' ? 'alert' : message.status === 'queued' ? 'clock' : 'check';
  const channel = i18n.exists(`channel.${message.channel}`)
    ? i18n.t(`channel.${message.channel}` as 'channel.sms')
    : message.channel;
  return (
    <li>
      <span className={`tag tag--${tone}`}>
        <Icon name={icon} size={13} /> {t(`delivery.${message.status}`)}
      </span>
      <span>
        {channel} {message.channel === 'desk' ? '' : t('timeline.to', { to: message.to })} ·{' '}
        <span className="num muted">{formatDateTime(message.at, locale)}</span>
        {message.error ? <span className="messages__error"> · {message.error}</span> : null}
      </span>
    </li>
  );
}
