import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, MoreThan } from 'typeorm';
import { SessionEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import type { TokenClaims } from './tokens.service.js';

/** A session ended in another process is refused here after this time at the latest. */
const CHECK_EVERY_MS = 2_000;

/** Which sessions were ended before their time; kept in memory, so that a request need not ask the database. */
@Injectable()
export class SessionsService {
  private revoked = new Map<string, number>();
  private seenUpTo = 0;
  private checkedAt = 0;
  private checking: Promise<void> | null = null;

  constructor(
    @InjectDataSource() private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async begin({ session, subject, tenant, expiresAt }: TokenClaims): Promise<void> {
    const row = { id: session, subject, tenant, createdAt: Date.now(), expiresAt, revokedAt: null };
    await this.unitOfWork.run((em) => em.insert(SessionEntity, row));
  }

  async revoke(session: string): Promise<void> {
    const now = Date.now();
    await this.unitOfWork.run((em) => em.update(SessionEntity, { id: session }, { revokedAt: now }));
    this.revoked.set(session, now);
  }

  /** Ends every session of a person, as when the account is closed or its password was reset. */
  async revokeAllOf(subject: string, except?: string): Promise<void> {
    const now = Date.now();
    const open = await this.read.manager.findBy(SessionEntity, { subject, expiresAt: MoreThan(now) });
    const ending = open.filter(({ id, revokedAt }) => revokedAt === null && id !== except);
    if (ending.length === 0) return;
    await this.unitOfWork.run((em) =>
      em.update(SessionEntity, { id: In(ending.map(({ id }) => id)) }, { revokedAt: now }),
    );
    for (const { id, expiresAt } of ending) this.revoked.set(id, expiresAt);
  }

  async isRevoked(session: string): Promise<boolean> {
    if (Date.now() - this.checkedAt > CHECK_EVERY_MS) {
      this.checking ??= this.readRevoked().finally(() => (this.checking = null));
      // Only the first request of the process waits; later ones use what is known meanwhile.
      if (this.checkedAt === 0) await this.checking;
      else void this.checking.catch(() => undefined);
    }
    return this.revoked.has(session);
  }

  private async readRevoked(): Promise<void> {
    const now = Date.now();
    // Clocks of several machines differ a little: what was revoked in the last minute is read again.
    const rows = await this.read.manager.find(SessionEntity, {
      where: { revokedAt: MoreThan(this.seenUpTo - 60_000), expiresAt: MoreThan(now) },
      select: { id: true, revokedAt: true, expiresAt: true },
    });
    for (const row of rows) this.revoked.set(row.id, row.expiresAt);
    this.seenUpTo = now;
    this.checkedAt = now;
  }
}
