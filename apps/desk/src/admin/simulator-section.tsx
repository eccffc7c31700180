import { Button, Group, Table, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fromCityTime } from '#libs/ui/city-time';
import { formatDateTime, formatNumber } from '#libs/ui/format';
import type { SimulatedPost, Simulation } from '#libs/contracts/api/masters';
import { simulate } from '../api/masters-endpoints.js';
import { ApiProblem } from '../api/problem.js';
import { SubCategorySelect } from '../intake/sub-category-select.js';
import { useMasters } from '../masters/use-masters.js';
import { fieldText, problemText } from '../shell/problem-text.js';
import { useLocale } from '../use-locale.js';

/** Who would get such a complaint, by when, and who would be next if nobody answered. */
export function SimulatorSection() {
  const { t } = useTranslation();
  const locale = useLocale();
  const masters = useMasters();
  const [subCategory, setSubCategory] = useState('');
  const [ward, setWard] = useState('');
  const [at, setAt] = useState('');
  const [result, setResult] = useState<Simulation | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      setResult(await simulate({ subCategory, ward, ...(at ? { at: fromCityTime(at) } : {}) }));
      setProblem(null);
    } catch (error) {
      setProblem(error);
      setResult(null);
    }
  };
  const errors =
    problem instanceof ApiProblem
      ? Object.fromEntries(problem.errors.map((entry) => [entry.field, fieldText(entry, t)]))
      : {};
  const post = (entry: SimulatedPost) =>
    `${entry.designation} (${entry.position})${entry.name ? `, ${entry.name}` : ''}${entry.vacant ? ` – ${t('case.vacant')}` : ''}`;

  return (
    <div className="two">
      <form className="card stack" onSubmit={(event) => void submit(event)} noValidate>
        <p className="muted">{t('simulator.lead')}</p>
        {problem && Object.keys(errors).length === 0 ? (
          <p className="notice notice--red" role="alert">
            {problemText(problem, t)}
          </p>
        ) : null}
        <SubCategorySelect
          id="simulator-sub-category"
          value={subCategory}
          onChange={setSubCategory}
          error={errors['subCategory']}
        />
        <TextInput
          label={t('case.ward')}
          value={ward}
          onChange={(event) => setWard(event.currentTarget.value)}
          inputMode="numeric"
          required
          error={errors['ward']}
        />
        <TextInput
          label={t('simulator.at')}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          error={errors['at']}
        />
        <Group>
          <Button type="submit">{t('simulator.run')}</Button>
        </Group>
      </form>
      <section className="card stack" aria-live="polite" aria-label={t('simulator.result')}>
        {result ? (
          <>
            <dl className="facts">
              <dt>{t('case.department')}</dt>
              <dd>{masters.departmentName(result.department)}</dd>
              <dt>{t('case.with')}</dt>
              <dd>{result.owner ? post(result.owner) : t('simulator.unassigned', { post: post(result.gro) })}</dd>
              <dt>{t('simulator.hours')}</dt>
              <dd>
                {formatNumber(result.slaHours, locale)} · {t(`simulator.${result.calendar}`)}
              </dd>
              <dt>{t('simulator.reminder')}</dt>
              <dd>{formatDateTime(result.reminderAt, locale)}</dd>
              <dt>{t('inbox.column.due')}</dt>
              <dd>
                <strong>{formatDateTime(result.dueAt, locale)}</strong>
              </dd>
            </dl>
            <div className="table-wrap">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('case.level')}</Table.Th>
                    <Table.Th>{t('gro.post')}</Table.Th>
                    <Table.Th>{t('simulator.from')}</Table.Th>
                    <Table.Th>{t('inbox.column.due')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {result.levels.map((level) => (
                    <Table.Tr key={level.level}>
                      <Table.Td>{formatNumber(level.level, locale)}</Table.Td>
                      <Table.Td>{post(level)}</Table.Td>
                      <Table.Td>{formatDateTime(level.from, locale)}</Table.Td>
                      <Table.Td>{formatDateTime(level.dueAt, locale)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </>
        ) : (
          <p className="muted">{t('simulator.empty')}</p>
        )}
      </section>
    </div>
  );
}
