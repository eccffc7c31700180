import { asyncLocalStorage as running } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import { TenantChannels } from '#libs/casework/tenant-channels';
import { MediaStore } from '#libs/casework/media-store';
import type { ChannelAlert } from '#libs/channels/channel';
import { consoleProvider } from '#libs/channels/console/console.provider';
import { RecordedSender } from '#libs/channels/console/recorded.sender';
import { emailSenderOf } from '#libs/channels/email/smtp.provider';
import { OwnSender } from '#libs/channels/own-sender';
import { smsByCity } from '#libs/channels/own-sms';
import { createSenders, type Senders } from '#libs/channels/senders';
import { GraphClient, type WhatsAppLine } from '#libs/channels/whatsapp/graph-client';
import { usualLine, whatsAppProvider } from '#libs/channels/whatsapp/whatsapp.provider';
import { contactHash, type Keys } from '#libs/config/keys';
import type { Settings } from '#libs/config/settings';
import type { ConversationActivities } from '#libs/contracts/temporal/conversation';
import type { MastersService } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import { CaseTeller } from './case-brief.js';
import { EffectRunner } from './chat-effects.js';
import { ChatMediaKeeper } from './chat-media.js';
import { ChatStore } from './chat-store.js';
import { ChatWorlds } from './chat-world.js';
import { createConverseActivity, Failures } from './chat.activities.js';
import { createDeliverActivity } from './conversation.activities.js';
import { Turns } from './turns.js';

export type SpeechSettings = Pick<
  Settings,
  'publicUrl' | 'dataDir' | 'whatsapp' | 'sms' | 'smtpUrl' | 'smtpFrom' | 'media' | 'secretKey' | 'previousSecretKeys'
>;

export interface ConversationParts {
  settings: SpeechSettings;
  keys: Pick<Keys, 'contact'>;
  sources: DataSources;
  unitOfWork: UnitOfWork;
  masters: MastersService;
  client: Client;
  /** Providers set up in place of those of the settings. */
  senders?: Partial<Senders>;
  /** Told of channels that do not work; absent: the audit trail alone is. */
  log?: Logger;
}

/** Both directions of what is said to one contact, and the senders that say it. */
export function createSpeech(parts: ConversationParts): { activities: ConversationActivities; senders: Senders } {
  const { settings, keys, sources, unitOfWork, masters, client } = parts;
  const casework = new Casework({ dataSources: sources, unitOfWork, masters, temporal: client, keys });
  const worlds = new ChatWorlds(masters, sources, settings.publicUrl);
  const account = usualLine(settings.whatsapp);
  const channels = new TenantChannels(sources.read, unitOfWork, settings);
  const line = lineBy(account, worlds, channels);
  const graph = new GraphClient(settings.whatsapp);
  const alert = alertBy(new AuditLog(unitOfWork), masters, parts.log);
  const cloud = whatsAppProvider.create({ settings: settings.whatsapp, line, alert });
  const outbox = consoleProvider.create(settings);
  // What goes to simulated telephones stands in the outbox too, as all that no provider carries.
  const usual = !account ? outbox : settings.whatsapp.standIn ? new RecordedSender(cloud, outbox) : cloud;
  const whatsapp = new OwnSender({
    usual,
    any: () => channels.any,
    own: async ({ tenant, via }) => {
      const own = via === undefined ? (await channels.of(tenant)).whatsapp : await channels.byNumber(via);
      return own ? cloud : null;
    },
    paceMs: cloud.paceMs ?? 0,
  });
  const sms = smsByCity(settings, channels, alert);
  const email = emailSenderOf(settings, alert);
  const senders = createSenders(
    { dataDir: settings.dataDir },
    { whatsapp, sms, ...(email && { email }), ...parts.senders },
  );
  const media = new ChatMediaKeeper(new MediaStore(settings), unitOfWork, graph);
  const activities: ConversationActivities = {
    deliver: createDeliverActivity({
      sources,
      unitOfWork,
      senders,
      registrations: async (tenant) => (await masters.snapshot(tenant)).registrations,
      alive: () => {
        const context = running.getStore();
        if (context && !context.info.isLocal) context.heartbeat();
      },
    }),
    converse: inTurn(
      createConverseActivity({
        failures: new Failures(),
        sources,
        store: new ChatStore(sources, unitOfWork, (identity) => contactHash(keys, identity)),
        worlds,
        effects: new EffectRunner(casework, new CaseTeller(casework, masters), media),
        masters,
        senders,
        line,
        client: graph,
      }),
    ),
  };
  return { activities, senders };
}

function inTurn(converse: ConversationActivities['converse']): ConversationActivities['converse'] {
  const turns = new Turns();
  return (contact, tenant, heard) => {
    const withinTask = running.getStore()?.info.isLocal ?? false;
    return turns.take(contact, withinTask, () => converse(contact, tenant, heard));
  };
}

/**
 * The line by which somebody is written to. A number of a city may be an account of its own; others that the cities'
 * settings name belong to the usual account; any other number is not ours to speak by.
 */
function lineBy(
  account: WhatsAppLine | null,
  worlds: ChatWorlds,
  channels: TenantChannels,
): (via: string | undefined, tenant?: string) => Promise<WhatsAppLine | null> {
  return async (via, tenant) => {
    const own = via === undefined ? (await channels.of(tenant)).whatsapp : (await channels.byNumber(via))?.channel;
    if (own) return { phoneNumberId: own.phoneNumberId, token: own.token };
    if (!account || via === undefined || via === account.phoneNumberId) return account;
    return (await worlds.numbers()).has(via) ? { ...account, phoneNumberId: via } : account;
  };
}

/** Where the operator looks for what went wrong; a log line for those who watch logs. */
function alertBy(audit: AuditLog, masters: MastersService, log?: Logger): ChannelAlert {
  return ({ channel, what, error }) => {
    log?.error({ channel, what, error }, 'channel needs its operator');
    void masters
      .tenants()
      .then(([tenant]) =>
        audit.write(
          {
            tenant: tenant?.code ?? '',
            actor: 'system',
            action: `channel_${what}`,
            subject: channel,
            detail: { error },
          },
          Date.now(),
        ),
      )
      .catch(() => undefined);
  };
}
