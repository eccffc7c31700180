import { Inject, Injectable } from '@nestjs/common';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { deadlineFor, temporalProblem } from '#libs/casework/temporal-calls';
import { notifySignal } from '#libs/contracts/temporal/conversation';
import { recomputeSignal } from '#libs/contracts/temporal/grievance';
import { TEMPORAL } from '../platform/tokens.js';
import { TroubledWorkflows } from './troubled-workflows.service.js';

/** What may be done to a workflow by hand: nothing that takes it out of the rules' hands. */
@Injectable()
export class WorkflowCare {
  constructor(
    @Inject(TEMPORAL) private readonly client: Client,
    private readonly casework: Casework,
    private readonly audit: AuditLog,
    private readonly troubled: TroubledWorkflows,
  ) {}

  /** Has its code run again now, by a signal that changes nothing. */
  async wake(principal: Principal, workflowId: string, reason: string): Promise<void> {
    const signal = await this.harmlessSignal(principal, workflowId);
    try {
      await this.client.withDeadline(deadlineFor('read'), signal);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw notRunning();
      throw temporalProblem(error);
    }
    await this.note(principal, 'workflow_woken', workflowId, reason);
  }

  /** Never done: a case that was ended from outside would have no end in the record. That somebody wanted it is kept. */
  async refuseToTerminate(principal: Principal, workflowId: string, reason: string): Promise<never> {
    await this.harmlessSignal(principal, workflowId);
    await this.note(principal, 'workflow_termination_refused', workflowId, reason);
    throw new CaseworkProblem({
      status: 409,
      code: 'not_offered',
      detail: 'A workflow ends by the rules of its case alone: give the case a command that closes it.',
    });
  }

  /** @throws CaseworkProblem 404 for what the caller may not know of */
  private async harmlessSignal(principal: Principal, workflowId: string): Promise<() => Promise<void>> {
    const [kind, tenant = '', rest] = workflowId.split('/');
    const handle = this.client.workflow.getHandle(workflowId);
    if (kind === 'grievance' && rest !== undefined) {
      const cities = await this.casework.parts.masters.citiesOf(principal);
      const masters = cities.includes(tenant) ? await this.casework.parts.masters.tenant(tenant) : null;
      // A calendar that the case has already: it looks at its clocks and changes nothing.
      if (masters) {
        return () => handle.signal(recomputeSignal, { order: `wake/${randomUUID()}`, calendar: masters.calendar });
      }
    }
    if (kind === 'conversation' && rest !== undefined && (await this.troubled.seesAll(principal))) {
      return () => handle.signal(notifySignal, []);
    }
    throw notRunning();
  }

  private async note(principal: Principal, action: string, workflowId: string, reason: string): Promise<void> {
    const { tenant, id: actor } = principal;
    const subject = workflowId.slice(0, 120);
    await this.audit.write({ tenant, actor, action, subject, detail: { reason } });
  }
}

function notRunning(): CaseworkProblem {
  return CaseworkProblem.notFound('No such workflow is running, or you may not see it.');
}
