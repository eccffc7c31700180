import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { Broken, Empty } from './page-states.js';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1 className="sr">{t('shell.no_page')}</h1>
      <Empty icon="search" title={t('shell.no_page')} text={t('shell.no_page_text')}>
        <Anchor component={Link} to="/">
          {t('nav.inbox')}
        </Anchor>
      </Empty>
    </>
  );
}

/** A page that broke while drawing: the rest of the desk must stay usable. */
export function RouteErrorPage() {
  const error = useRouteError();
  return <Broken error={error} onRetry={() => window.location.reload()} />;
}
