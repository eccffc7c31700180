import { Button, Group, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '#libs/ui/format';
import { addHoliday, fetchCalendar, removeHoliday } from '../api/masters-endpoints.js';
import { Broken, Slow } from '../shell/page-states.js';
import { problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { useLocale } from '../use-locale.js';

/** 2024-01-01 was a Monday: weekday names come from the browser, in the reader's language. */
const MONDAY = Date.UTC(2024, 0, 1);

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Working week and holidays; publishing or withdrawing one moves the due dates of open cases, which is said beforehand. */
export function CalendarSection() {
  const { t } = useTranslation();
  const locale = useLocale();
  const say = useToast();
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['calendar'], queryFn: fetchCalendar });
  const [date, setDate] = useState('');
  const [name, setName] = useState('');

  const attempt = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      say(done);
      await client.invalidateQueries({ queryKey: ['calendar'] });
      return true;
    } catch (failure) {
      say(problemText(failure, t), 'red');
      return false;
    }
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await attempt(() => addHoliday({ date, name }), t('calendar.added'))) {
      setDate('');
      setName('');
    }
  };

  if (isPending) return <Slow />;
  if (!data) return <Broken error={error} onRetry={() => void refetch()} />;
  return (
    <div className="two">
      <section className="card stack" aria-labelledby="holidays-title">
        <h2 className="card__title" id="holidays-title">
          {t('calendar.holidays')}
        </h2>
        <p className="muted">{t('calendar.lead')}</p>
        <form onSubmit={(event) => void add(event)}>
          <Group align="flex-end">
            <TextInput
              label={t('calendar.date')}
              type="date"
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              required
            />
            <TextInput
              label={t('calendar.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
            <Button type="submit">{t('calendar.add')}</Button>
          </Group>
        </form>
        <ul className="plain-list plain-list--joined">
          {data.holidays.map((holiday) => (
            <li key={holiday.date} className="work-item">
              <p>
                <strong>{formatDay(`${holiday.date}T06:00:00Z`, locale)}</strong> · {holiday.name}
              </p>
              <Button
                variant="subtle"
                size="compact-md"
                onClick={() => void attempt(() => removeHoliday(holiday.date), t('calendar.removed'))}
                aria-label={t('calendar.remove_one', { name: holiday.name })}
              >
                {t('case.remove')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="week-title">
        <h2 className="card__title" id="week-title">
          {t('calendar.week')}
        </h2>
        <dl className="facts">
          {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
            <div key={day} style={{ display: 'contents' }}>
              <dt>
                {new Intl.DateTimeFormat(`${locale}-IN`, { weekday: 'long', timeZone: 'UTC' }).format(
                  MONDAY + (day - 1) * 86_400_000,
                )}
              </dt>
              <dd className="num">
                {(data.week[day] ?? []).map((span) => `${clock(span.from)}–${clock(span.to)}`).join(', ') ||
                  t('calendar.closed')}
              </dd>
            </div>
          ))}
        </dl>
        <p className="muted">
          {t('calendar.count', { count: data.holidays.length, shown: formatNumber(data.holidays.length, locale) })}
        </p>
      </section>
    </div>
  );
}
