import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import type { Keys } from '#libs/config/keys';
import { KEYS } from '../platform/tokens.js';

export interface TokenClaims {
  /** `user:<username>` or `citizen:<id>`. */
  subject: string;
  kind: 'staff' | 'citizen';
  tenant: string;
  session: string;
  /** Epoch ms. */
  expiresAt: number;
}

const ISSUER = 'pratikar';
const REMEMBERED = 10_000;

/** Signed tokens; whoever holds one is who it says until it expires or its session is revoked. */
@Injectable()
export class TokensService {
  /** Signatures checked before: the same token comes with every request of a session. */
  private readonly verified = new Map<string, TokenClaims>();

  constructor(@Inject(KEYS) private readonly keys: Keys) {}

  async issue(
    claims: Omit<TokenClaims, 'session' | 'expiresAt'>,
    lifetimeMs: number,
  ): Promise<{ token: string } & TokenClaims> {
    const session = randomUUID();
    const expiresAt = Date.now() + lifetimeMs;
    const token = await new SignJWT({ kind: claims.kind, tenant: claims.tenant, sid: session })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(claims.subject)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(this.keys.token);
    return { ...claims, token, session, expiresAt };
  }

  /** null: it is no token of ours, or it is over. */
  async verify(token: string): Promise<TokenClaims | null> {
    const known = this.verified.get(token);
    if (known) return known.expiresAt > Date.now() ? known : null;
    const claims = await this.check(token);
    if (claims) this.remember(token, claims);
    return claims;
  }

  private async check(token: string): Promise<TokenClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.keys.token, { issuer: ISSUER, algorithms: ['HS256'] });
      const { sub, kind, tenant, sid, exp } = payload;
      if (typeof sub !== 'string' || typeof tenant !== 'string' || typeof sid !== 'string') return null;
      if ((kind !== 'staff' && kind !== 'citizen') || exp === undefined) return null;
      return { subject: sub, kind, tenant, session: sid, expiresAt: exp * 1000 };
    } catch {
      return null;
    }
  }

  private remember(token: string, claims: TokenClaims): void {
    this.verified.set(token, claims);
    const [oldest] = this.verified.keys();
    if (this.verified.size > REMEMBERED && oldest !== undefined) this.verified.delete(oldest);
  }
}
