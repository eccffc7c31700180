import { useTranslation } from 'react-i18next';
import { LANGUAGES, setLocale } from '../i18n.js';
import { useLocale } from '../use-locale.js';

export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = useLocale();
  return (
    <div className="segmented" role="group" aria-label={t('shell.language')}>
      {LANGUAGES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          title={t(`language.${locale}`)}
          onClick={() => void setLocale(locale)}
        >
          {{ bn: 'বাং', hi: 'हिं', en: 'EN' }[locale]}
        </button>
      ))}
    </div>
  );
}
