import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import { Slow } from '../shell/page-states.js';

const SECTIONS = {
  masters: lazy(async () => ({ default: (await import('./masters-import.js')).MastersImport })),
  calendar: lazy(async () => ({ default: (await import('./calendar-section.js')).CalendarSection })),
  templates: lazy(async () => ({ default: (await import('./templates-section.js')).TemplatesSection })),
  users: lazy(async () => ({ default: (await import('./users-section.js')).UsersSection })),
  workflows: lazy(async () => ({ default: (await import('./workflows-section.js')).WorkflowsSection })),
  simulator: lazy(async () => ({ default: (await import('./simulator-section.js')).SimulatorSection })),
} as const;
type SectionName = keyof typeof SECTIONS;
const NAMES = Object.keys(SECTIONS) as SectionName[];

export function AdminPage() {
  const { t } = useTranslation();
  const { section } = useParams();
  const name = NAMES.find((known) => known === section) ?? 'masters';
  const Section = SECTIONS[name];
  useEffect(() => {
    document.title = `${t(`admin.${name}`)} · Pratikar`;
  }, [t, name]);
  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.admin')}</h1>
      </div>
      <nav className="tabs-nav" aria-label={t('nav.admin')}>
        {NAMES.map((known) => (
          <NavLink key={known} to={`/admin/${known}`} className={known === name ? 'active' : ''}>
            {t(`admin.${known}`)}
          </NavLink>
        ))}
      </nav>
      <Suspense fallback={<Slow />}>
        <Section />
      </Suspense>
    </div>
  );
}
