import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditLog } from '#libs/casework/audit-log';
import { CaseworkProblem } from '#libs/casework/problem';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { SessionsService } from './sessions.service.js';
import { StaffDirectory } from './staff-directory.service.js';
import { TokensService } from './tokens.service.js';

/** A working day and some hours. */
const SESSION_MS = 12 * 3_600_000;
const FAILURES_BEFORE_LOCK = 5;
const LOCK_MS = 15 * 60_000;

/** Staff log in with a name and a password. */
@Injectable()
export class LoginService {
  /** Compared for names that do not exist, so that they take as long to refuse as those that do. */
  private readonly decoy = hash('no such account');

  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly tokens: TokensService,
    private readonly sessions: SessionsService,
    private readonly staff: StaffDirectory,
    private readonly audit: AuditLog,
  ) {}

  async login(username: string, password: string): Promise<{ token: string; expiresAt: number; mustChange: boolean }> {
    const name = username.trim().toLowerCase();
    const user = await this.read.manager.findOneBy(AppUserEntity, { username: name });
    const matches = await verify(user?.passwordHash ?? (await this.decoy), password).catch(() => false);
    const now = Date.now();
    if (user?.lockedUntil && user.lockedUntil > now) throw locked(user.lockedUntil - now);
    if (!user || user.disabled || !matches) {
      if (user) await this.noteFailure(user, now);
      throw new CaseworkProblem({ status: 401, code: 'wrong_credentials', detail: 'User name or password is wrong.' });
    }
    if (user.failedLogins > 0 || user.lockedUntil !== null) {
      await this.unitOfWork.run((em) =>
        em.update(AppUserEntity, { username: name }, { failedLogins: 0, lockedUntil: null }),
      );
    }
    const session = await this.tokens.issue(
      { subject: `user:${name}`, kind: 'staff', tenant: user.tenant },
      SESSION_MS,
    );
    await this.sessions.begin(session);
    this.staff.forget(name);
    return { token: session.token, expiresAt: session.expiresAt, mustChange: user.mustChange };
  }

  async changePassword(username: string, current: string, next: string): Promise<void> {
    const user = await this.read.manager.findOneByOrFail(AppUserEntity, { username });
    const matches = await verify(user.passwordHash, current).catch(() => false);
    const problem = !matches
      ? { field: 'current', problem: 'wrong', expected: 'the present password' }
      : current === next
        ? { field: 'next', problem: 'unchanged', expected: 'another password' }
        : null;
    if (problem) throw CaseworkProblem.invalid([problem]);
    const passwordHash = await hash(next);
    await this.unitOfWork.run((em) => em.update(AppUserEntity, { username }, { passwordHash, mustChange: false }));
    this.staff.forget(username);
    const actor = `user:${username}`;
    await this.audit.write({ tenant: user.tenant, actor, action: 'password_changed', subject: username });
  }

  private async noteFailure(user: AppUserEntity, now: number): Promise<void> {
    const { username, tenant } = user;
    const failures = await this.unitOfWork.run(async (em) => {
      await em.increment(AppUserEntity, { username }, 'failedLogins', 1);
      const { failedLogins } = await em.findOneByOrFail(AppUserEntity, { username });
      if (failedLogins >= FAILURES_BEFORE_LOCK) {
        await em.update(AppUserEntity, { username }, { failedLogins: 0, lockedUntil: now + LOCK_MS });
      }
      return failedLogins;
    });
    const action = failures >= FAILURES_BEFORE_LOCK ? 'account_locked' : 'login_failed';
    await this.audit.write({ tenant, actor: `user:${username}`, action, subject: username, detail: { failures } }, now);
  }
}

function locked(forMs: number): CaseworkProblem {
  return new CaseworkProblem({
    status: 429,
    code: 'account_locked',
    detail: 'Too many wrong passwords. This account is locked for a while.',
    retryAfterSeconds: Math.ceil(forMs / 1000),
  });
}
