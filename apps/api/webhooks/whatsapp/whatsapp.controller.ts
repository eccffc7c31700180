import type { FastifyRequest } from 'fastify';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseworkProblem } from '#libs/casework/problem';
import { TenantChannels } from '#libs/casework/tenant-channels';
import { isWhatsAppBody } from '#libs/channels/whatsapp/inbound';
import { handshake } from '#libs/channels/whatsapp/signature';
import type { Settings } from '#libs/config/settings';
import { Public } from '../../auth/session.guard.js';
import { SETTINGS } from '../../platform/tokens.js';
import { WhatsAppInbox } from './whatsapp-inbox.service.js';

/** What Meta calls. Its signature was checked before the body was read. */
@ApiExcludeController()
@Public()
@Controller('webhooks/whatsapp')
export class WhatsAppController {
  constructor(
    private readonly inbox: WhatsAppInbox,
    private readonly channels: TenantChannels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async shakeHands(@Query() query: Record<string, unknown>): Promise<string> {
    const own = [...(await this.channels.all()).values()].map(({ whatsapp }) => whatsapp?.verifyToken);
    const tokens = [this.settings.whatsapp.verifyToken, ...own].filter((token) => token !== undefined);
    const answers = tokens.map((token) => handshake(query, token));
    const challenge = answers.find((answer) => answer !== null) ?? null;
    if (challenge === null) throw CaseworkProblem.forbidden('The verify token is not the one that was set.');
    return challenge;
  }

  /** 200 once everything in the body is durable, however often and in whatever order it comes. */
  @Post()
  @HttpCode(200)
  async take(@Body() body: unknown, @Req() request: FastifyRequest): Promise<{ status: 'taken' }> {
    if (!isWhatsAppBody(body)) {
      throw new CaseworkProblem({ status: 400, code: 'malformed', detail: 'This is no body of a WhatsApp webhook.' });
    }
    await this.inbox.take(body, request.whatsappNumber);
    return { status: 'taken' };
  }
}
