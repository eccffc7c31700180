import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { registrationKeyWorkflowId, TASK_QUEUE, WORKFLOW_TYPES } from '../contracts/temporal/names.js';
import type { TakenKey } from '../contracts/temporal/registration-key.js';
import { IdempotencyEntity } from '../persistence/entities/index.js';
import { withinPatience } from '../persistence/patience.js';
import { isUnreachable } from '../persistence/record-errors.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import { CaseworkProblem } from './problem.js';
import { RecentRegistrations, type KeptRegistration } from './recent-registrations.js';
import { deadlineFor, temporalProblem } from './temporal-calls.js';

const MEMO_TAKEN = 'taken';

/**
 * Which number an Idempotency-Key has taken. It stands in the record; while that is away, in a workflow whose id only one
 * process can start, and which takes it to the record. What the record had taken before it went away stands in the memo of
 * the case.
 */
export class RegistrationKeys {
  private readonly recent: RecentRegistrations;

  constructor(
    private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly temporal: Client,
  ) {
    this.recent = new RecentRegistrations(temporal);
  }

  /** Throws the refusal when the key was used for something else. */
  async find(key: string, bodyHash: string): Promise<KeptRegistration | null> {
    const recorded = await this.inRecord(key).catch(unlessAway);
    if (recorded) return same(recorded, bodyHash);
    const taken = await this.inTemporal(key);
    return taken && same(taken, bodyHash);
  }

  /**
   * Takes the key for this number, unless it has one: then that is answered.
   * @param tenant code of the city of the number
   */
  async take(taken: TakenKey, tenant: string): Promise<KeptRegistration> {
    try {
      const kept = await withinPatience(this.record(taken));
      return same(kept ?? taken, taken.bodyHash);
    } catch (error) {
      unlessAway(error);
    }
    return same((await this.recent.find(taken.key, tenant)) ?? (await this.start(taken)), taken.bodyHash);
  }

  private async record(taken: TakenKey): Promise<IdempotencyEntity | null> {
    await this.unitOfWork.run((em) =>
      em
        .createQueryBuilder()
        .insert()
        .into(IdempotencyEntity)
        .values({ ...taken, answer: null })
        .orIgnore()
        .execute(),
    );
    return this.inRecord(taken.key);
  }

  private inRecord(key: string): Promise<IdempotencyEntity | null> {
    return withinPatience(this.read.manager.findOneBy(IdempotencyEntity, { key }));
  }

  private async start(taken: TakenKey): Promise<Pick<TakenKey, 'bodyHash' | 'number' | 'key'>> {
    try {
      await this.temporal.withDeadline(deadlineFor('start'), () =>
        this.temporal.workflow.start(WORKFLOW_TYPES.registrationKey, {
          taskQueue: TASK_QUEUE,
          workflowId: registrationKeyWorkflowId(taken.key),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [taken],
          memo: { [MEMO_TAKEN]: taken },
        }),
      );
      return taken;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw temporalProblem(error);
      return (await this.inTemporal(taken.key)) ?? taken;
    }
  }

  private async inTemporal(key: string): Promise<TakenKey | null> {
    const handle = this.temporal.workflow.getHandle(registrationKeyWorkflowId(key));
    try {
      const { memo } = await this.temporal.withDeadline(deadlineFor('read'), () => handle.describe());
      return (memo?.[MEMO_TAKEN] as TakenKey | undefined) ?? null;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw temporalProblem(error);
    }
  }
}

function same(
  { key, bodyHash, number }: { key: string; bodyHash: string; number: string | null },
  wanted: string,
): KeptRegistration {
  if (bodyHash !== wanted || number === null) throw CaseworkProblem.idempotencyMismatch();
  return { key, bodyHash, number };
}

function unlessAway(error: unknown): null {
  if (isUnreachable(error)) return null;
  throw error;
}
