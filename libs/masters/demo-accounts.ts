import { hash } from '@node-rs/argon2';
import { In, type EntityManager } from 'typeorm';
import { AppUserEntity, HoldingEntity, PostEntity, TenantEntity } from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import { formatWardList } from './import/ward-list.js';
import type { Writer } from './import/report.js';

const HEADING = ['username', 'role', 'position', 'department', 'wards', 'password'];
const BATCH = 200;

interface Account {
  user: Omit<AppUserEntity, 'failedLogins' | 'lockedUntil'>;
  line: string[];
  position: string | null;
}

/**
 * One account for each post of the tenants, vacant ones included (their account holds nothing until somebody is
 * posted there), and one administrator for each state above them. Where a post is held, the account is its holder's;
 * a person's delegations follow. Accounts that exist get the password too, so that the file is always right.
 * @returns lines of `demo-accounts.txt`, tab-separated, the heading first
 */
export async function createDemoAccounts(uow: Writer, tenants: readonly string[], password: string): Promise<string[]> {
  // One hash for all: hashing five hundred times would take longer than everything else at the first start.
  const passwordHash = await hash(password);
  const accounts = await uow.run((em) => plan(em, tenants, password, passwordHash));
  for (let at = 0; at < accounts.length; at += BATCH) {
    const batch = accounts.slice(at, at + BATCH);
    await uow.run((em) => store(em, batch));
  }
  await uow.run((em) => linkDelegates(em, tenants));
  await uow.run((em) => em.increment(TenantEntity, { code: In([...tenants]) }, 'mastersVersion', 1));
  return [HEADING, ...accounts.map(({ line }) => line)].map((line) => line.join('\t'));
}

async function plan(
  em: EntityManager,
  tenants: readonly string[],
  password: string,
  passwordHash: string,
): Promise<Account[]> {
  const rows = await em.findBy(TenantEntity, { code: In([...tenants]) });
  const states = await em.findBy(TenantEntity, { kind: 'state', code: In(rows.flatMap(({ parent }) => parent ?? [])) });
  const owners = new Map(
    (await em.find(AppUserEntity, { select: { username: true, tenant: true } })).map((user) => [
      user.username,
      user.tenant,
    ]),
  );
  const usernameFor = (wish: string, tenant: string): string => {
    const username = (owners.get(wish) ?? tenant) === tenant ? wish : `${tenant.toLowerCase()}.${wish}`;
    owners.set(username, tenant);
    return username;
  };
  const common = { passwordHash, mustChange: false, disabled: false };
  const accounts = states.map(({ code, name }, nth): Account => {
    const username = usernameFor(nth === 0 ? 'state-admin' : `state-admin-${code.toLowerCase()}`, code);
    const user = {
      username,
      tenant: code,
      name: `${name} State Administrator`,
      mobile: null,
      roles: ['state_admin' as const],
      ...common,
    };
    return { user, line: [username, 'state_admin', 'STATE-ADMIN', '', '*', password], position: null };
  });
  for (const tenant of tenants) {
    const posts = await em.find(PostEntity, { where: { tenant }, order: { position: 'ASC' } });
    const holders = await currentHolders(em, tenant);
    for (const { position, designation, role, department, wards } of posts) {
      const username = usernameFor(position.toLowerCase(), tenant);
      const holder = holders.get(position);
      const user = {
        username,
        tenant,
        name: holder?.person ?? designation,
        mobile: holder?.mobile ?? null,
        roles: [role],
        ...common,
      };
      accounts.push({ user, line: [username, role, position, department, formatWardList(wards), password], position });
    }
  }
  return accounts;
}

async function currentHolders(em: EntityManager, tenant: string): Promise<Map<string, HoldingEntity>> {
  const now = Date.now();
  const rows = await em.findBy(HoldingEntity, { tenant, kind: 'holder' });
  return new Map(rows.filter(({ validTo }) => validTo === null || validTo > now).map((row) => [row.position, row]));
}

async function store(em: EntityManager, accounts: readonly Account[]): Promise<void> {
  const users = accounts.map(({ user }) => ({ ...user, failedLogins: 0, lockedUntil: null }));
  await insertRows(em, AppUserEntity, users, {
    always: ['name', 'mobile', 'passwordHash', 'roles', 'mustChange', 'disabled', 'failedLogins', 'lockedUntil'],
  });
  for (const { user, position } of accounts) {
    if (position === null) continue;
    const where = { tenant: user.tenant, position, kind: 'holder' as const, person: user.name };
    await em.update(HoldingEntity, where, { username: user.username });
  }
}

/** Whoever acts for another is known by name and number: the account is that of the post the person holds. */
async function linkDelegates(em: EntityManager, tenants: readonly string[]): Promise<void> {
  for (const tenant of tenants) {
    const delegates = await em.findBy(HoldingEntity, { tenant, kind: 'delegate' });
    if (delegates.length === 0) continue;
    const holders = [...(await currentHolders(em, tenant)).values()];
    for (const delegate of delegates) {
      const own = holders.find(({ person, mobile }) => person === delegate.person && mobile === delegate.mobile);
      if (own?.username) await em.update(HoldingEntity, { id: delegate.id }, { username: own.username });
    }
  }
}
