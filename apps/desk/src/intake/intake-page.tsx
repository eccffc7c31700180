import { Button, Group, Kbd, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '#libs/contracts/api/views';
import { SOURCES, type Source } from '#libs/domain/case/names';
import { speakableNumber } from '#libs/ui/format';
import { newKey } from '../api/client.js';
import { listCases, lodge } from '../api/endpoints.js';
import { ApiProblem } from '../api/problem.js';
import { LANGUAGES } from '../i18n.js';
import { useSession } from '../session/session.js';
import { fieldText, problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';
import { CallerPanel } from './caller-panel.js';
import {
  completeMobile,
  emptyIntake,
  missingIntake,
  readIntake,
  toLodging,
  writeIntake,
  type IntakeValues,
} from './intake-form.js';
import { PlaceSection } from './place-section.js';
import { SubCategorySelect } from './sub-category-select.js';
import { useSimilar } from './use-similar.js';

/** One page, one column, in the order in which a caller tells it; everything by keyboard, sent with Ctrl+Enter. */
export function IntakePage() {
  const { t } = useTranslation();
  const { has } = useSession();
  const say = useToast();
  const client = useQueryClient();
  const preset: Source = has('mayors_office') ? 'talk_to_mayor' : 'call_centre';
  const [values, setValues] = useState(() => readIntake(preset));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [lodged, setLodged] = useState<CaseView | null>(null);
  const [key, setKey] = useState(newKey);
  const first = useRef<HTMLInputElement>(null);
  const mobile = completeMobile(values.mobile);

  useEffect(() => {
    document.title = `${t('nav.new')} · Pratikar`;
  }, [t]);
  useEffect(() => first.current?.focus(), []);

  const setAll = (change: Partial<IntakeValues>) =>
    setValues((before) => {
      const next = { ...before, ...change };
      writeIntake(next);
      return next;
    });
  // A ward that is typed may be another than that of the point.
  const set = <N extends keyof IntakeValues>(name: N, value: IntakeValues[N]) =>
    setAll({ [name]: value, ...(name === 'ward' ? { place: null } : {}) });

  // Always asked anew: the case lodged a moment ago must be there when the same caller rings again.
  const caller = useQuery({
    queryKey: ['caller', mobile],
    queryFn: () => listCases({ q: mobile, limit: 20 }),
    enabled: mobile !== '',
    staleTime: 0,
  });
  const known = caller.data?.items.find((view) => view.citizen?.name);
  useEffect(() => {
    const name = known?.citizen?.name;
    if (name) setValues((before) => (before.name ? before : { ...before, name, locale: known.locale }));
  }, [known]);

  const similar = useSimilar(values);

  const reset = useCallback(() => {
    setValues(emptyIntake(preset));
    writeIntake(null);
    setKey(newKey());
    setProblems({});
    setProblem(null);
    first.current?.focus();
  }, [preset]);

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const absent = missingIntake(values);
    setProblems(Object.fromEntries(absent.map((name) => [name, t('problem.field.required')])));
    setProblem(null);
    if (absent.length > 0) {
      document.getElementById(`intake-${absent[0]}`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const view = await lodge(toLodging(values), key);
      setLodged(view);
      say(t('intake.done', { number: view.number }));
      void client.invalidateQueries({ queryKey: ['caller'] });
      reset();
    } catch (error) {
      setProblem(problemText(error, t));
      if (error instanceof ApiProblem && error.status === 422) {
        setProblems(Object.fromEntries(error.errors.map((entry) => [entry.field, fieldText(entry, t)])));
        setKey(newKey());
      }
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
  };
  const text = (name: 'mobile' | 'name' | 'ward' | 'landmark') => ({
    id: `intake-${name}`,
    value: values[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.value),
    // Enter would send a half-told complaint: it goes on to the next field as Tab does.
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
    },
  });
  const sources = useMemo(() => {
    const usual: Source[] = has('mayors_office')
      ? ['talk_to_mayor', 'mayors_office', 'walk_in']
      : ['call_centre', 'walk_in', 'missed_call'];
    return [...usual, ...SOURCES.filter((source) => !usual.includes(source))].map((source) => ({
      value: source,
      label: t(`source.${source}`),
    }));
  }, [has, t]);

  return (
    <div className="page">
      <div className="page__head">
        <h1 className="page__title">{t('nav.new')}</h1>
        <p className="page__lead">
          {t('intake.lead')} <Kbd>Tab</Kbd> {t('intake.next')} · <Kbd>Ctrl</Kbd>+<Kbd>Enter</Kbd> {t('intake.send')}
        </p>
      </div>
      {lodged ? (
        <p className="notice notice--green" role="status">
          <span className="notice__ink">
            {t('intake.lodged')} <strong className="num">{speakableNumber(lodged.number)}</strong> ·{' '}
            <Link to={`/cases/${lodged.number}`}>{t('intake.open')}</Link>
          </span>
        </p>
      ) : null}
      <div className="intake">
        <form
          className="card stack"
          onSubmit={(event) => void submit(event)}
          onKeyDown={onKeyDown}
          noValidate
          aria-label={t('nav.new')}
        >
          {problem ? (
            <p className="notice notice--red" role="alert">
              {problem}
            </p>
          ) : null}
          <div className="intake__row">
            <TextInput
              {...text('mobile')}
              ref={first}
              label={t('field.mobile')}
              type="tel"
              inputMode="tel"
              autoComplete="off"
              error={problems['citizen.mobile']}
            />
            <TextInput {...text('name')} label={t('intake.name')} autoComplete="off" error={problems['citizen.name']} />
          </div>
          <SubCategorySelect
            id="intake-subCategory"
            value={values.subCategory}
            onChange={(value) => set('subCategory', value)}
            error={problems['subCategory']}
          />
          <div className="intake__row">
            <TextInput
              {...text('ward')}
              label={t('intake.ward')}
              inputMode="numeric"
              autoComplete="off"
              required
              error={problems['ward']}
            />
            <TextInput
              {...text('landmark')}
              label={t('case.landmark')}
              autoComplete="off"
              error={problems['landmark']}
            />
          </div>
          <Textarea
            id="intake-description"
            label={t('intake.description')}
            value={values.description}
            onChange={(event) => set('description', event.currentTarget.value)}
            error={problems['description']}
            autosize
            minRows={4}
            maxLength={4000}
            required
            lang={values.locale}
          />
          <div className="intake__row">
            <Select
              label={t('intake.locale')}
              data={LANGUAGES.map((locale) => ({ value: locale, label: t(`language.${locale}`) }))}
              value={values.locale}
              onChange={(value) => value && set('locale', value)}
              allowDeselect={false}
            />
            <Select
              label={t('case.source')}
              data={sources}
              value={values.source}
              onChange={(value) => value && set('source', value)}
              allowDeselect={false}
              error={problems['source']}
            />
          </div>
          <Group justify="space-between">
            <Button variant="default" onClick={reset}>
              {t('intake.clear')}
            </Button>
            <Button type="submit" size="md" loading={busy}>
              {t('intake.submit')}
            </Button>
          </Group>
        </form>
        <CallerPanel
          mobile={mobile}
          cases={caller.data?.items}
          similar={similar}
          near={values.place !== null}
          onFollowed={reset}
        >
          <PlaceSection
            place={values.place}
            ward={values.ward.trim()}
            similar={similar ?? []}
            onPick={(place, ward) => setAll({ place, ...(ward === null ? {} : { ward }) })}
            onClear={() => setAll({ place: null })}
          />
        </CallerPanel>
      </div>
    </div>
  );
}
