import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, IsNull } from 'typeorm';
import { AuditLog } from '#libs/casework/audit-log';
import { FieldReader } from '#libs/casework/fields';
import { hasRole, MAY_ISSUE_KEYS } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { ApiKeyEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { keyHash, newApiKey } from './api-keys.service.js';
import { SCOPES } from './scopes.js';

export class ApiKeyDto {
  @ApiProperty({ maxLength: 160 }) name: string;
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes: string[];
}

interface ApiKeyView {
  id: string;
  name: string;
  scopes: string[];
  createdAt: string;
}

@ApiTags('access')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Issues a key for another system. It is shown this once; only its hash is kept. */
  @Post()
  @HttpCode(201)
  @ApiBody({ type: ApiKeyDto })
  async issue(@Caller() principal: Principal, @Body() body: unknown): Promise<{ id: string; key: string }> {
    admitted(principal);
    const { name, scopes } = read(jsonObject(body));
    const id = randomUUID();
    const key = newApiKey();
    const { tenant } = principal;
    const row = { id, tenant, name, keyHash: keyHash(key), scopes, createdBy: principal.id, createdAt: Date.now() };
    await this.unitOfWork.run((em) => em.insert(ApiKeyEntity, { ...row, revokedAt: null }));
    await this.audit.write({
      tenant,
      actor: principal.id,
      action: 'api_key_issued',
      subject: id,
      detail: { name, scopes },
    });
    return { id, key };
  }

  @Get()
  async list(@Caller() principal: Principal): Promise<{ items: ApiKeyView[]; next: null }> {
    admitted(principal);
    const rows = await this.read.manager.find(ApiKeyEntity, {
      where: { tenant: principal.tenant, revokedAt: IsNull() },
      order: { createdAt: 'ASC' },
    });
    const items = rows.map(({ id, name, scopes, createdAt }) => ({
      id,
      name,
      scopes,
      createdAt: new Date(createdAt).toISOString(),
    }));
    return { items, next: null };
  }

  /** Ends a key at once. */
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Caller() principal: Principal, @Param('id') id: string): Promise<void> {
    admitted(principal);
    const { tenant } = principal;
    const { affected } = await this.unitOfWork.run((em) =>
      em.update(ApiKeyEntity, { id, tenant, revokedAt: IsNull() }, { revokedAt: Date.now() }),
    );
    if (!affected) throw CaseworkProblem.notFound('There is no such key.');
    await this.audit.write({ tenant, actor: principal.id, action: 'api_key_revoked', subject: id });
  }
}

function admitted(principal: Principal): void {
  if (!hasRole(principal, MAY_ISSUE_KEYS)) throw CaseworkProblem.forbidden();
}

function read(body: Readonly<Record<string, unknown>>): { name: string; scopes: string[] } {
  const reader = new FieldReader(body);
  const name = reader.text('name', { required: true, limit: 160 });
  const scopes = body['scopes'];
  const known = Array.isArray(scopes) && scopes.every((scope) => (SCOPES as readonly unknown[]).includes(scope));
  if (!known || scopes.length === 0) {
    reader.wrong('scopes', scopes === undefined ? 'required' : 'unknown', `a list of ${SCOPES.join(', ')}`);
  }
  if (name === undefined || reader.problems.length > 0) throw CaseworkProblem.invalid(reader.problems);
  return { name, scopes: [...new Set(scopes as string[])] };
}
