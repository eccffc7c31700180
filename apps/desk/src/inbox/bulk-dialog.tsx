import { Button, Group, Modal, Progress, Stack, Table } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '#libs/contracts/api/views';
import type { CommandName } from '#libs/domain/case/names';
import { newKey } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { CommandFields } from '../case/command-fields.js';
import { EMPTY_FORM, missing, type FormValues } from '../case/form-values.js';
import { sendCommand } from '../case/send-command.js';
import { useMasters } from '../masters/use-masters.js';
import { Icon } from '../shell/icon.js';
import { problemText } from '../shell/problem-text.js';

type Result = { ok: true } | { ok: false; text: string };

/** One form for many cases: first what will happen to which, then what happened to each. */
export function BulkDialog({
  command,
  cases,
  onClose,
  onDone,
}: {
  command: CommandName;
  cases: readonly CaseView[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const masters = useMasters();
  const [values, setValues] = useState<FormValues>(EMPTY_FORM);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [busy, setBusy] = useState(false);
  const [batch] = useState(newKey);
  const able = cases.filter((view) => view.allowed.includes(command));
  const example = able[0];
  const failed = able.filter((view) => results.get(view.number)?.ok === false);
  const finished = results.size > 0 && !busy;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    const absent = missing(command, values);
    setProblems(Object.fromEntries(absent.map((field) => [field.name, t('problem.field.required')])));
    if (absent.length > 0) return;
    setBusy(true);
    const queue = able.filter((view) => !results.get(view.number)?.ok);
    const one = async () => {
      for (let view = queue.shift(); view; view = queue.shift()) {
        const { number } = view;
        let result: Result;
        try {
          // A refused row may be sent again with other words, so its key must not be bound to the first body.
          await sendCommand(number, command, values, `${batch}-${number}-${results.has(number) ? newKey() : 0}`);
          result = { ok: true };
        } catch (error) {
          const text =
            error instanceof ApiProblem && error.status === 409 && error.state
              ? `${t('conflict.title')} ${problemText(error, t)}`
              : problemText(error, t);
          result = { ok: false, text };
        }
        setResults((before) => new Map(before).set(number, result));
      }
    };
    await Promise.all([one(), one(), one()]);
    setBusy(false);
  };
  const close = () => {
    onClose();
    if (results.size > 0) onDone();
  };

  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={t('bulk.dialog', { action: t(`command.${command}`), count: able.length })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void run(event)} noValidate>
        <Stack>
          {cases.length > able.length ? (
            <p className="notice notice--amber">{t('bulk.left_out', { count: cases.length - able.length })}</p>
          ) : null}
          {example && !finished ? (
            <CommandFields
              command={command}
              view={example}
              values={values}
              onChange={setValues}
              problems={problems}
              bulk
            />
          ) : null}
          {results.size > 0 ? (
            <>
              <Progress value={(results.size / Math.max(1, able.length)) * 100} aria-label={t('bulk.progress')} />
              <p role="status">{t('bulk.result', { done: results.size - failed.length, failed: failed.length })}</p>
            </>
          ) : null}
          <div className="bulk__rows">
            <Table stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('inbox.column.number')}</Table.Th>
                  <Table.Th>{t('inbox.column.what')}</Table.Th>
                  <Table.Th>{t('bulk.outcome')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {cases.map((view) => (
                  <Table.Tr key={view.number}>
                    <Table.Td className="num">{view.number}</Table.Td>
                    <Table.Td>
                      {masters.subCategoryName(view.subCategory)} · {t('case.ward_n', { ward: view.ward })}
                    </Table.Td>
                    <Table.Td>
                      <Outcome able={view.allowed.includes(command)} result={results.get(view.number)} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t(finished ? 'shell.close' : 'shell.cancel')}
            </Button>
            {!finished || failed.length > 0 ? (
              <Button type="submit" loading={busy} disabled={able.length === 0}>
                {finished ? t('bulk.again', { count: failed.length }) : t('bulk.run', { count: able.length })}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Outcome({ able, result }: { able: boolean; result: Result | undefined }) {
  const { t } = useTranslation();
  if (!able) return <span className="muted">{t('bulk.not_allowed')}</span>;
  if (!result) return <span className="muted">{t('bulk.will')}</span>;
  return result.ok ? (
    <span className="tag tag--answered">
      <Icon name="check" size={14} /> {t('bulk.ok')}
    </span>
  ) : (
    <span>
      <span className="tag tag--overdue">
        <Icon name="alert" size={14} /> {t('bulk.failed')}
      </span>{' '}
      {result.text}
    </span>
  );
}
