import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { In } from 'typeorm';
import type { CaseView } from '../contracts/api/views.js';
import type { GrievanceStart, Registration } from '../contracts/temporal/grievance.js';
import {
  grievanceWorkflowId,
  MEMO_VIEW,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPES,
} from '../contracts/temporal/names.js';
import { open } from '../domain/case/registration.js';
import type { AttachmentRef } from '../domain/case/types.js';
import { AttachmentEntity } from '../persistence/entities/index.js';
import { withinPatience } from '../persistence/patience.js';
import { isUnreachable } from '../persistence/record-errors.js';
import { bodyHash, keyHash } from './canonical.js';
import type { CaseMemo } from './case-store.js';
import { recordOfMemo } from './case-store.js';
import { caseView } from './case-view.js';
import type { CaseworkParts } from './parts.js';
import { CaseworkProblem } from './problem.js';
import { actorOf, type Principal } from './principal.js';
import { hasRole, MAY_LODGE } from './policy.js';
import { readRegistration, type CitizenInput, type RegistrationInput } from './registration-body.js';
import type { KeptRegistration } from './recent-registrations.js';
import { deadlineFor, temporalProblem } from './temporal-calls.js';
import type { TenantMasters } from './tenant-masters.js';
import type { Reading } from './reading.js';

const ATTEMPTS_WITH_A_NEW_NUMBER = 3;

/** Takes complaints in: gives them a number and starts their workflow; needs no worker and waits for none. */
export class RegistrationDesk {
  constructor(
    private readonly parts: CaseworkParts,
    private readonly reading: Reading,
  ) {}

  async register(principal: Principal, body: Readonly<Record<string, unknown>>, key?: string): Promise<CaseView> {
    if (principal.kind === 'staff' && !hasRole(principal, MAY_LODGE)) {
      throw CaseworkProblem.forbidden('Only citizens, the call centre and the mayor’s office lodge complaints.');
    }
    const hash = bodyHash('register', body);
    const earlier = key === undefined ? null : await this.parts.keys.find(keyHash(principal.id, key), hash);
    const masters = await this.tenantFor(principal, body);
    const input = readRegistration(principal, defaultSource(principal), body, masters);
    if (Array.isArray(input)) throw CaseworkProblem.invalid(input);
    const attachments = await this.attachments(principal, input.attachments, earlier?.number);
    if (key === undefined) return this.startUnderNewNumber(principal, input, masters, attachments);
    const reservation = earlier ?? (await this.reserve(keyHash(principal.id, key), hash, masters));
    const memo = this.memoOf(principal, input, masters, attachments, reservation.number, reservation);
    const started = await this.start(memo, masters);
    if (started) return this.viewOf(principal, memo, masters);
    // Started before: what is answered is the case as it is now; as it was asked for while nobody can tell.
    return withinPatience(this.reading.view(principal, reservation.number)).catch((error: unknown) => {
      if (isUnreachable(error)) return this.viewOf(principal, memo, masters);
      throw error;
    });
  }

  private async startUnderNewNumber(
    principal: Principal,
    input: RegistrationInput,
    masters: TenantMasters,
    attachments: readonly AttachmentRef[],
  ): Promise<CaseView> {
    for (let attempt = 1; attempt <= ATTEMPTS_WITH_A_NEW_NUMBER; attempt++) {
      const number = await this.parts.numbers.next(masters.tenant, this.parts.now());
      const memo = this.memoOf(principal, input, masters, attachments, number);
      // A number in use means a record older than Temporal's data (a restored backup): the next one is tried.
      if (await this.start(memo, masters)) return this.viewOf(principal, memo, masters);
    }
    throw CaseworkProblem.unavailable('database');
  }

