import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Registration } from '../contracts/temporal/grievance.js';
import { grievanceWorkflowId, MEMO_VIEW } from '../contracts/temporal/names.js';
import type { CaseState } from '../domain/case/types.js';
import { AttachmentEntity, GrievanceEntity, GrievanceEventEntity } from '../persistence/entities/index.js';
import type { CaseRecord, StoredAttachment } from './case-view.js';
import { deadlineFor, temporalProblem } from './temporal-calls.js';

/** What the memo of a running case holds until its row is there. */
export interface CaseMemo {
  state: CaseState;
  registration: Registration;
}

const POLL_MS = 20;
const LONGEST_WAIT_MS = 1000;

/** Reads cases where they stand: the record, or the workflow's memo while the first step is not recorded yet. */
export class CaseStore {
  constructor(
    private readonly read: DataSource,
    private readonly temporal: Client,
  ) {}

  /** @param version answers as soon as the record has reached it, after a second at the latest with what is there */
  async find(tenant: string, number: string, version = 0): Promise<CaseRecord | null> {
    const giveUp = Date.now() + LONGEST_WAIT_MS;
    let record = await this.row(number);
    while ((record?.state.version ?? 0) < version && Date.now() < giveUp) {
      await sleep(POLL_MS);
      record = await this.row(number);
    }
    if (record) return record.state.tenant === tenant ? record : null;
    return this.memo(tenant, number);
  }

  async row(number: string): Promise<CaseRecord | null> {
    // One statement for both: every view and every command needs them.
    const row = (await this.read.manager
      .createQueryBuilder(GrievanceEntity, 'g')
      .leftJoinAndMapMany('g.pictures', AttachmentEntity, 'a', 'a.number = g.number')
      .where('g.number = :number', { number })
      .orderBy('a.createdAt', 'ASC')
      .addOrderBy('a.id', 'ASC')
      .getOne()) as (GrievanceEntity & { pictures: AttachmentEntity[] }) | null;
    return row && { ...recordOf(row), attachments: row.pictures.map(storedAttachment) };
  }

  /** Waits for the record of a case whose workflow has ended: its last step may be committed a moment later. */
  async closed(number: string): Promise<CaseRecord | null> {
    const giveUp = Date.now() + LONGEST_WAIT_MS;
    let record = await this.row(number);
    while (record && record.state.state !== 'closed' && Date.now() < giveUp) {
      await sleep(POLL_MS);
      record = await this.row(number);
    }
    return record;
  }

  async attachments(number: string): Promise<StoredAttachment[]> {
    return (await this.attachmentsOf([number])).get(number) ?? [];
  }

  async attachmentsOf(numbers: readonly string[]): Promise<Map<string, StoredAttachment[]>> {
    const found = new Map<string, StoredAttachment[]>();
    if (numbers.length === 0) return found;
    // Without entities: every list asks for this, and most of its cases have none.
    const rows: (Parameters<typeof storedAttachment>[0] & { number: string })[] = await this.read.manager.query(
      `SELECT number, id, mime, kind, lat, lon FROM attachment WHERE number IN (${numbers.map(() => '?').join(', ')})
       ORDER BY created_at, id`,
      [...numbers],
    );
    for (const row of rows) {
      const list = found.get(row.number);
      if (list) list.push(storedAttachment(row));
      else found.set(row.number, [storedAttachment(row)]);
    }
    return found;
  }

  /** The command that an update id already carried out, for answers after the workflow has ended. */
  async carriedOut(number: string, updateId: string): Promise<{ bodyHash: string | null } | null> {
    const event = await this.read.manager.findOneBy(GrievanceEventEntity, { number, updateId });
    return event ? { bodyHash: event.bodyHash } : null;
  }

  private async memo(tenant: string, number: string): Promise<CaseRecord | null> {
    const handle = this.temporal.workflow.getHandle(grievanceWorkflowId(tenant, number));
    try {
      const description = await this.temporal.withDeadline(deadlineFor('read'), () => handle.describe());
      const memo = description.memo?.[MEMO_VIEW] as CaseMemo | undefined;
      return memo ? recordOfMemo(memo) : null;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw temporalProblem(error);
    }
  }
}

export function storedAttachment(
  row: Pick<AttachmentEntity, 'id' | 'mime' | 'kind' | 'lat' | 'lon'>,
): StoredAttachment {
  return {
    id: row.id,
    mime: row.mime,
    kind: row.kind,
    ...(row.lat === null ? {} : { lat: row.lat }),
    ...(row.lon === null ? {} : { lon: row.lon }),
  };
}

export function recordOf(row: GrievanceEntity): CaseRecord {
  const known = row.citizenId !== null || row.citizenName !== null || row.citizenMobile !== null;
  return {
    state: row.snapshot,
    description: row.description,
    locale: row.locale,
    citizen: known ? { id: row.citizenId, name: row.citizenName, mobile: row.citizenMobile } : null,
  };
}

export function recordOfMemo({ state, registration }: CaseMemo): CaseRecord {
  const { citizen } = registration;
  return {
    state,
    description: registration.description,
    locale: registration.locale,
    citizen: citizen && { id: citizen.id, name: citizen.name ?? null, mobile: citizen.mobile ?? null },
  };
}
