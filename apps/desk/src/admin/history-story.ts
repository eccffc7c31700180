import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '#libs/contracts/api/operation';
import { COMMANDS } from '#libs/domain/case/names';
import { formatDateLong } from '#libs/ui/format';
import { useLocale } from '../use-locale.js';

const TOLD = [
  'workflow_execution_started',
  'workflow_execution_completed',
  'workflow_execution_failed',
  'workflow_execution_terminated',
  'workflow_execution_continued_as_new',
  'workflow_task_failed',
  'workflow_task_timed_out',
  'workflow_execution_update_accepted',
  'workflow_execution_signaled',
  'timer_started',
  'timer_fired',
  'timer_canceled',
  'marker_recorded',
  'activity_task_started',
  'activity_task_completed',
  'activity_task_failed',
  'activity_task_timed_out',
] as const;
type Told = (typeof TOLD)[number];
const FAILED = /failed|timed_out|terminated/;

function toldType({ type }: HistoryEvent): Told | undefined {
  return TOLD.find((known) => known === type);
}

/** Of a local activity only the marker is kept: whether it failed stands in it. */
export function isFailure({ type, failure }: HistoryEvent): boolean {
  return FAILED.test(type) || (type === 'marker_recorded' && failure !== undefined);
}

/** Not the bookkeeping between server and worker, of which a healthy history is full. */
export function isOfTheStory(event: HistoryEvent): boolean {
  if (event.type === 'activity_task_started') return event.attempt !== undefined;
  return toldType(event) !== undefined || isFailure(event);
}

/** An event of the workflow as an administrator would tell it who does not know Temporal. */
export function useStory(): (event: HistoryEvent) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = ({ name = '' }: HistoryEvent): string => {
    const command = COMMANDS.find((known) => known === name);
    if (command) return t(`command.${command}`);
    return name === 'core_local_activity' || name === 'recordSteps' ? t('history.recording') : name;
  };
  return (event) => {
    const told = toldType(event);
    const sentence = told
      ? t(`history.told.${told}`, {
          what: nameOf(event),
          when: event.until ? formatDateLong(event.until, locale) : '',
          attempt: event.attempt ?? 1,
        })
      : event.type.replaceAll('_', ' ');
    return event.failure ? `${sentence} — ${event.failure}` : sentence;
  };
}
