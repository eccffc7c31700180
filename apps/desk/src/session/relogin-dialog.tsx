import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { login } from '../api/endpoints.js';
import { problemText } from '../shell/problem-text.js';

/** Shown over whatever was open when the session ran out; the form beneath stays as it was. */
export function ReloginDialog(props: { username: string; onDone: () => void; onGiveUp: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // React bubbles through portals: without this the form beneath would be sent too.
    event.stopPropagation();
    setBusy(true);
    try {
      await login(props.username, password);
      props.onDone();
    } catch (error) {
      setProblem(problemText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={props.onGiveUp}
      title={t('session.over')}
      closeOnClickOutside={false}
      zIndex={500}
      withCloseButton={false}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text>{t('session.over_text')}</Text>
          <PasswordInput
            label={t('session.password_of', { username: props.username })}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={problem}
            autoComplete="current-password"
            data-autofocus
            required
          />
          <Group justify="space-between">
            <Button variant="default" onClick={props.onGiveUp}>
              {t('session.sign_out')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('session.sign_in_again')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
