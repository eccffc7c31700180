import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import { formatDateTime } from '#libs/ui/format';
import { useMasters } from '../masters/use-masters.js';
import { useLocale } from '../use-locale.js';

function record(value: unknown): Record<string, unknown> {
  return value && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

/** What an event changed, in words: to whom it went, which date it brought, which photos. */
export function EventFacts({ item, view }: { item: TimelineItem; view: CaseView }) {
  const { t } = useTranslation();
  const masters = useMasters();
  const locale = useLocale();
  const { data } = item;
  const to = record(data['to']);
  const facts: { key: string; text: string }[] = [];
  const say = (key: string, text: string) => facts.push({ key, text });
  const time = (value: unknown) =>
    typeof value === 'number' || typeof value === 'string' ? formatDateTime(new Date(value).toISOString(), locale) : '';

  if (typeof to['owner'] === 'string')
    say('owner', t('timeline.now_with', { post: `${masters.designation(to['owner'])} (${to['owner']})` }));
  if (typeof to['accountable'] === 'string' && to['accountable'] !== to['owner']) {
    say(
      'accountable',
      t('timeline.accountable', { post: `${masters.designation(to['accountable'])} (${to['accountable']})` }),
    );
  }
  if (typeof to['department'] === 'string')
    say('department', `${t('case.department')}: ${masters.departmentName(to['department'])}`);
  if (typeof to['subCategory'] === 'string') say('subCategory', masters.subCategoryName(to['subCategory']));
  if (typeof to['ward'] === 'string') say('ward', t('case.ward_n', { ward: to['ward'] }));
  if (to['dueAt']) say('due', t('timeline.due', { date: time(to['dueAt']) }));
  if (typeof data['rating'] === 'number') say('rating', t('case.stars', { count: data['rating'] }));
  if (typeof data['reasonCode'] === 'string') say('reason', masters.reasonName(data['reasonCode']));
  if (data['until']) say('until', t('timeline.until', { date: time(data['until']) }));
  if (data['directiveDueAt']) say('directive', t('timeline.due', { date: time(data['directiveDueAt']) }));
  if (data['closingOrder'] === true) say('order', t('timeline.closing_order'));

  const ids = Array.isArray(data['attachments']) ? data['attachments'] : [];
  const photos = view.attachments.filter((attachment) =>
    ids.some((id) => id === attachment.id || record(id)['id'] === attachment.id),
  );
  return (
    <>
      {facts.length > 0 ? (
        <ul className="entry__facts">
          {facts.map((fact) => (
            <li key={fact.key}>{fact.text}</li>
          ))}
        </ul>
      ) : null}
      {typeof data['of'] === 'string' ? (
        <p>
          {t('case.duplicate_of')} <Link to={`/cases/${data['of']}`}>{data['of']}</Link>
        </p>
      ) : null}
      {photos.length > 0 ? <p className="muted">{t('timeline.photos', { count: photos.length })}</p> : null}
    </>
  );
}
