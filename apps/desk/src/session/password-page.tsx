import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/endpoints.js';
import { ApiProblem } from '../api/problem.js';
import { LanguageSwitch } from '../shell/language-switch.js';
import { fieldText, problemText } from '../shell/problem-text.js';
import { ThemeSwitch } from '../shell/theme-switch.js';
import { useSession } from './session.js';

/** First login with a password somebody else chose: nothing else opens before it is changed. */
export function PasswordPage() {
  const { t } = useTranslation();
  const { retry, signOut } = useSession();
  const [values, setValues] = useState({ current: '', next: '', again: '' });
  const [problem, setProblem] = useState<string | null>(null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('session.change_title')} · Pratikar`;
  }, [t]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setProblems({});
    if (values.next !== values.again) return setProblems({ again: t('session.differ') });
    setBusy(true);
    try {
      await changePassword(values.current, values.next);
      retry();
    } catch (error) {
      const named = error instanceof ApiProblem && error.errors.length > 0 ? error.errors : null;
      if (named) setProblems(Object.fromEntries(named.map((entry) => [entry.field, fieldText(entry, t)])));
      else setProblem(problemText(error, t));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
    error: problems[name],
    autoComplete: name === 'current' ? 'current-password' : 'new-password',
    size: 'md' as const,
    required: true,
    visibilityToggleButtonProps: { 'aria-label': t('session.show_password') },
  });

  return (
    <div className="login">
      <header className="login__top">
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="login__card">
        <form onSubmit={(event) => void submit(event)} aria-labelledby="password-title">
          <Stack>
            <div>
              <Title order={1} size="h3" id="password-title">
                {t('session.change_title')}
              </Title>
              <Text c="dimmed">{t('session.change_text')}</Text>
            </div>
            {problem ? (
              <p className="notice notice--red" role="alert">
                {problem}
              </p>
            ) : null}
            <PasswordInput {...field('current')} label={t('session.current')} autoFocus />
            <PasswordInput
              {...field('next')}
              label={t('session.new')}
              description={t('session.new_hint')}
              minLength={10}
              maxLength={200}
            />
            <PasswordInput {...field('again')} label={t('session.again')} />
            <Button type="submit" size="md" loading={busy}>
              {t('session.change')}
            </Button>
            <Button variant="subtle" onClick={() => void signOut()}>
              {t('session.sign_out')}
            </Button>
          </Stack>
        </form>
      </main>
    </div>
  );
}
