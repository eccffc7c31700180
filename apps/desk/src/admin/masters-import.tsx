import { Button, FileInput, Group, Select, Stack, Table } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#libs/ui/format';
import { API } from '../api/client.js';
import type { ImportReport, RowProblem } from '#libs/contracts/api/masters';
import { importMaster } from '../api/masters-endpoints.js';
import { problemText } from '../shell/problem-text.js';
import { useLocale } from '../use-locale.js';

const MASTERS = [
  'boroughs',
  'wards',
  'departments',
  'category-names',
  'categories',
  'users',
  'positions',
  'staff',
  'escalation',
  'working-week',
  'holidays',
  'reasons',
  'templates',
  'legacy',
] as const;

/** First the dry run, row by row; writing is a second step that says how much it will write. */
export function MastersImport() {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const [master, setMaster] = useState<(typeof MASTERS)[number]>('positions');
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const run = async (options: { apply: boolean; takeGoodRows: boolean }) => {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    try {
      setReport(await importMaster(master, file, options));
      if (options.apply) void client.invalidateQueries({ queryKey: ['masters'] });
    } catch (error) {
      setProblem(problemText(error, t));
    } finally {
      setBusy(false);
    }
  };
  const changed = () => {
    setReport(null);
    setProblem(null);
  };
  const figure = (value: number) => formatNumber(value, locale);

  return (
    <Stack>
      <section className="card stack" aria-label={t('admin.masters')}>
        <p className="muted">{t('import.lead')}</p>
        <Group align="flex-end">
          <Select
            label={t('import.master')}
            data={MASTERS.map((name) => ({ value: name, label: t(`import.name.${name}`) }))}
            value={master}
            onChange={(value) => {
              const next = MASTERS.find((name) => name === value);
              if (next) setMaster(next);
              changed();
            }}
            allowDeselect={false}
          />
          <FileInput
            label={t('import.file')}
            placeholder={t('import.choose')}
            accept=".csv,text/csv"
            value={file}
            onChange={(next) => {
              setFile(next);
              changed();
            }}
            miw={260}
            clearable
            clearButtonProps={{ 'aria-label': t('case.remove') }}
          />
          <Button component="a" variant="default" href={`${API}/export/${master}`} download>
            {t('import.export')}
          </Button>
          <Button onClick={() => void run({ apply: false, takeGoodRows: false })} disabled={!file} loading={busy}>
            {t('import.check')}
          </Button>
        </Group>
        {problem ? (
          <p className="notice notice--red" role="alert">
            {problem}
          </p>
        ) : null}
      </section>
      {report ? (
        <section className="card stack" aria-labelledby="report-title">
          <h2 className="card__title" id="report-title" tabIndex={-1}>
            {t(report.applied ? 'import.applied' : 'import.dry')}
          </h2>
          <p role="status">
            {t('import.summary', {
              rows: figure(report.rows),
              good: figure(report.good),
              bad: figure(report.bad),
              created: figure(report.created),
              updated: figure(report.updated),
              unchanged: figure(report.unchanged),
            })}
          </p>
          {!report.applied && report.good > 0 ? (
            <Group>
              {report.bad === 0 ? (
                <Button onClick={() => void run({ apply: true, takeGoodRows: false })} loading={busy}>
                  {t('import.apply', { count: report.good, shown: figure(report.good) })}
                </Button>
              ) : (
                <Button variant="default" onClick={() => void run({ apply: true, takeGoodRows: true })} loading={busy}>
                  {t('import.apply_good', { good: figure(report.good), bad: figure(report.bad) })}
                </Button>
              )}
            </Group>
          ) : null}
          <Problems title={t('import.errors')} problems={report.errors} count={report.errorCount} />
          <Problems title={t('import.warnings')} problems={report.warnings} count={report.warningCount} />
        </section>
      ) : null}
    </Stack>
  );
}

const SHOWN = 300;

function Problems({ title, problems, count }: { title: string; problems: readonly RowProblem[]; count: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (count === 0) return null;
  return (
    <div>
      <h3 className="photos__title">
        {title} ({formatNumber(count, locale)})
      </h3>
      <div className="table-wrap bulk__rows" tabIndex={0} role="region" aria-label={title}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.row')}</Table.Th>
              <Table.Th>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.value')}</Table.Th>
              <Table.Th>{t('import.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.slice(0, SHOWN).map((problem, index) => (
              <Table.Tr key={`${problem.row}-${problem.column}-${index}`}>
                <Table.Td className="num">{formatNumber(problem.row, locale)}</Table.Td>
                <Table.Td>{problem.column}</Table.Td>
                <Table.Td>
                  <code>{problem.value}</code>
                </Table.Td>
                <Table.Td>
                  {problem.problem.replaceAll('_', ' ')}: {problem.expected}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {count > SHOWN ? <p className="muted">{t('import.more', { count: count - SHOWN })}</p> : null}
    </div>
  );
}
