import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AuditLog } from '#libs/casework/audit-log';
import { masked, TenantChannels, type OwnChannelName } from '#libs/casework/tenant-channels';
import { readOwnChannel } from '#libs/channels/own-channel';
import { TenantEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { OperatorError, withDatabase } from '../context.js';
import { print, table } from '../output.js';

const NAMES: readonly OwnChannelName[] = ['whatsapp', 'sms'];

/** A city's own WhatsApp number and SMS gateway; what is secret comes by standard input, never as an argument. */
export function addChannel(program: Command): void {
  const channel = program.command('channel').description("cities' own WhatsApp numbers and SMS gateways");
  channel
    .command('list')
    .description('which cities have channels of their own; secrets are masked')
    .action(() => withChannels(list));
  channel
    .command('set')
    .argument('<channel>', NAMES.join(' or '))
    .requiredOption('--tenant <code>', 'the city')
    .description('takes the settings as JSON from standard input and stores them sealed')
    .action((name: string, { tenant }: { tenant: string }) =>
      withChannels(async (parts) => set(parts, named(name), tenant, readFileSync(0, 'utf8'))),
    );
  channel
    .command('remove')
    .argument('<channel>', NAMES.join(' or '))
    .requiredOption('--tenant <code>', 'the city')
    .description("the city uses the installation's channel again")
    .action((name: string, { tenant }: { tenant: string }) =>
      withChannels((parts) => remove(parts, named(name), tenant)),
    );
}

interface Parts {
  channels: TenantChannels;
  audit: AuditLog;
  tenants: readonly string[];
}

function withChannels(work: (parts: Parts) => Promise<void>): Promise<void> {
  return withDatabase(async ({ settings, sources }) => {
    const unitOfWork = new UnitOfWork(sources);
    const tenants = await sources.read.manager.find(TenantEntity, { select: { code: true } });
    await work({
      channels: new TenantChannels(sources.read, unitOfWork, settings),
      audit: new AuditLog(unitOfWork),
      tenants: tenants.map(({ code }) => code),
    });
  });
}

async function list({ channels, tenants }: Parts): Promise<void> {
  const rows = await channels.rows(tenants);
  if (rows.length === 0) return print("No city has a channel of its own: all use the installation's.");
  print(
    table(
      rows.map(({ tenant, channel, settings, updatedAt, updatedBy }) => [
        tenant,
        channel,
        settings ? JSON.stringify(masked(settings)) : 'cannot be opened: set it again',
        new Date(updatedAt).toISOString(),
        updatedBy,
      ]),
    ),
  );
}

async function set(parts: Parts, channel: OwnChannelName, tenant: string, json: string): Promise<void> {
  known(parts, tenant);
  const settings = readOwnChannel(channel, parsed(json));
  await parts.channels.put(tenant, channel, settings, 'operator');
  await note(parts, 'channel_set', tenant, channel, Object.keys(settings));
  print(`${tenant} has its own ${channel} now. Running processes take it up within two seconds.`);
}

async function remove(parts: Parts, channel: OwnChannelName, tenant: string): Promise<void> {
  known(parts, tenant);
  if (!(await parts.channels.remove(tenant, channel))) throw new OperatorError(`${tenant} has no own ${channel}.`);
  await note(parts, 'channel_removed', tenant, channel, []);
  print(`${tenant} uses the installation's ${channel} again.`);
}

function note({ audit }: Parts, action: string, tenant: string, subject: string, fields: string[]): Promise<void> {
  return audit.write({ tenant, actor: 'operator', action, subject, detail: { fields } });
}

function named(name: string): OwnChannelName {
  const found = NAMES.find((each) => each === name);
  if (found) return found;
  throw new OperatorError(`There is no channel "${name}": ${NAMES.join(' or ')}`);
}

function known({ tenants }: Parts, tenant: string): void {
  if (!tenants.includes(tenant)) throw new OperatorError(`There is no city "${tenant}": ${tenants.join(', ')}`);
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, without the text: it may hold a secret.
  }
  throw new OperatorError('Standard input holds no JSON object, such as {"phoneNumberId":"…","token":"…"}');
}
