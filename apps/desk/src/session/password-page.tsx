import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/endpoints.js';
import { problemText } from '../shell/problem-text.js';
import { useSession } from './session.js';

/** First login with a password somebody else chose: nothing else opens before it is changed. */
export function PasswordPage() {
  const { t } = useTranslation();
  const { retry, signOut } = useSession();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await changePassword(current, next);
      retry();
    } catch (error) {
      setProblem(problemText(error, t));
    }
  };

  return (
    <div className="login">
      <main className="login__card">
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Title order={1} size="h3">
              {t('session.change_title')}
            </Title>
            <Text c="dimmed">{t('session.change_text')}</Text>
            {problem ? (
              <p className="notice notice--red" role="alert">
                {problem}
              </p>
            ) : null}
            <PasswordInput
              label={t('session.current')}
              value={current}
              onChange={(e) => setCurrent(e.currentTarget.value)}
              autoComplete="current-password"
              required
            />
            <PasswordInput
              label={t('session.new')}
              description={t('session.new_hint')}
              value={next}
              onChange={(e) => setNext(e.currentTarget.value)}
              autoComplete="new-password"
              minLength={10}
              required
            />
            <Button type="submit">{t('session.change')}</Button>
            <Button variant="subtle" onClick={() => void signOut()}>
              {t('session.sign_out')}
            </Button>
          </Stack>
        </form>
      </main>
    </div>
  );
}