  private async start(memo: CaseMemo, masters: TenantMasters): Promise<boolean> {
    const { state, registration } = memo;
    const start: GrievanceStart = { state, calendar: masters.calendar, registration, at: state.registeredAt };
    try {
      await this.parts.temporal.withDeadline(deadlineFor('start'), () =>
        this.parts.temporal.workflow.start(WORKFLOW_TYPES.grievance, {
          taskQueue: TASK_QUEUE,
          workflowId: grievanceWorkflowId(state.tenant, state.number),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [start],
          memo: { [MEMO_VIEW]: memo },
          searchAttributes: {
            [SEARCH_ATTRIBUTES.tenant]: [state.tenant],
            [SEARCH_ATTRIBUTES.ward]: [state.ward],
            [SEARCH_ATTRIBUTES.subCategory]: [state.subCategory],
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw temporalProblem(error);
    }
  }

  private memoOf(
    principal: Principal,
    input: RegistrationInput,
    masters: TenantMasters,
    attachments: readonly AttachmentRef[],
    number: string,
    reservation?: KeptRegistration,
  ): CaseMemo {
    const now = this.parts.now();
    const citizen = this.citizenOf(principal, input.citizen, number);
    const rules = masters.rules(input.subCategory, input.ward);
    const state = open({
      number,
      tenant: masters.tenant.code,
      type: input.type,
      subCategory: input.subCategory,
      department: masters.departmentOf(input.subCategory),
      ward: input.ward,
      borough: input.borough,
      source: input.source,
      location: input.location,
      filer:
        citizen && (citizen.mobile !== undefined || citizen.externalId !== undefined) ? `citizen:${citizen.id}` : null,
      rules,
      calendar: masters.calendar,
      now,
    });
    const registration: Registration = {
      description: input.description,
      locale: input.locale,
      citizen,
      attachments,
      ...(Object.keys(input.answers).length > 0 ? { answers: input.answers } : {}),
      ...(principal.kind === 'staff'
        ? {
            lodgedBy: {
              id: principal.id,
              role: MAY_LODGE.find((role) => principal.roles.includes(role)) ?? 'call_centre',
              ...(principal.name === undefined ? {} : { name: principal.name }),
            },
          }
        : {}),
      ...(reservation ? { key: reservation.key, keyBody: reservation.bodyHash } : {}),
    };
    return { state, registration };
  }

  private citizenOf(principal: Principal, input: CitizenInput, number: string): Registration['citizen'] {
    const channel = principal.channel ?? 'sms';
    if (principal.kind === 'citizen') {
      const name = input.name ?? principal.name;
      return { ...input, ...(name === undefined ? {} : { name }), id: principal.id.slice('citizen:'.length), channel };
    }
    const contact = input.mobile ?? input.externalId;
    if (contact === undefined && input.name === undefined) return null;
    // Somebody who left only a name cannot be found again: their identity is that of this one case.
    return { ...input, id: this.parts.contactId(contact ?? number), channel };
  }

  private viewOf(principal: Principal, memo: CaseMemo, masters: TenantMasters): CaseView {
    const actor = actorOf(principal, principal.username ? masters.posts(principal.username, this.parts.now()) : []);
    const viewer = {
      principal,
      actor,
      relation: principal.kind === 'citizen' ? ('filer' as const) : ('city' as const),
    };
    const attachments = memo.registration.attachments.map((item) => ({ ...item, kind: 'complaint' as const }));
    return caseView(recordOfMemo(memo), viewer, masters.viewMasters(this.parts.now()), attachments, this.parts.now());
  }

  private async tenantFor(principal: Principal, body: Readonly<Record<string, unknown>>): Promise<TenantMasters> {
    const wished = body['tenant'];
    if (wished !== undefined && wished !== null) {
      const code = typeof wished === 'string' ? wished.trim().toUpperCase() : '';
      const masters = code && (await this.parts.masters.tenant(code));
      if (!masters || masters.tenant.kind !== 'ulb' || !(await this.parts.masters.citiesOf(principal)).includes(code)) {
        throw CaseworkProblem.invalid([{ field: 'tenant', problem: 'unknown', expected: 'the code of a city' }]);
      }
      return masters;
    }
    const city = await this.parts.masters.onlyCityFor(principal);
    if (city) return city;
    throw CaseworkProblem.invalid([{ field: 'tenant', problem: 'required', expected: 'the code of the city' }]);
  }

  /** Before the start: after a crash in between, the same key finds its number and starts the case under it. */
  private async reserve(key: string, bodyHash: string, masters: TenantMasters): Promise<KeptRegistration> {
    const createdAt = this.parts.now();
    const number = await this.parts.numbers.next(masters.tenant, createdAt);
    return this.parts.keys.take({ key, bodyHash, number, createdAt }, masters.tenant.code);
  }

  private async attachments(
    principal: Principal,
    ids: readonly string[],
    alreadyIn: string | undefined,
  ): Promise<readonly AttachmentRef[]> {
    if (ids.length === 0) return [];
    const rows = await this.parts.read.manager.findBy(AttachmentEntity, { id: In([...ids]), uploadedBy: principal.id });
    const usable = rows.filter((row) => row.number === null || row.number === alreadyIn);
    const missing = ids.find((id) => !usable.some((row) => row.id === id));
    if (missing !== undefined) {
      throw CaseworkProblem.invalid([
        { field: 'attachments', problem: 'unknown', expected: `ids of your own unused uploads; "${missing}" is none` },
      ]);
    }
    return usable.map(attachmentRef);
  }
}

export function attachmentRef(row: AttachmentEntity): AttachmentRef {
  return {
    id: row.id,
    mime: row.mime,
    ...(row.lat === null ? {} : { lat: row.lat }),
    ...(row.lon === null ? {} : { lon: row.lon }),
  };
}

function defaultSource(principal: Principal): RegistrationInput['source'] {
  if (principal.source) return principal.source;
  if (principal.kind === 'citizen') return 'portal';
  return principal.roles.includes('mayors_office') ? 'mayors_office' : 'call_centre';
}
