import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { newKey } from '../api/client.js';
import { ApiProblem, Unreachable } from '../api/problem.js';
import { enqueue } from '../field/offline-queue.js';
import { fieldText, problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { useNarrow } from '../shell/use-narrow.js';
import { CommandFields } from './command-fields.js';
import { GRAVE, OFFLINE } from './command-spec.js';
import { ConflictNotice, MeanwhileNotice } from './conflict-notice.js';
import { dropDraft, missing, readDraft, writeDraft, type FormValues } from './form-values.js';
import { sendCommand } from './send-command.js';
import { caseKey, timelineKey } from './use-case.js';

/** The form of one command. Nothing typed is lost: not by a problem, not by a lost network, not by another officer being faster. */
export function CommandDialog({
  view,
  command,
  onClose,
}: {
  view: CaseView;
  command: CommandName;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const say = useToast();
  const client = useQueryClient();
  const [values, setValues] = useState<FormValues>(() => readDraft(view.number, command));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [seenVersion] = useState(view.version);
  // One key for this form however often it is sent: a repetition after a time-out must not act twice.
  const [key, setKey] = useState(newKey);
  const conflict = problem instanceof ApiProblem && problem.status === 409 ? problem : null;

  const change = (next: FormValues) => {
    setValues(next);
    writeDraft(view.number, command, next);
  };
  const done = (text: string, tone: 'green' | 'amber' = 'green') => {
    dropDraft(view.number, command);
    say(text, tone);
    onClose();
  };

  const refuse = (error: unknown) => {
    setProblem(error);
    if (!(error instanceof ApiProblem)) return;
    if (error.status === 422) {
      setProblems(Object.fromEntries(error.errors.map((entry) => [entry.field, fieldText(entry, t)])));
      // The key belongs to the body it was first sent with.
      setKey(newKey());
    }
    if (error.status === 409) {
      setKey(newKey());
      void client.invalidateQueries({ queryKey: caseKey(view.number) });
      void client.invalidateQueries({ queryKey: timelineKey(view.number) });
    }
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const absent = missing(command, values);
    setProblems(Object.fromEntries(absent.map((field) => [field.name, t('problem.field.required')])));
    setProblem(null);
    if (absent.length > 0) return;
    setBusy(true);
    try {
      const after = await sendCommand(view.number, command, values, key);
      client.setQueryData(caseKey(view.number), after);
      void client.invalidateQueries({ queryKey: timelineKey(view.number) });
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['count'] });
      done(t('case.done', { action: t(`command.${command}`) }));
    } catch (error) {
      if (error instanceof Unreachable && OFFLINE.has(command)) {
        await enqueue({ id: key, number: view.number, command, values, what: view.subCategory });
        done(t('offline.kept'), 'amber');
      } else refuse(error);
    } finally {
      setBusy(false);
    }
  };

  const general = useMemo(() => {
    if (problem === null || conflict) return null;
    const named = problem instanceof ApiProblem && problem.status === 422 && problem.errors.length > 0;
    return named ? t('problem.check_fields') : problemText(problem, t);
  }, [problem, conflict, t]);

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`command.${command}`)}
      fullScreen={narrow}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <p className="muted">
            <span className="num">{view.number}</span> · {t(`command_text.${command}`)}
          </p>
          {general ? (
            <p className="notice notice--red" role="alert">
              {general}
            </p>
          ) : null}
          {conflict ? <ConflictNotice number={view.number} conflict={conflict} /> : null}
          {!conflict && view.version > seenVersion ? <MeanwhileNotice number={view.number} /> : null}
          <CommandFields command={command} view={view} values={values} onChange={change} problems={problems} />
          <Group justify="flex-end" className="dialog-actions">
            <Button variant="default" size="md" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button
              type="submit"
              size="md"
              loading={busy}
              color={GRAVE.has(command) ? 'red' : 'teal'}
              disabled={conflict !== null && conflict.allowed !== undefined && !conflict.allowed.includes(command)}
            >
              {t(`command.${command}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
