import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatNumber } from '#libs/ui/format';
import type { Query } from '../api/client.js';
import { useLocale } from '../use-locale.js';
import { useCaseCount } from './use-case-list.js';

/** A figure that opens the cases it counts. */
export function CountTile({
  label,
  query,
  to,
  tone,
}: {
  label: string;
  query: Query;
  to: string;
  tone?: 'red' | 'amber';
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data, isError } = useCaseCount(query);
  return (
    <Link to={to} className={`tile${tone && data ? ` tile--${tone}` : ''}`}>
      <span className="tile__figure">
        {data === undefined ? (isError ? t('problem.short') : '…') : formatNumber(data, locale)}
      </span>
      <span className="muted">{label}</span>
    </Link>
  );
}
