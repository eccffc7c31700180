import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import {
  MEMO_VIEW,
  registrationKeyWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPES,
} from '../contracts/temporal/names.js';
import type { TakenKey } from '../contracts/temporal/registration-key.js';
import { IdempotencyEntity } from '../persistence/entities/index.js';
import { withinPatience } from '../persistence/patience.js';
import { isUnreachable } from '../persistence/record-errors.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import type { CaseMemo } from './case-store.js';
import { CaseworkProblem } from './problem.js';
import { deadlineFor, temporalProblem } from './temporal-calls.js';

/** A registration that this key has made before, or is making now. */
export interface Reservation {
  key: string;
  bodyHash: string;
  number: string;
}

const MEMO_TAKEN = 'taken';
/** Who repeats a registration because its answer was lost does so within minutes. */
const REPEATED_WITHIN_MS = 15 * 60_000;
/** Cases of one city that are looked through at most: more than it lodges in that time. */
const MOST_CASES = 500;

/**
 * Which number an Idempotency-Key has taken. It stands in the record; while that is away, in a workflow whose id only one
 * process can start, and which takes it to the record. What the record had taken before it went away stands in the memo of
 * the case.
 */
export class RegistrationKeys {
  constructor(
    private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly temporal: Client,
  ) {}

  /** Throws the refusal when the key was used for something else. */
  async find(key: string, bodyHash: string): Promise<Reservation | null> {
    const recorded = await this.inRecord(key).catch(unlessAway);
    if (recorded) return same(recorded, bodyHash);
    const taken = await this.inTemporal(key);
    return taken && same(taken, bodyHash);
  }

  /**
   * Takes the key for this number, unless it has one: then that is answered.
   * @param tenant code of the city of the number
   */
  async take(taken: TakenKey, tenant: string): Promise<Reservation> {
    try {
      const kept = await withinPatience(this.record(taken));
      return same(kept ?? taken, taken.bodyHash);
    } catch (error) {
      unlessAway(error);
    }
    return same((await this.amongCases(taken.key, tenant)) ?? (await this.start(taken)), taken.bodyHash);
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

  /** The case that was lodged under this key while the record was there, by the memos of the city's latest cases. */
  private async amongCases(key: string, tenant: string): Promise<Reservation | null> {
    const since = new Date(Date.now() - REPEATED_WITHIN_MS).toISOString();
    const query = `WorkflowType = '${WORKFLOW_TYPES.grievance}' AND ${SEARCH_ATTRIBUTES.tenant} = '${tenant}' AND StartTime > '${since}'`;
    try {
      return await this.temporal.withDeadline(deadlineFor('read'), async () => {
        let seen = 0;
        for await (const { memo } of this.temporal.workflow.list({ query, pageSize: MOST_CASES })) {
          const { state, registration } = (memo?.[MEMO_VIEW] ?? {}) as Partial<CaseMemo>;
          if (state && registration?.key === key)
            return { key, bodyHash: registration.keyBody ?? '', number: state.number };
          if (++seen === MOST_CASES) break;
        }
        return null;
      });
    } catch (error) {
      throw temporalProblem(error);
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
): Reservation {
  if (bodyHash !== wanted || number === null) throw CaseworkProblem.idempotencyMismatch();
  return { key, bodyHash, number };
}

function unlessAway(error: unknown): null {
  if (isUnreachable(error)) return null;
  throw error;
}
