import type { Client } from '@temporalio/client';
import type { Simulation } from '../contracts/api/masters.js';
import type { CaseView, NearbyView, Page, TimelineItem } from '../contracts/api/views.js';
import { contactHash, type Keys } from '../config/keys.js';
import type { CommandName } from '../domain/case/names.js';
import type { MastersService } from '../masters/index.js';
import type { DataSources } from '../persistence/data-sources.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import { AuditLog } from './audit-log.js';
import { CaseStore } from './case-store.js';
import { CitizenDirectory } from './citizen-directory.js';
import { CommandDesk } from './commands.js';
import { FieldReader } from './fields.js';
import type { ListQuery } from './list-query.js';
import { Listing } from './listing.js';
import { nearbyCases } from './nearby.js';
import { NumberSource } from './numbers.js';
import type { CaseworkParts } from './parts.js';
import { mayReveal } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import { PublicRecord } from './public-record.js';
import { Reading } from './reading.js';
import { RegistrationDesk } from './registration.js';
import { RegistrationKeys } from './registration-keys.js';
import { simulate } from './simulation.js';
import { CaseworkMasters } from './tenant-masters.js';

export interface CaseworkNeeds {
  dataSources: Pick<DataSources, 'read'>;
  unitOfWork: UnitOfWork;
  masters: MastersService;
  temporal: Client;
  keys: Pick<Keys, 'contact'>;
  now?: () => number;
}

/** What any entrance does with a case. Refusals are thrown as `CaseworkProblem`. */
export class Casework {
  readonly parts: CaseworkParts;
  readonly reading: Reading;
  readonly listing: Listing;
  /** What strangers may see. */
  readonly publicRecord: PublicRecord;
  private readonly desk: RegistrationDesk;
  private readonly commands: CommandDesk;

  constructor({ dataSources, unitOfWork, masters, temporal, keys, now = Date.now }: CaseworkNeeds) {
    const { read } = dataSources;
    this.parts = {
      read,
      unitOfWork,
      temporal,
      masters: new CaseworkMasters(masters),
      numbers: new NumberSource(unitOfWork),
      keys: new RegistrationKeys(read, unitOfWork, temporal),
      store: new CaseStore(read, temporal),
      citizens: new CitizenDirectory(read, unitOfWork),
      audit: new AuditLog(unitOfWork),
      contactId: (contact) => contactHash(keys, contact),
      now,
    };
    this.reading = new Reading(this.parts);
    this.publicRecord = new PublicRecord(this.parts);
    this.desk = new RegistrationDesk(this.parts, this.reading);
    this.commands = new CommandDesk(this.parts, this.reading);
    this.listing = new Listing(this.parts, this.reading);
  }

  /** Reads the masters and takes numbers of every city, so that registrations go on when the database goes away. */
  async prepare(): Promise<void> {
    const { masters, numbers, now } = this.parts;
    for (const { code, kind } of await masters.service.tenants()) {
      const city = kind === 'ulb' ? await masters.tenant(code) : null;
      if (city) await numbers.prepare(city.tenant, now());
    }
  }

  /** Takes a complaint in. With a key: the same request again is the same case, another one is refused. */
  register(principal: Principal, body: Readonly<Record<string, unknown>>, key?: string): Promise<CaseView> {
    return this.desk.register(principal, body, key);
  }

  /** Gives a command to a case; answers the case after it. */
  command(
    principal: Principal,
    number: string,
    name: CommandName,
    body: Readonly<Record<string, unknown>>,
    key?: string,
  ): Promise<CaseView> {
    return this.commands.give(principal, number, name, body, key);
  }

  /** @param version waits up to a second for the record to reach it */
  view(principal: Principal, number: string, version?: number): Promise<CaseView> {
    return this.reading.view(principal, number, version);
  }

  timeline(principal: Principal, number: string): Promise<TimelineItem[]> {
    return this.reading.timeline(principal, number);
  }

  list(principal: Principal, query: ListQuery): Promise<Page<CaseView>> {
    return this.listing.list(principal, query);
  }

  /** How many cases such a list has on all its pages. */
  count(principal: Principal, query: ListQuery): Promise<number> {
    return this.listing.count(principal, query);
  }

  /** Open cases of the same kind close by. */
  nearby(principal: Principal, query: Readonly<Record<string, unknown>>): Promise<NearbyView[]> {
    return nearbyCases(this.parts, principal, query);
  }

  simulate(principal: Principal, body: Readonly<Record<string, unknown>>): Promise<Simulation> {
    return simulate(this.parts, principal, body);
  }

  /** The citizen behind a case, unmasked, for a reason that is kept. */
  async reveal(
    principal: Principal,
    number: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<{ name: string | null; mobile: string | null }> {
    const { record, viewer } = await this.reading.seen(principal, number);
    if (!mayReveal(viewer.relation, viewer.actor, record.state)) throw CaseworkProblem.forbidden();
    const reader = new FieldReader(body);
    const reason = reader.text('reason', { required: true });
    if (reason === undefined) throw CaseworkProblem.invalid(reader.problems);
    const { tenant, number: subject } = record.state;
    await this.parts.audit.write(
      { tenant, actor: principal.id, action: 'citizen_revealed', subject, detail: { reason } },
      this.parts.now(),
    );
    return { name: record.citizen?.name ?? null, mobile: record.citizen?.mobile ?? null };
  }
}
