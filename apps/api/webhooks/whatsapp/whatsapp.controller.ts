import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseworkProblem } from '#libs/casework/problem';
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
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  shakeHands(@Query() query: Record<string, unknown>): string {
    const { verifyToken } = this.settings.whatsapp;
    const challenge = verifyToken === undefined ? null : handshake(query, verifyToken);
    if (challenge === null) throw CaseworkProblem.forbidden('The verify token is not the one that was set.');
    return challenge;
  }

  /** 200 once everything in the body is durable, however often and in whatever order it comes. */
  @Post()
  @HttpCode(200)
  async take(@Body() body: unknown): Promise<{ status: 'taken' }> {
    if (!isWhatsAppBody(body)) {
      throw new CaseworkProblem({ status: 400, code: 'malformed', detail: 'This is no body of a WhatsApp webhook.' });
    }
    await this.inbox.take(body);
    return { status: 'taken' };
  }
}
