import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import { dueTone, formatDateShort, formatDateTime, formatRelative, type DueTone } from '#libs/ui/format';
import { Icon, type IconName } from '../shell/icon.js';
import { useLocale } from '../use-locale.js';

const ICONS: Record<DueTone, IconName> = {
  overdue: 'alert',
  soon: 'clock',
  in_time: 'clock',
  paused: 'pause',
  answered: 'check',
  closed: 'archive',
};

type Dated = Pick<CaseView, 'state' | 'dueAt' | 'registeredAt' | 'resolvedAt' | 'closedAt'>;

/** When the case is due, told by word, icon and colour together. */
export function DueTag({ view, now }: { view: Dated; now: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const tone = dueTone(view, now);
  const at = tone === 'closed' ? view.closedAt : tone === 'answered' ? view.resolvedAt : view.dueAt;
  const relative = at ? formatRelative(at, locale, now) : '';
  return (
    <span className={`tag tag--${tone}`} title={at ? formatDateTime(at, locale) : undefined}>
      <Icon name={ICONS[tone]} size={15} />
      {t(`due.${tone}`, { when: relative })}
    </span>
  );
}

/** The exact date that goes beside the tag. */
export function DueDate({ view, now }: { view: Dated; now: number }) {
  const locale = useLocale();
  const tone = dueTone(view, now);
  return view.dueAt && tone !== 'closed' && tone !== 'answered' ? (
    <time className="num muted" dateTime={view.dueAt}>
      {formatDateShort(view.dueAt, locale)}
    </time>
  ) : null;
}
