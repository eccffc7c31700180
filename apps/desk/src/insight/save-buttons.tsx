import { useTranslation } from 'react-i18next';
import type { Query } from '../api/client.js';
import { fileAddress } from '../api/insight-endpoints.js';

export function SaveButtons({ path, query }: { path: string; query: Query }) {
  const { t } = useTranslation();
  return (
    <span className="save-buttons">
      {(['csv', 'xlsx'] as const).map((format) => (
        <a
          key={format}
          className="save-button"
          href={fileAddress(path, query, format)}
          download
          aria-label={t('insight.save_as', { format: t(`insight.save_${format}`) })}
        >
          {t(`insight.save_${format}`)}
        </a>
      ))}
    </span>
  );
}
