import { useTranslation } from 'react-i18next';
import { SOURCES, type Locale } from '#libs/domain/case/names';
import { formatNumber } from '#libs/ui/format';
import type { ItemFigures } from '#libs/contracts/api/insight';
import { useLocale } from '../use-locale.js';

const TAGS: Record<Locale, string> = { bn: 'bn-IN', hi: 'hi-IN', en: 'en-IN' };
const HOUR_MS = 3_600_000;

export type Group = 'department' | 'ward' | 'borough' | 'officer' | 'source' | 'month' | 'service' | 'category';

/** Numbers, lengths and names in the reader's language. */
export function useWords() {
  const { t } = useTranslation();
  const locale = useLocale();
  const decimal = (value: number, digits = 1) =>
    new Intl.NumberFormat(TAGS[locale], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const percent = (value: number | null) =>
    value === null
      ? '–'
      : new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 0 }).format(value);
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(TAGS[locale], {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  const length = (ms: number | null) => {
    if (ms === null) return '–';
    if (ms < HOUR_MS) return unit(Math.max(1, Math.round(ms / 60_000)), 'minute');
    return ms < 72 * HOUR_MS ? unit(ms / HOUR_MS, 'hour') : unit(ms / (24 * HOUR_MS), 'day');
  };
  const month = (value: string) =>
    new Intl.DateTimeFormat(TAGS[locale], { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${value}-15T00:00:00Z`),
    );
  const name = ({ item, names }: Pick<ItemFigures, 'item' | 'names'>, group: Group) => {
    if (group === 'month') return month(item);
    if (group === 'source') return SOURCES.some((source) => source === item) ? t(`source.${item as 'portal'}`) : item;
    if (group === 'officer') return item === '' ? t('insight.no_post') : `${names[locale] ?? names.en} (${item})`;
    if (group === 'ward') return names[locale] ?? names.en;
    return names[locale] ?? names.en;
  };
  return { locale, decimal, percent, length, month, name, number: (value: number) => formatNumber(value, locale) };
}
