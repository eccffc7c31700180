import { Module } from '@nestjs/common';
import { Conversations } from './conversations.service.js';
import { WhatsAppInbox } from './whatsapp/whatsapp-inbox.service.js';
import { WhatsAppController } from './whatsapp/whatsapp.controller.js';

/** What providers of channels call; each with a signature or key of its own. */
@Module({ controllers: [WhatsAppController], providers: [WhatsAppInbox, Conversations] })
export class WebhooksModule {}
