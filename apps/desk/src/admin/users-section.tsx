import { Button, Group, Modal, Table, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#libs/domain/case/names';
import { fetchUsers, resetPassword, saveUser } from '../api/masters-endpoints.js';
import { Broken, Empty, Slow } from '../shell/page-states.js';
import { problemText } from '../shell/problem-text.js';
import { useToast } from '../shell/toast.js';

/** Accounts of the city: who may sign in, who is locked, a new password told once. */
export function UsersSection() {
  const { t } = useTranslation();
  const say = useToast();
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const [secret, setSecret] = useState<{ username: string; password: string } | null>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['users', q], queryFn: () => fetchUsers(q) });
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['users'] });
    } catch (failure) {
      say(problemText(failure, t), 'red');
    }
  };
  return (
    <section className="card stack" aria-label={t('admin.users')}>
      <TextInput label={t('users.search')} value={q} onChange={(event) => setQ(event.currentTarget.value)} maw={360} />
      {isPending ? <Slow rows={6} /> : null}
      {error && !data ? <Broken error={error} onRetry={() => void refetch()} /> : null}
      {data && data.length === 0 ? <Empty icon="user" title={t('users.none')} /> : null}
      {data && data.length > 0 ? (
        <div className="table-wrap">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('session.username')}</Table.Th>
                <Table.Th>{t('citizen.name')}</Table.Th>
                <Table.Th>{t('users.roles')}</Table.Th>
                <Table.Th>{t('inbox.column.state')}</Table.Th>
                <Table.Th>
                  <span className="sr">{t('case.actions')}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((user) => (
                <Table.Tr key={user.username}>
                  <Table.Td className="num">{user.username}</Table.Td>
                  <Table.Td>{user.name}</Table.Td>
                  <Table.Td>
                    {user.roles
                      .map((role) => ROLES.find((known) => known === role))
                      .map((role) => (role ? t(`role.${role}`) : ''))
                      .join(', ')}
                  </Table.Td>
                  <Table.Td>
                    {t(user.disabled ? 'users.disabled' : user.lockedUntil ? 'users.locked' : 'users.active')}
                  </Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      {user.lockedUntil ? (
                        <Button
                          size="compact-sm"
                          variant="default"
                          onClick={() => void attempt(() => saveUser(user.username, { unlock: true }))}
                        >
                          {t('users.unlock')}
                        </Button>
                      ) : null}
                      <Button
                        size="compact-sm"
                        variant="default"
                        onClick={() => void attempt(() => saveUser(user.username, { disabled: !user.disabled }))}
                      >
                        {t(user.disabled ? 'users.enable' : 'users.disable')}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        onClick={() =>
                          void attempt(async () => {
                            const { password } = await resetPassword(user.username);
                            setSecret({ username: user.username, password });
                          })
                        }
                      >
                        {t('users.reset')}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : null}
      <Modal
        opened={secret !== null}
        onClose={() => setSecret(null)}
        title={t('users.new_password')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <p>{t('users.new_password_text', { username: secret?.username ?? '' })}</p>
        <pre className="raw">{secret?.password}</pre>
      </Modal>
    </section>
  );
}
