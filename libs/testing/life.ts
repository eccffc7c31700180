import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import {
  commandUpdates,
  REFUSED,
  stateQuery,
  type CommandResult,
  type GrievanceStart,
} from '#libs/contracts/temporal/grievance';
import { grievanceWorkflowId, SEARCH_ATTRIBUTES } from '#libs/contracts/temporal/names';
import type { CommandName } from '#libs/domain/case/names';
import type { Actor, CaseCommand, CaseState, CommandBodies, Refusal } from '#libs/domain/case/types';
import { ACTORS, CALENDAR, freshCase } from './case-samples.js';
import type { RecordedCases } from './recorded-cases.js';
import type { WorkflowBed } from './workflow-environment.js';

let counter = 0;

/** One running case, spoken to as the API speaks to it. */
export class Life {
  private constructor(
    private readonly bed: WorkflowBed,
    private readonly record: RecordedCases,
    readonly start: GrievanceStart,
    readonly handle: WorkflowHandle,
  ) {}

  static async register(
    bed: WorkflowBed,
    record: RecordedCases,
    options: Parameters<typeof freshCase>[2] = {},
    more: Partial<GrievanceStart> = {},
  ): Promise<Life> {
    const number = `KMC-26-${String(++counter).padStart(7, '0')}-0`;
    const at = await bed.env.currentTimeMs();
    const start: GrievanceStart = {
      state: freshCase(number, at, options),
      calendar: CALENDAR,
      at,
      registration: {
        description: 'ময়লা তিন দিন তোলা হয়নি',
        locale: 'bn',
        citizen: { id: ACTORS.citizen.id, mobile: '+919830000001', channel: 'sms' },
        attachments: [],
      },
      ...more,
    };
    const handle = await bed.client.workflow.start('grievance', {
      workflowId: grievanceWorkflowId(start.state.tenant, number),
      taskQueue: bed.taskQueue,
      args: [start],
      typedSearchAttributes: searchAttributesOf(start.state),
    });
    return new Life(bed, record, start, handle);
  }

  get number(): string {
    return this.start.state.number;
  }

  /** Gives a command and answers the state after it. */
  async do<N extends CommandName>(name: N, actor: Actor, body: CommandBodies[N], id?: string): Promise<CaseState> {
    return (await this.command(name, actor, body, id)).state;
  }

  async command<N extends CommandName>(
    name: N,
    actor: Actor,
    body: CommandBodies[N],
    id: string = randomUUID(),
    bodyHash = 'hash',
  ): Promise<CommandResult> {
    const command = { name, actor, body } as unknown as CaseCommand;
    const request = { command, id, bodyHash, at: await this.bed.env.currentTimeMs() };
    return this.handle.executeUpdate(commandUpdates[name], { args: [request] });
  }

  /** Gives a command that must be refused. */
  async refusal<N extends CommandName>(name: N, actor: Actor, body: CommandBodies[N]): Promise<Refusal> {
    return this.command(name, actor, body).then(
      () => {
        throw new Error(`${name} was accepted`);
      },
      (error: unknown) => refusalIn(error),
    );
  }

  state(): Promise<CaseState> {
    return this.handle.query(stateQuery);
  }

  /** Names of the recorded events, in order. */
  get story(): string[] {
    return this.record.of(this.number).events.map(({ event }) => event);
  }

  /** Lets this much time pass; deadlines on the way are met. */
  async pass(ms: number): Promise<void> {
    await this.bed.env.sleep(ms);
  }

  async ended(): Promise<void> {
    await this.handle.result();
  }

  /** Takes the case out of a shared server, where each open one would make every later leap in time slower. */
  async abandon(): Promise<void> {
    await this.handle.terminate().catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  async historyLength(): Promise<number> {
    return (await this.handle.describe()).historyLength;
  }
}

/** The refusal by which an update's validator answered; any other error is thrown on. */
export function refusalIn(error: unknown): Refusal {
  if (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === REFUSED
  ) {
    return error.cause.details?.[0] as Refusal;
  }
  throw error;
}

function searchAttributesOf(state: CaseState): TypedSearchAttributes {
  const keyword = (name: string, value: string) => ({
    key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
    value,
  });
  return new TypedSearchAttributes([
    keyword(SEARCH_ATTRIBUTES.tenant, state.tenant),
    keyword(SEARCH_ATTRIBUTES.ward, state.ward),
    keyword(SEARCH_ATTRIBUTES.subCategory, state.subCategory),
  ]);
}
