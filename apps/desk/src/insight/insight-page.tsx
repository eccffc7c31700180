import '../styles/insight.css';
import { Select, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams, useSearchParams } from 'react-router';
import { useMasters } from '../masters/use-masters.js';
import { useSession } from '../session/session.js';
import { Slow } from '../shell/page-states.js';
import { useRange } from './use-range.js';

const SECTIONS = {
  services: lazy(async () => ({ default: (await import('./services-section.js')).ServicesSection })),
  performance: lazy(async () => ({ default: (await import('./performance-section.js')).PerformanceSection })),
  map: lazy(async () => ({ default: (await import('./map-section.js')).MapSection })),
  register: lazy(async () => ({ default: (await import('./register-section.js')).RegisterSection })),
  calls: lazy(async () => ({ default: (await import('./calls-section.js')).CallsSection })),
} as const;
type SectionName = keyof typeof SECTIONS;
const NAMES = Object.keys(SECTIONS) as SectionName[];
/** What stays when another section is opened. */
const KEPT = ['from', 'to', 'department'];

export function InsightPage() {
  const { t } = useTranslation();
  const { section } = useParams();
  const [params] = useSearchParams();
  const { range, query, set } = useRange();
  const masters = useMasters();
  const { has } = useSession();
  const name = NAMES.find((known) => known === section) ?? 'services';
  const Section = SECTIONS[name];
  useEffect(() => {
    document.title = `${t(`insight.${name}`)} · Pratikar`;
  }, [t, name]);
  const kept = new URLSearchParams([...params].filter(([key]) => KEPT.includes(key))).toString();
  return (
    <div className="page insight">
      <div className="page__head">
        <h1 className="page__title">{t('nav.insight')}</h1>
        <p className="page__lead">{t('insight.lead')}</p>
      </div>
      <nav className="tabs-nav" aria-label={t('nav.insight')}>
        {NAMES.map((known) => (
          <NavLink
            key={known}
            to={{ pathname: `/insight/${known}`, search: kept }}
            className={known === name ? 'active' : ''}
          >
            {t(`insight.${known}`)}
          </NavLink>
        ))}
      </nav>
      <div className="insight-range">
        <TextInput
          type="month"
          label={t('insight.from')}
          value={range.from}
          max={range.to}
          onChange={(event) => set('from', event.currentTarget.value)}
        />
        <TextInput
          type="month"
          label={t('insight.to')}
          value={range.to}
          min={range.from}
          onChange={(event) => set('to', event.currentTarget.value)}
        />
        {has('tenant_admin', 'state_admin', 'auditor', 'mayors_office') ? (
          <Select
            label={t('insight.department')}
            placeholder={t('insight.all_departments')}
            data={masters.departments.map((item) => ({ value: item.code, label: masters.name(item.names) }))}
            value={range.department || null}
            onChange={(value) => set('department', value)}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': t('insight.all_departments') }}
          />
        ) : null}
      </div>
      <Suspense fallback={<Slow />}>
        <Section query={query} />
      </Suspense>
    </div>
  );
}
