import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TroubledWorkflow } from '#libs/contracts/api/operation';
import { formatDateTime, formatNumber } from '#libs/ui/format';
import { usePages } from '../api/use-pages.js';
import { fetchTroubled, wakeWorkflow } from '../api/workflow-endpoints.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { useLocale } from '../use-locale.js';

/** Workflows that an operator should look at, why, and the one thing that may safely be done. */
export function WorkflowsSection() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [waking, setWaking] = useState<TroubledWorkflow | null>(null);
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage } = usePages(
    ['workflows'],
    fetchTroubled,
    {
      staleTime: 0,
    },
  );
  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  const items = data.pages.flatMap((page) => page.items);
  const examined = data.pages.reduce((sum, page) => sum + page.examined, 0);
  return (
    <section className="card stack" aria-label={t('admin.workflows')}>
      <p className="muted">{t('workflows.lead')}</p>
      <Group>
        <p role="status">{t('workflows.examined', { count: examined, shown: formatNumber(examined, locale) })}</p>
        <Button variant="default" onClick={() => void refetch()} loading={isFetching}>
          {t('workflows.again')}
        </Button>
        {hasNextPage ? (
          <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetching}>
            {t('workflows.further')}
          </Button>
        ) : null}
      </Group>
      {items.length === 0 ? <Empty icon="check" title={t('workflows.none')} /> : null}
      <ul className="plain-list plain-list--joined">
        {items.map((item) => (
          <Troubled key={item.workflowId} item={item} onWake={() => setWaking(item)} />
        ))}
      </ul>
      {waking ? (
        <WakeDialog
          key={waking.workflowId}
          workflowId={waking.workflowId}
          onClose={() => setWaking(null)}
          onDone={() => void refetch()}
        />
      ) : null}
    </section>
  );
}

function Troubled({ item, onWake }: { item: TroubledWorkflow; onWake: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <li className="work-item">
      <div>
        <p>
          {item.trouble.map((trouble) => (
            <span key={trouble} className={`tag tag--${trouble === 'stuck' ? 'overdue' : 'soon'}`}>
              {t(`workflows.trouble.${trouble}`)}
            </span>
          ))}{' '}
          {item.number ? (
            <Link className="num" to={`/history/${item.number}`}>
              {item.number}
            </Link>
          ) : (
            <span className="num">{item.workflowId}</span>
          )}
        </p>
        {item.task?.waitingSince ? (
          <p className="muted">
            {t('workflows.waiting', {
              attempt: formatNumber(item.task.attempt, locale),
              since: formatDateTime(item.task.waitingSince, locale),
            })}
          </p>
        ) : null}
        {item.activities.map((activity) => (
          <p key={activity.name} className="muted">
            {t('workflows.activity', { name: activity.name, attempt: formatNumber(activity.attempt, locale) })}
            {activity.lastFailure ? <span className="messages__error"> · {activity.lastFailure}</span> : null}
          </p>
        ))}
        {item.ui ? (
          <p>
            <a href={item.ui} target="_blank" rel="noreferrer">
              {t('history.ui')}
            </a>
          </p>
        ) : null}
      </div>
      <Button variant="default" onClick={onWake}>
        {t('workflows.wake')}
      </Button>
    </li>
  );
}

function WakeDialog({ workflowId, onClose, onDone }: { workflowId: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const say = useToast();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setProblem(t('problem.field.required'));
    setBusy(true);
    try {
      await wakeWorkflow(workflowId, reason.trim());
      say(t('workflows.woken'));
      onClose();
      onDone();
    } catch (failure) {
      setProblem(problemText(failure, t));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('workflows.wake')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <p className="muted">{t('workflows.wake_text')}</p>
          <Textarea
            label={t('field.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={problem}
            maxLength={4000}
            required
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('workflows.wake')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
