import { useTranslation } from 'react-i18next';
import type { Defined, InsightHeading } from '#libs/contracts/api/insight';
import { formatDateTime } from '#libs/ui/format';
import { useLocale } from '../use-locale.js';

/** What the figures above mean, in the server's own words. */
export function Definitions({
  all,
  show,
  asOf,
}: {
  all: InsightHeading['definitions'];
  show: readonly Defined[];
  asOf: string | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <details className="card definitions" open>
      <summary className="card__title">{t('insight.definitions')}</summary>
      <dl className="facts">
        {show.map((name) => (
          <div key={name} className="definitions__item">
            <dt>{t(`insight.defined.${name}`)}</dt>
            <dd>{all[locale][name]}</dd>
          </div>
        ))}
      </dl>
      {asOf ? <p className="muted">{t('insight.as_of', { time: formatDateTime(asOf, locale) })}</p> : null}
    </details>
  );
}
