import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import { FieldReader } from '#libs/casework/fields';
import { hasRole, MAY_ADMINISTER, MAY_READ_HISTORY } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Trouble, TroublePage } from '#libs/contracts/api/operation';
import type { Role } from '#libs/domain/case/names';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { TroubledWorkflows } from './troubled-workflows.service.js';
import { WorkflowCare } from './workflow-care.service.js';

export class WorkflowActionDto {
  @ApiProperty({ example: 'grievance/KMC/KMC-26-0001234-5' }) workflowId: string;
  @ApiProperty({ maxLength: 4000 }) reason: string;
}

const TROUBLES: readonly Trouble[] = ['stuck', 'failing'];

@ApiTags('operation')
@Controller('api/v1/workflows')
export class WorkflowsController {
  constructor(
    private readonly troubled: TroubledWorkflows,
    private readonly care: WorkflowCare,
  ) {}

  /** Running workflows whose code does not get on (`stuck`) or whose activities keep failing (`failing`). */
  @Get()
  @ApiQuery({ name: 'state', enum: TROUBLES, required: false })
  @ApiQuery({ name: 'cursor', required: false })
  list(@Caller() principal: Principal, @Query() query: Record<string, unknown>): Promise<TroublePage> {
    admitted(principal, MAY_READ_HISTORY);
    const reader = new FieldReader(query);
    const state = reader.text('state', { limit: 20 });
    const wanted = TROUBLES.find((trouble) => trouble === state) ?? null;
    if (state !== undefined && wanted === null) reader.wrong('state', 'unknown', TROUBLES.join(' or '));
    const cursor = reader.text('cursor');
    if (reader.problems.length > 0) throw CaseworkProblem.invalid(reader.problems);
    return this.troubled.page(principal, wanted, cursor);
  }

  /** Has the workflow's code run again now; changes nothing about its case. */
  @Post('wake')
  @HttpCode(202)
  @ApiBody({ type: WorkflowActionDto })
  async wake(@Caller() principal: Principal, @Body() body: unknown): Promise<void> {
    admitted(principal, MAY_ADMINISTER);
    const { workflowId, reason } = read(body);
    await this.care.wake(principal, workflowId, reason);
  }

  /** Always refused, and kept in the audit trail. */
  @Post('terminate')
  @ApiBody({ type: WorkflowActionDto })
  async terminate(@Caller() principal: Principal, @Body() body: unknown): Promise<void> {
    admitted(principal, MAY_ADMINISTER);
    const { workflowId, reason } = read(body);
    await this.care.refuseToTerminate(principal, workflowId, reason);
  }
}

function admitted(principal: Principal, roles: readonly Role[]): void {
  if (!hasRole(principal, roles)) throw CaseworkProblem.forbidden();
}

function read(body: unknown): { workflowId: string; reason: string } {
  const reader = new FieldReader(jsonObject(body));
  const workflowId = reader.text('workflowId', { required: true, limit: 255 });
  const reason = reader.text('reason', { required: true });
  if (workflowId === undefined || reason === undefined) throw CaseworkProblem.invalid(reader.problems);
  return { workflowId, reason };
}
