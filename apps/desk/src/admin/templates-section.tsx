import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateView } from '#libs/contracts/api/operation';
import type { Locale } from '#libs/domain/case/names';
import { formatNumber } from '#libs/ui/format';
import { fetchTemplates } from '../api/masters-endpoints.js';
import { LANGUAGES } from '../i18n.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { useLocale } from '../use-locale.js';

/** What citizens and officers are sent, in every language, with what the operator knows it by. */
export function TemplatesSection() {
  const { t } = useTranslation();
  const own = useLocale();
  const [language, setLanguage] = useState<Locale | null>(own);
  const [wanted, setWanted] = useState('');
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['templates'], queryFn: fetchTemplates });
  const shown = useMemo(() => {
    const words = wanted.trim().toLowerCase();
    return (data ?? []).filter(
      (each) =>
        (language === null || each.locale === language) &&
        `${nameOf(each)} ${each.text} ${each.dltTemplateId}`.toLowerCase().includes(words),
    );
  }, [data, language, wanted]);
  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  return (
    <section className="card stack" aria-label={t('admin.templates')}>
      <p className="muted">{t('templates.lead')}</p>
      <Group align="flex-end">
        <TextInput
          label={t('templates.find')}
          placeholder={t('templates.find_hint')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          miw={280}
        />
        <Select
          label={t('templates.language')}
          data={LANGUAGES.map((locale) => ({ value: locale, label: t(`language.${locale}`) }))}
          value={language}
          onChange={(next) => setLanguage(LANGUAGES.find((locale) => locale === next) ?? null)}
          placeholder={t('templates.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('templates.all') }}
        />
        <p role="status" className="muted">
          {t('templates.count', { count: shown.length, shown: formatNumber(shown.length, own) })}
        </p>
      </Group>
      {shown.length === 0 ? <Empty icon="search" title={t('templates.none')} /> : null}
      <ul className="plain-list">
        {shown.map((each) => (
          <Template key={`${each.template}/${each.variant}/${each.locale}`} item={each} />
        ))}
      </ul>
    </section>
  );
}

function Template({ item }: { item: TemplateView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <li className="template">
      <p>
        <strong>{nameOf(item)}</strong>{' '}
        <span className="muted">
          {t(`language.${item.locale}`)} ·{' '}
          {t('templates.segments', { count: item.segments, shown: formatNumber(item.segments, locale) })}
        </span>
      </p>
      <p className="template__text" lang={item.locale}>
        {item.text}
      </p>
      <details>
        <summary>{t('templates.registered')}</summary>
        <p className="template__text muted" lang={item.locale}>
          {item.registered}
        </p>
        <dl className="facts">
          <dt>{t('templates.dlt')}</dt>
          <dd>
            <span className="num">{item.dltTemplateId}</span>
            {item.ownId ? '' : ` (${t('templates.example_id')})`}
          </dd>
          <dt>{t('templates.header')}</dt>
          <dd>{item.header}</dd>
          <dt>{t('templates.whatsapp')}</dt>
          <dd>{item.whatsappTemplate}</dd>
        </dl>
      </details>
    </li>
  );
}

function nameOf({ template, variant }: TemplateView): string {
  const words = template.replaceAll('_', ' ');
  return variant === 'default' ? words : `${words}, ${variant.replaceAll('_', ' ')}`;
}
