import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, Like } from 'typeorm';
import { giveNewPassword } from '#libs/casework/new-password';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { hasRole, MAY_ADMINISTER } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { UserView } from '#libs/contracts/api/masters';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { SessionsService } from '../auth/sessions.service.js';
import { StaffDirectory } from '../auth/staff-directory.service.js';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';

export class UserChangeDto {
  @ApiPropertyOptional({ maxLength: 160 }) name?: string;
  @ApiPropertyOptional() disabled?: boolean;
  @ApiPropertyOptional({ description: 'Lets somebody in again who was locked out.' }) unlock?: boolean;
}

const MOST = 100;

@ApiTags('access')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly casework: Casework,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly staff: StaffDirectory,
    private readonly sessions: SessionsService,
  ) {}

  /** Accounts of the caller's tenant, found by the beginning of user name or name. */
  @Get()
  async list(@Caller() principal: Principal, @Query('q') q = ''): Promise<{ items: UserView[]; next: null }> {
    admitted(principal);
    const beginning = Like(
      `${String(q)
        .replace(/[\\%_]/g, '')
        .slice(0, 80)}%`,
    );
    const { tenant } = principal;
    const rows = await this.read.manager.find(AppUserEntity, {
      where: [
        { tenant, username: beginning },
        { tenant, name: beginning },
      ],
      order: { username: 'ASC' },
      take: MOST,
    });
    return { items: rows.map(userView), next: null };
  }

  @Patch(':username')
  @ApiBody({ type: UserChangeDto })
  async change(
    @Caller() principal: Principal,
    @Param('username') username: string,
    @Body() body: unknown,
  ): Promise<UserView> {
    const user = await this.find(principal, username);
    const reader = new FieldReader(jsonObject(body));
    const name = reader.text('name', { limit: 160 });
    const disabled = reader.boolean('disabled');
    const unlock = reader.boolean('unlock');
    if (disabled && principal.username === username) reader.wrong('disabled', 'not_allowed', 'the account of another');
    if (reader.problems.length > 0) throw CaseworkProblem.invalid(reader.problems);
    const changed: AppUserEntity = {
      ...user,
      ...(name === undefined ? {} : { name }),
      ...(disabled === undefined ? {} : { disabled }),
      ...(unlock ? { failedLogins: 0, lockedUntil: null } : {}),
    };
    await this.unitOfWork.run((em) => em.save(AppUserEntity, changed));
    if (changed.disabled) await this.sessions.revokeAllOf(`user:${username}`);
    await this.note(principal, 'user_changed', user, { name, disabled, unlock });
    return userView(changed);
  }

  /** A new password, told this once; its owner has to change it at the next login. */
  @Post(':username/password')
  @HttpCode(200)
  async resetPassword(
    @Caller() principal: Principal,
    @Param('username') username: string,
  ): Promise<{ password: string }> {
    const user = await this.find(principal, username);
    const password = randomBytes(9).toString('base64url');
    await giveNewPassword(this.unitOfWork, username, password);
    await this.sessions.revokeAllOf(`user:${username}`);
    await this.note(principal, 'password_reset', user, {});
    return { password };
  }

  private async find(principal: Principal, username: string): Promise<AppUserEntity> {
    admitted(principal);
    const user = await this.read.manager.findOneBy(AppUserEntity, { username });
    const cities = await this.casework.parts.masters.citiesOf(principal);
    if (!user || (user.tenant !== principal.tenant && !cities.includes(user.tenant))) {
      throw CaseworkProblem.notFound('There is no such account.');
    }
    return user;
  }

  private async note(
    principal: Principal,
    action: string,
    user: AppUserEntity,
    detail: Record<string, unknown>,
  ): Promise<void> {
    this.staff.forget(user.username);
    await this.audit.write({ tenant: user.tenant, actor: principal.id, action, subject: user.username, detail });
  }
}

function admitted(principal: Principal): void {
  if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
}

function userView({ username, tenant, name, roles, disabled, lockedUntil }: AppUserEntity): UserView {
  const locked = lockedUntil !== null && lockedUntil > Date.now();
  return { username, tenant, name, roles, disabled, lockedUntil: locked ? new Date(lockedUntil).toISOString() : null };
}
