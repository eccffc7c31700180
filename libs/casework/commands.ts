import { WorkflowNotFoundError } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { In } from 'typeorm';
import type { CaseView } from '../contracts/api/views.js';
import { commandUpdates, type CommandRequest, type CommandResult } from '../contracts/temporal/grievance.js';
import { grievanceWorkflowId } from '../contracts/temporal/names.js';
import { decide } from '../domain/case/decide.js';
import type { CommandName } from '../domain/case/names.js';
import type { CaseCommand, CaseState } from '../domain/case/types.js';
import { parseNumber } from '../domain/numbers/index.js';
import { identityOf } from '../persistence/contact-aliases.js';
import { AttachmentEntity } from '../persistence/entities/index.js';
import { commandFrom, type BodyLookup } from './bodies.js';
import { bodyHash, keyHash } from './canonical.js';
import type { StoredAttachment } from './case-view.js';
import { readMobile } from './mobile.js';
import type { CaseworkParts } from './parts.js';
import { hiddenFromCommand, relationOf } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import type { Reading, SeenCase } from './reading.js';
import { attachmentRef } from './registration.js';
import { deadlineFor, updateProblem } from './temporal-calls.js';
import type { TenantMasters } from './tenant-masters.js';

/** Gives commands to running cases; answers for those that have ended. */
export class CommandDesk {
  constructor(
    private readonly parts: CaseworkParts,
    private readonly reading: Reading,
  ) {}

  /** Answers the case as it is after the command; throws the refusal. */
  async give(
    principal: Principal,
    number: string,
    name: CommandName,
    body: Readonly<Record<string, unknown>>,
    key?: string,
  ): Promise<CaseView> {
    const { record, masters } = await this.reading.find(number);
    const viewer = await this.reading.viewer(principal, record, masters);
    const { state } = record;
    const id = key === undefined ? randomUUID() : keyHash(principal.id, key);
    if (hiddenFromCommand(viewer.relation, principal, name, state)) {
      // A repeated transfer is answered like the first, although it took the case out of the caller's sight.
      const repeated = key !== undefined && (await this.parts.store.carriedOut(state.number, id)) !== null;
      if (!repeated) throw CaseworkProblem.notFound();
    }
    const lookup = this.lookup(principal, state, masters);
    const command = await commandFrom(name, viewer.actor, body, state, lookup, this.parts.now());
    const hash = bodyHash(name, body);
    try {
      const request = { command, id, bodyHash: hash, at: this.parts.now() };
      const after = await this.carryOut(state, request, masters);
      return await this.answer({ record: { ...record, state: after }, viewer, masters }, command);
    } catch (error) {
      await this.noteRefusal(principal, state, name, error);
      throw error;
    }
  }

  private async carryOut(state: CaseState, request: CommandRequest, masters: TenantMasters): Promise<CaseState> {
    // Also where the record says that it is closed: it may be ahead of a workflow that lost its last step.
    const handle = this.parts.temporal.workflow.getHandle(grievanceWorkflowId(state.tenant, state.number));
    let result: CommandResult;
    try {
      result = await this.parts.temporal.withDeadline(deadlineFor('update'), () =>
        // Each sending is an update of its own, so that an answer to an earlier one, whose memory a server has lost, is
        // never put under this one, which bears another time. The workflow knows a repeated command by its id.
        handle.executeUpdate(commandUpdates[request.command.name], { args: [request] }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw updateProblem(error);
      const closed = await this.parts.store.closed(state.number);
      if (closed?.state.state !== 'closed') throw CaseworkProblem.unavailable('temporal');
      return this.fromRecord(closed.state, request, masters);
    }
    if (result.bodyHash !== request.bodyHash) throw CaseworkProblem.idempotencyMismatch();
    return result.state;
  }

  /** A closed case takes no commands, but one that closed it may be repeated under its key. */
  private async fromRecord(state: CaseState, request: CommandRequest, masters: TenantMasters): Promise<CaseState> {
    const earlier = await this.parts.store.carriedOut(state.number, request.id);
    if (earlier) {
      if (earlier.bodyHash !== request.bodyHash) throw CaseworkProblem.idempotencyMismatch();
      return state;
    }
    const decision = decide(state, request.command, { now: this.parts.now(), calendar: masters.calendar });
    if (!decision.ok) throw CaseworkProblem.refused(decision.refusal);
    // The rules would accept it, but nothing runs that could carry it out.
    throw CaseworkProblem.refused({
      status: 409,
      code: 'state_conflict',
      reason: 'The case is closed.',
      state: state.state,
      allowed: [],
    });
  }

  /** The caller sees the answer even where the command took the case out of their sight. */
  private async answer(seen: SeenCase, command: CaseCommand): Promise<CaseView> {
    const { state } = seen.record;
    const relation = relationOf(seen.viewer.principal, seen.viewer.actor, state, await this.parts.masters.parents());
    const after = {
      ...seen,
      viewer: { ...seen.viewer, relation: relation === 'stranger' ? seen.viewer.relation : relation },
    };
    return this.reading.present(after, await this.attachmentsAfter(after, command));
  }

  /** With those the command brought, which the record may not have yet. */
  private async attachmentsAfter(seen: SeenCase, command: CaseCommand): Promise<StoredAttachment[]> {
    const stored = await this.reading.attachmentsFor(seen);
    const brought = 'attachments' in command.body ? (command.body.attachments ?? []) : [];
    const kind = command.name === 'resolve' ? ('evidence' as const) : ('complaint' as const);
    const fresh = brought.filter((item) => !stored.some((known) => known.id === item.id));
    return [...stored, ...fresh.map((item) => ({ ...item, kind }))];
  }

  private lookup(principal: Principal, state: CaseState, masters: TenantMasters): BodyLookup {
    const now = this.parts.now();
    return {
      post: (position) => masters.post(position, now),
      transfer: (wish) => masters.transferTarget(state, wish),
      attachments: async (ids) => {
        const rows = await this.parts.read.manager.findBy(AttachmentEntity, {
          id: In([...ids]),
          uploadedBy: principal.id,
        });
        return rows.filter((row) => row.number === null || row.number === state.number).map(attachmentRef);
      },
      otherCase: (number) => this.otherCase(state, number),
      citizen: async (text) => {
        const mobile = readMobile(text);
        if (!mobile) return null;
        const id = await identityOf(this.parts.read.manager, this.parts.contactId(mobile));
        const tenant = await this.parts.masters.rootOf(state.tenant);
        await this.parts.citizens.ensure({ id, tenant, mobile, locale: 'en' });
        return `citizen:${id}`;
      },
    };
  }

  private async otherCase(
    state: CaseState,
    text: string,
  ): Promise<{ number: string; tenant: string; open: boolean } | null> {
    const parsed = parseNumber(text);
    if (!parsed.ok) return null;
    const other = await this.parts.store.find(state.tenant, parsed.number);
    return other && { number: other.state.number, tenant: other.state.tenant, open: other.state.state !== 'closed' };
  }

  private async noteRefusal(
    principal: Principal,
    state: CaseState,
    command: CommandName,
    error: unknown,
  ): Promise<void> {
    if (!(error instanceof CaseworkProblem) || ![403, 409, 422].includes(error.details.status)) return;
    await this.parts.audit.write(
      {
        tenant: state.tenant,
        actor: principal.id,
        action: 'command_refused',
        subject: state.number,
        detail: { command, code: error.details.code, state: error.details.state ?? state.state },
      },
      this.parts.now(),
    );
  }
}
