import type { DataSource } from 'typeorm';
import type { Locale } from '../domain/case/names.js';
import { CitizenEntity } from '../persistence/entities/index.js';
import { withinPatience } from '../persistence/patience.js';
import { isUnreachable } from '../persistence/record-errors.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';

/** What the entrances need to know of a citizen; the id is derived from the contact, so it never changes. */
export interface KnownCitizen {
  id: string;
  mobile: string | null;
  name: string | null;
  locale: Locale;
  channel: 'sms' | 'whatsapp';
}

const REMEMBERED = 20_000;
const FRESH_MS = 60_000;

/**
 * Citizens by id, remembered for a minute, and for longer while the database is away: registering a complaint asks the
 * database for nothing.
 */
export class CitizenDirectory {
  private readonly remembered = new Map<string, { citizen: KnownCitizen; until: number }>();

  constructor(
    private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async find(id: string, now = Date.now()): Promise<KnownCitizen | null> {
    const known = this.remembered.get(id);
    if (known && known.until > now) return known.citizen;
    const row = await this.row(id, known !== undefined);
    if (row === 'away') return known?.citizen ?? null;
    if (!row) return null;
    return this.remember({ id, mobile: row.mobile, name: row.name, locale: row.locale, channel: row.channel }, now);
  }

  /** Makes the citizen known where they are not yet; what is known already stays as it is. */
  async ensure(
    citizen: { id: string; tenant: string; mobile: string; locale: Locale },
    now = Date.now(),
  ): Promise<KnownCitizen> {
    const known = await this.find(citizen.id, now);
    if (known) return known;
    const row = { ...citizen, name: null, email: null, externalId: null, channel: 'sms' as const, createdAt: now };
    await this.unitOfWork.run((em) =>
      em.createQueryBuilder().insert().into(CitizenEntity).values(row).orIgnore().execute(),
    );
    return this.remember({ id: row.id, mobile: row.mobile, name: null, locale: row.locale, channel: row.channel }, now);
  }

  private async row(id: string, mayBeAway: boolean): Promise<CitizenEntity | null | 'away'> {
    const asked = this.read.manager.findOneBy(CitizenEntity, { id });
    if (!mayBeAway) return asked;
    return withinPatience(asked).catch((error: unknown) => {
      if (isUnreachable(error)) return 'away' as const;
      throw error;
    });
  }

  private remember(citizen: KnownCitizen, now: number): KnownCitizen {
    this.remembered.delete(citizen.id);
    this.remembered.set(citizen.id, { citizen, until: now + FRESH_MS });
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
    return citizen;
  }
}
