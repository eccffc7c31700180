import { Button, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icon.js';
import { problemText } from './problem-text.js';

/** Nothing here yet: says what will appear, and the way on if there is one. */
export function Empty(props: { icon?: IconName; title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="state-panel">
      <span className="state-panel__icon">
        <Icon name={props.icon ?? 'inbox'} size={28} />
      </span>
      <p className="state-panel__title">{props.title}</p>
      {props.text ? <p className="state-panel__text">{props.text}</p> : null}
      {props.children}
    </div>
  );
}

export function Broken({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="state-panel" role="alert">
      <span className="state-panel__icon state-panel__icon--red">
        <Icon name="alert" size={28} />
      </span>
      <p className="state-panel__title">{t('problem.title')}</p>
      <p className="state-panel__text">{problemText(error, t)}</p>
      {onRetry ? (
        <Button variant="default" onClick={onRetry}>
          {t('problem.retry')}
        </Button>
      ) : null}
    </div>
  );
}

/** The shape of what is coming, so that nothing jumps when it arrives. */
export function Slow({ rows = 8, height = 40 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('shell.loading')}>
      <Stack gap={8} p="md" aria-hidden="true">
        {Array.from({ length: rows }, (_, index) => (
          <Skeleton key={index} height={height} radius="sm" />
        ))}
      </Stack>
    </div>
  );
}
