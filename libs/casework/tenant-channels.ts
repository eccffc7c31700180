import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { deriveKeys } from '../config/keys.js';
import type { Settings } from '../config/settings.js';
import { TenantChannelEntity, TenantEntity } from '../persistence/entities/index.js';
import { seal, unseal } from '../persistence/sealed.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';

/** A WhatsApp number that is a city's own. */
export interface WhatsAppChannel {
  phoneNumberId: string;
  token: string;
  /** Of the city's own app; absent: the usual one signs its calls. */
  appSecret?: string;
  verifyToken?: string;
}

/** An SMS gateway that is a city's own; `options` are the `SMS_…` settings. */
export interface SmsChannel {
  gateway: string;
  options: Readonly<Record<string, string>>;
}

export interface OwnChannels {
  whatsapp?: WhatsAppChannel;
  sms?: SmsChannel;
}
export type OwnChannelName = keyof OwnChannels;

export interface ChannelRow {
  tenant: string;
  channel: OwnChannelName;
  updatedAt: number;
  updatedBy: string;
  /** null: sealed under a key that is gone. */
  settings: WhatsAppChannel | SmsChannel | null;
}

const FRESH_MS = 2_000;
/** What of the settings is no secret. */
const OPEN = ['phoneNumberId', 'gateway', 'SMS_HEADER', 'SMS_ENTITY_ID', 'SMS_FROM', 'SMS_METHOD'];

/** The numbers and gateways that cities have of their own; secrets are sealed where they are stored. */
export class TenantChannels {
  private readonly vaults: ReadonlyMap<string, Buffer>;
  private readonly keyId: string;
  private known: { until: number; channels: ReadonlyMap<string, OwnChannels> } | null = null;
  private reading: Promise<ReadonlyMap<string, OwnChannels>> | null = null;

  constructor(
    private readonly read: DataSource,
    private readonly unitOfWork: UnitOfWork,
    { secretKey, previousSecretKeys }: Pick<Settings, 'secretKey' | 'previousSecretKeys'>,
  ) {
    const keys = [secretKey, ...previousSecretKeys].map((key) => deriveKeys(key).vault);
    const named = keys.map((key) => [createHash('sha256').update(key).digest('hex').slice(0, 12), key] as const);
    this.vaults = new Map(named);
    this.keyId = named[0]?.[0] ?? '';
  }

  /** By city. Kept for some seconds, and for longer while the database is away. */
  async all(): Promise<ReadonlyMap<string, OwnChannels>> {
    if (this.known && this.known.until > Date.now()) return this.known.channels;
    this.reading ??= this.fetch().finally(() => (this.reading = null));
    if (!this.known) return this.reading;
    return this.reading.catch(() => this.known?.channels ?? new Map<string, OwnChannels>());
  }

  /** Whether any city had one when they were last looked at. */
  get any(): boolean {
    return (this.known?.channels.size ?? 0) > 0;
  }

  async of(tenant: string | undefined): Promise<OwnChannels> {
    return (tenant === undefined ? undefined : (await this.all()).get(tenant)) ?? {};
  }

  /** The city whose number at the provider this is. */
  async byNumber(phoneNumberId: string): Promise<{ tenant: string; channel: WhatsAppChannel } | null> {
    for (const [tenant, { whatsapp }] of await this.all())
      if (whatsapp?.phoneNumberId === phoneNumberId) return { tenant, channel: whatsapp };
    return null;
  }

  async rows(tenants: readonly string[]): Promise<ChannelRow[]> {
    const rows = await this.read.manager.find(TenantChannelEntity, { order: { tenant: 'ASC', channel: 'ASC' } });
    return rows.filter(({ tenant }) => tenants.includes(tenant)).map((row) => this.opened(row));
  }

  async put<Name extends OwnChannelName>(
    tenant: string,
    channel: Name,
    settings: NonNullable<OwnChannels[Name]>,
    by: string,
  ): Promise<void> {
    const sealed = seal(this.vault, nameOf(tenant, channel), JSON.stringify(settings));
    const row = { tenant, channel, sealed, keyId: this.keyId, updatedBy: by, updatedAt: Date.now() };
    await this.unitOfWork.run(async (em) => {
      await em.save(TenantChannelEntity, row);
      // The chat finds a city by the number that was written to.
      if ('phoneNumberId' in settings) {
        const city = await em.findOneByOrFail(TenantEntity, { code: tenant });
        const before = (city.settings['whatsapp'] ?? {}) as Readonly<Record<string, unknown>>;
        const numbers = Array.isArray(before['numbers']) ? before['numbers'].map(String) : [];
        const whatsapp = { ...before, numbers: [...new Set([...numbers, settings.phoneNumberId])] };
        const mastersVersion = city.mastersVersion + 1;
        await em.update(TenantEntity, { code: tenant }, { settings: { ...city.settings, whatsapp }, mastersVersion });
      }
    });
    this.known = null;
  }

  /** @returns whether there was one */
  async remove(tenant: string, channel: OwnChannelName): Promise<boolean> {
    const { affected } = await this.unitOfWork.run((em) => em.delete(TenantChannelEntity, { tenant, channel }));
    this.known = null;
    return Boolean(affected);
  }

  private get vault(): Buffer {
    const key = this.vaults.get(this.keyId);
    if (!key) throw new Error('there is no key to seal with');
    return key;
  }

  private async fetch(): Promise<ReadonlyMap<string, OwnChannels>> {
    const channels = new Map<string, OwnChannels>();
    for (const row of await this.read.manager.find(TenantChannelEntity)) {
      const { tenant, channel, settings } = this.opened(row);
      if (settings) channels.set(tenant, { ...channels.get(tenant), [channel]: settings });
    }
    this.known = { until: Date.now() + FRESH_MS, channels };
    return channels;
  }

  private opened({ tenant, channel, sealed, keyId, updatedAt, updatedBy }: TenantChannelEntity): ChannelRow {
    const key = this.vaults.get(keyId);
    const text = key ? unseal(key, nameOf(tenant, channel), sealed) : null;
    const settings = text === null ? null : (JSON.parse(text) as ChannelRow['settings']);
    return { tenant, channel, updatedAt, updatedBy, settings };
  }
}

/** Ties what is sealed to its row: it opens nowhere else. */
function nameOf(tenant: string, channel: OwnChannelName): string {
  return `channel/${tenant}/${channel}`;
}

/** The settings as somebody may see them who set them: of a secret its last characters at most. */
export function masked(settings: WhatsAppChannel | SmsChannel): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings as unknown as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? OPEN.includes(name)
          ? value
          : `••••${value.length >= 16 ? value.slice(-4) : ''}`
        : masked(value as never),
    ]),
  );
}
