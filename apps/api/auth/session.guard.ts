import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { ApiKeys, isApiKey } from '../api-keys/api-keys.service.js';
import { unauthenticated } from '../http/request.js';
import { SessionsService } from './sessions.service.js';
import { StaffDirectory } from './staff-directory.service.js';
import { TokensService, type TokenClaims } from './tokens.service.js';
import { SESSION_COOKIE } from './session-cookie.js';
import { isSameOrigin } from './same-origin.js';

const PUBLIC = Symbol('public');
const CHANGES_NOTHING = Symbol('changes nothing');
/** For routes that answer without a credential; one that is sent is looked at all the same. */
export const Public = () => SetMetadata(PUBLIC, true);

/** For a POST that only reads: a foreign page gains nothing by sending it, since CORS keeps the answer from it. */
export const ChangesNothing = () => SetMetadata(CHANGES_NOTHING, true);

/** Establishes who calls. Tokens and API keys come as a bearer, keys also in a header of their own, tokens as a cookie. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
    private readonly tokens: TokensService,
    private readonly sessions: SessionsService,
    private readonly staff: StaffDirectory,
    private readonly casework: Casework,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const has = (mark: symbol): boolean =>
      this.reflector.getAllAndOverride<boolean>(mark, [context.getHandler(), context.getClass()]) === true;
    const open = has(PUBLIC);
    const principal = await this.authenticate(request, open, has(CHANGES_NOTHING));
    if (principal) request.principal = principal;
    else if (!open) throw unauthenticated();
    return true;
  }

  private async authenticate(request: FastifyRequest, open: boolean, harmless: boolean): Promise<Principal | null> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const key = apiKeyIn(request, bearer);
    if (key !== undefined) return this.partner(key, request, open);
    const cookie = request.cookies[SESSION_COOKIE];
    const token = bearer ?? cookie;
    if (!token) return null;
    const claims = await this.tokens.verify(token);
    if (!claims || (await this.sessions.isRevoked(claims.session))) return null;
    if (bearer === undefined && !harmless && !isSameOrigin(request)) {
      // A page of somebody else makes the browser send the cookie, but cannot say that the request is ours.
      if (open) return null;
      throw new CaseworkProblem({ status: 403, code: 'csrf', detail: 'This request did not come from our own pages.' });
    }
    request.sessionId = claims.session;
    return claims.kind === 'staff' ? this.member(claims, request.url) : this.citizen(claims);
  }

  /** On open routes a key that does not fit is no reason to refuse what anybody may ask. */
  private async partner(key: string, request: FastifyRequest, open: boolean): Promise<Principal | null> {
    const holder = await this.keys.holderOf(key);
    if (!holder) return null;
    const [path = ''] = request.url.split('?');
    const principal = this.keys.principalOf(holder, request.method, path);
    if (principal || open) return principal;
    throw new CaseworkProblem({
      status: 403,
      code: 'scope_missing',
      detail: 'None of the scopes of this API key allows this.',
    });
  }

  private async member({ subject }: TokenClaims, url: string): Promise<Principal | null> {
    const username = subject.slice('user:'.length);
    const principal = await this.staff.principal(username);
    if (principal && !url.startsWith('/api/v1/auth/') && (await this.staff.mustChange(username))) {
      throw new CaseworkProblem({
        status: 403,
        code: 'password_change_required',
        detail: 'Change your password first.',
      });
    }
    return principal;
  }

  private async citizen({ subject, tenant }: TokenClaims): Promise<Principal | null> {
    const known = await this.casework.parts.citizens.find(subject.slice('citizen:'.length));
    if (!known) return null;
    return {
      kind: 'citizen',
      id: subject,
      tenant,
      roles: ['citizen'],
      locale: known.locale,
      channel: known.channel,
      ...(known.mobile === null ? {} : { mobile: known.mobile }),
      ...(known.name === null ? {} : { name: known.name }),
    };
  }
}

function apiKeyIn(request: FastifyRequest, bearer: string | undefined): string | undefined {
  const header = request.headers['x-api-key'];
  if (typeof header === 'string' && header.trim() !== '') return header.trim();
  return bearer !== undefined && isApiKey(bearer) ? bearer : undefined;
}
