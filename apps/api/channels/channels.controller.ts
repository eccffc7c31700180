import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import { hasRole, MAY_ADMINISTER } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { masked, TenantChannels, type OwnChannelName } from '#libs/casework/tenant-channels';
import { readOwnChannel } from '#libs/channels/own-channel';
import { SettingsError } from '#libs/config/settings';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';

interface ChannelView {
  tenant: string;
  channel: OwnChannelName;
  /** Secrets show their last characters at most; null: they cannot be opened any more and have to be set again. */
  settings: Record<string, unknown> | null;
  updatedAt: string;
  updatedBy: string;
}

const NAMES: readonly OwnChannelName[] = ['whatsapp', 'sms'];

/** A city's own WhatsApp number and SMS gateway. What is not set here is the installation's. */
@ApiTags('channels')
@Controller('api/v1/channels')
export class ChannelsController {
  constructor(
    private readonly casework: Casework,
    private readonly channels: TenantChannels,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  async list(@Caller() principal: Principal): Promise<{ items: ChannelView[]; next: null }> {
    if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
    const rows = await this.channels.rows([
      principal.tenant,
      ...(await this.casework.parts.masters.citiesOf(principal)),
    ]);
    const items = rows.map(({ tenant, channel, settings, updatedAt, updatedBy }) => ({
      tenant,
      channel,
      settings: settings && masked(settings),
      updatedAt: new Date(updatedAt).toISOString(),
      updatedBy,
    }));
    return { items, next: null };
  }

  @Put(':channel')
  @HttpCode(204)
  async put(
    @Caller() principal: Principal,
    @Param('channel') name: string,
    @Body() body: unknown,
    @Query('tenant') tenant?: string,
  ): Promise<void> {
    const [city, channel] = await this.admitted(principal, name, tenant);
    const settings = checked(channel, jsonObject(body));
    await this.channels.put(city, channel, settings, principal.id);
    await this.note(principal, 'channel_set', city, channel, Object.keys(settings));
  }

  @Delete(':channel')
  @HttpCode(204)
  async remove(
    @Caller() principal: Principal,
    @Param('channel') name: string,
    @Query('tenant') tenant?: string,
  ): Promise<void> {
    const [city, channel] = await this.admitted(principal, name, tenant);
    if (!(await this.channels.remove(city, channel))) throw CaseworkProblem.notFound('There is nothing to remove.');
    await this.note(principal, 'channel_removed', city, channel, []);
  }

  private async admitted(
    principal: Principal,
    name: string,
    wished: string | undefined,
  ): Promise<[string, OwnChannelName]> {
    if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
    const channel = NAMES.find((each) => each === name);
    if (!channel) throw CaseworkProblem.notFound('There is no such channel.');
    const city = wished ?? principal.tenant;
    const reached = [principal.tenant, ...(await this.casework.parts.masters.citiesOf(principal))];
    if (!reached.includes(city)) throw CaseworkProblem.notFound('There is no such city.');
    return [city, channel];
  }

  /** Which fields, never what stands in them. */
  private note(principal: Principal, action: string, tenant: string, subject: string, fields: string[]): Promise<void> {
    return this.audit.write({ tenant, actor: principal.id, action, subject, detail: { fields } });
  }
}

function checked(channel: OwnChannelName, body: Readonly<Record<string, unknown>>): ReturnType<typeof readOwnChannel> {
  try {
    return readOwnChannel(channel, body);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { variable, problem, expected } = error;
    throw CaseworkProblem.invalid([{ field: variable, problem: 'wrong', expected: `${expected} (${problem})` }]);
  }
}
