import { In } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { tenantOf } from './directory.js';
import type { MasterSpec } from './master-spec.js';
import { ROLE_EXPECTED, ROLE_WORDS } from './roles.js';
import { upsertRows } from './upsert.js';

type UserRow = Pick<AppUserEntity, 'username' | 'name' | 'mobile' | 'email' | 'roles' | 'disabled'>;

interface UserContext {
  tenant: string;
  isState: boolean;
  /** Usernames of other tenants: they are unique in the whole system. */
  foreign: ReadonlySet<string>;
}

/** No password matches it: the account is there, but somebody must set one before it can be used. */
const NO_PASSWORD = '!';

/** Accounts and the roles they have beside those of their posts. Passwords never travel in a file. */
export const usersMaster: MasterSpec<UserContext, UserRow> = {
  name: 'users',
  columns: [
    { name: 'username', aliases: ['user', 'login'], required: true },
    { name: 'name', required: true },
    { name: 'mobile', aliases: ['phone'] },
    { name: 'roles', aliases: ['role'], required: true },
    { name: 'disabled' },
    { name: 'email', aliases: ['e-mail', 'mail'] },
  ],
  async context(em, tenant) {
    const users = await em.find(AppUserEntity, { select: { username: true, tenant: true } });
    const foreign = new Set(users.filter((user) => user.tenant !== tenant).map(({ username }) => username));
    return { tenant, isState: (await tenantOf(em, tenant)).kind === 'state', foreign };
  },
  read(reader, { isState, foreign }) {
    const username = reader.text('username', { required: true, max: 80 })?.toLowerCase();
    if (username !== undefined && !/^[a-z0-9][a-z0-9._@-]+$/.test(username)) {
      reader.wrong('username', 'wrong_type', 'letters, digits, dots and dashes');
    } else if (username !== undefined && foreign.has(username)) {
      reader.wrong('username', 'not_allowed', 'a username that no other city uses');
    }
    const name = reader.text('name', { required: true });
    const mobile = reader.mobile('mobile') ?? null;
    const roles = reader.read<{ roles: Role[] }>('roles', (cell) => parseRoles(cell, isState));
    const disabled = reader.yesNo('disabled', false);
    const email = reader.text('email', { max: 254 }) ?? null;
    if (email !== null && !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email)) {
      reader.wrong('email', 'wrong_type', 'one e-mail address');
    }
    if (!reader.ok || !username || !name || !roles) return null;
    return {
      value: { username, name, mobile, email, roles: roles.roles, disabled },
      key: username,
      keyColumn: 'username',
    };
  },
  async write(em, { tenant }, rows) {
    const stored = await em.findBy(AppUserEntity, { username: In(rows.map(({ value }) => value.username)) });
    const before = new Map(stored.map((user) => [user.username, user]));
    const wanted = rows.map(({ value }) => ({
      tenant,
      ...value,
      passwordHash: before.get(value.username)?.passwordHash ?? NO_PASSWORD,
      mustChange: before.get(value.username)?.mustChange ?? true,
      failedLogins: before.get(value.username)?.failedLogins ?? 0,
      lockedUntil: before.get(value.username)?.lockedUntil ?? null,
    }));
    return upsertRows(em, AppUserEntity, ['username'], wanted, stored);
  },
  async *export(em, tenant) {
    for (const user of await em.find(AppUserEntity, { where: { tenant }, order: { username: 'ASC' } })) {
      const { username, name, mobile, roles, disabled, email } = user;
      yield [username, name, mobile ?? '', roles.join('; '), disabled ? 'yes' : 'no', email ?? ''];
    }
  },
};

function parseRoles(cell: string, isState: boolean): { roles: Role[] } | { problem: string; expected: string } {
  const roles = new Set<Role>();
  for (const part of cell.split(/[,;]/)) {
    const role = ROLE_WORDS[part.toLowerCase().replace(/[^a-z]/g, '')];
    if (role === undefined) return { problem: 'unknown', expected: ROLE_EXPECTED };
    // A city's administrator must not be able to make one of the state.
    if (role === 'state_admin' && !isState) return { problem: 'not_allowed', expected: 'roles within this city' };
    roles.add(role);
  }
  return { roles: [...roles].sort() };
}
