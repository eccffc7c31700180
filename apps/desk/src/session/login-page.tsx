import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../shell/language-switch.js';
import { problemText } from '../shell/problem-text.js';
import { ThemeSwitch } from '../shell/theme-switch.js';
import { useSession } from './session.js';

export function LoginPage() {
  const { t } = useTranslation();
  const { signIn } = useSession();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = `${t('session.sign_in')} · Pratikar`;
  }, [t]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn(username.trim(), password);
    } catch (error) {
      setProblem(problemText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="login">
      <header className="login__top">
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="login__card">
        <form onSubmit={(event) => void submit(event)} aria-labelledby="login-title">
          <Stack gap="md">
            <div>
              <p className="brand brand--large">
                <span className="brand__mark" aria-hidden="true" />
                Pratikar
              </p>
              <Title order={1} size="h3" id="login-title">
                {t('session.title')}
              </Title>
              <Text c="dimmed">{t('session.subtitle')}</Text>
            </div>
            {problem ? (
              <p className="notice notice--red" role="alert">
                {problem}
              </p>
            ) : null}
            <TextInput
              label={t('session.username')}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              size="md"
              required
              autoFocus
            />
            <PasswordInput
              label={t('session.password')}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              size="md"
              required
              visibilityToggleButtonProps={{ 'aria-label': t('session.show_password') }}
            />
            <Button type="submit" size="md" loading={busy} fullWidth>
              {t('session.sign_in')}
            </Button>
          </Stack>
        </form>
      </main>
      <footer className="login__foot">
        <a href="/">{t('session.citizen_link')}</a>
      </footer>
    </div>
  );
}
