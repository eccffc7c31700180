import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Client } from '@temporalio/client';
import { Casework } from '#libs/casework/casework';
import { historyOf } from '#libs/casework/history';
import { hasRole, MAY_READ_HISTORY } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { HistoryAnswer } from '#libs/contracts/api/operation';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';
import { Caller } from '../http/request.js';
import { TEMPORAL } from '../platform/tokens.js';
import { TemporalUi } from './temporal-ui-links.js';

@ApiTags('operation')
@Controller('api/v1/grievances')
export class HistoryController {
  constructor(
    private readonly casework: Casework,
    @Inject(TEMPORAL) private readonly temporal: Client,
    @InjectDataSource() private readonly read: DataSource,
    private readonly ui: TemporalUi,
  ) {}

  /** Temporal's own history of a case: every run of its workflow, from the archive once Temporal has forgotten it. */
  @Get(':number/history')
  async history(@Caller() principal: Principal, @Param('number') given: string): Promise<HistoryAnswer> {
    const { record } = await this.casework.reading.seen(principal, given);
    if (!hasRole(principal, MAY_READ_HISTORY)) throw CaseworkProblem.forbidden();
    const { tenant, number } = record.state;
    const runs = await historyOf(this.temporal, this.read, tenant, number);
    const page = (runId: string) => this.ui.pageOf(grievanceWorkflowId(tenant, number), runId);
    return { number, runs: runs.map((run) => ({ ...run, ui: run.archived ? null : page(run.runId) })) };
  }
}
