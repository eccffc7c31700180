import { Controller, Headers, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { Casework } from '#libs/casework/casework';
import { seesWholeCity } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { SessionsService } from '../auth/sessions.service.js';
import { StaffDirectory } from '../auth/staff-directory.service.js';
import { Caller } from '../http/request.js';
import { CaseChanges, type CaseChange, type Listener } from './case-changes.js';

/** A browser keeps six connections to a server: one must be left for the pages themselves. */
const MOST_A_USER = 5;
const HEARTBEAT_MS = 15_000;
/** How soon a new post or a lost one shows. */
const SCOPE_MS = 30_000;
/** A page that slept longer reads its lists anew anyway. */
const LONGEST_GAP_MS = 15 * 60_000;

type Sees = (change: CaseChange) => boolean;

@ApiTags('events')
@Controller('api/v1/events')
export class EventsController {
  private readonly open = new Map<string, number>();

  constructor(
    private readonly casework: Casework,
    private readonly changes: CaseChanges,
    private readonly sessions: SessionsService,
    private readonly staff: StaffDirectory,
  ) {}

  /** A stream (`text/event-stream`) of cases of the caller's lists that changed: events `case` with number, version, state and owner. */
  @Sse()
  @ApiProduces('text/event-stream')
  @ApiOperation({ summary: 'Changes of the cases in the caller’s lists, as server-sent events' })
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  async stream(
    @Caller() principal: Principal,
    @Req() request: FastifyRequest,
    @Headers('last-event-id') lastId?: string,
  ): Promise<Observable<MessageEvent>> {
    if (principal.kind !== 'staff') throw CaseworkProblem.forbidden();
    if ((this.open.get(principal.id) ?? 0) >= MOST_A_USER) {
      throw new CaseworkProblem({
        status: 429,
        code: 'too_many_streams',
        detail: `No more than ${MOST_A_USER} pages at a time can be kept up to date.`,
        retryAfterSeconds: 60,
      });
    }
    const sees = await this.scopeOf(principal);
    const missed = await this.missed(lastId);
    return new Observable((subscriber) => {
      let scope = sees;
      let beats = Date.now();
      let scoped = Date.now();
      const send = (change: CaseChange, before?: CaseChange) => {
        if (scope(change)) subscriber.next(messageOf(change));
        else if (before && scope(before)) subscriber.next(goneMessage(change));
      };
      const listener: Listener = {
        changed: send,
        end: () => subscriber.complete(),
        tick: () => {
          const now = Date.now();
          if (now - beats >= HEARTBEAT_MS) {
            beats = now;
            subscriber.next({ type: 'heartbeat', data: {} });
          }
          void this.stillIn(request).then((still) => still || subscriber.complete());
          if (now - scoped < SCOPE_MS) return;
          scoped = now;
          void this.renewed(principal).then((fresh) => (fresh ? (scope = fresh) : subscriber.complete()));
        },
      };
      this.count(principal.id, 1);
      subscriber.next({ type: 'ready', data: {}, retry: 3_000 });
      for (const change of missed) send(change);
      this.changes.add(listener);
      return () => {
        this.changes.remove(listener);
        this.count(principal.id, -1);
      };
    });
  }

  private async missed(lastId: string | undefined): Promise<CaseChange[]> {
    const since = Number(lastId);
    if (!lastId || !Number.isFinite(since) || Date.now() - since > LONGEST_GAP_MS) return [];
    return this.changes.since(since);
  }

  private async stillIn({ sessionId }: FastifyRequest): Promise<boolean> {
    return sessionId === undefined || !(await this.sessions.isRevoked(sessionId).catch(() => false));
  }

  /** What the caller may see by now; null for an account that was closed. */
  private async renewed({ username = '' }: Principal): Promise<Sees | null> {
    try {
      const principal = await this.staff.principal(username);
      return principal && (await this.scopeOf(principal));
    } catch {
      // The database is away: what was known stays, and nothing changes meanwhile either.
      return () => false;
    }
  }

  private async scopeOf(principal: Principal): Promise<Sees> {
    const { masters, now } = this.casework.parts;
    const cities = new Set(await masters.citiesOf(principal));
    if (seesWholeCity(principal)) return ({ tenant }) => cities.has(tenant);
    const posts = (await masters.tenant(principal.tenant))?.posts(principal.username ?? '', now()) ?? [];
    const departments = new Set(posts.map((post) => post.department));
    const positions = new Set(posts.map((post) => post.position));
    return ({ tenant, department, owner, accountable }) =>
      cities.has(tenant) &&
      (departments.has(department) || (owner !== null && positions.has(owner)) || positions.has(accountable));
  }

  private count(user: string, by: 1 | -1): void {
    const count = (this.open.get(user) ?? 0) + by;
    if (count > 0) this.open.set(user, count);
    else this.open.delete(user);
  }
}

function messageOf({ number, version, state, owner, updatedAt }: CaseChange): MessageEvent {
  return { type: 'case', id: String(updatedAt), data: { number, version, state, owner } };
}

/** The case left the caller's lists: they knew it, and learn no more than that. */
function goneMessage({ number, version, updatedAt }: CaseChange): MessageEvent {
  return { type: 'case', id: String(updatedAt), data: { number, version, gone: true } };
}
