import { Module } from '@nestjs/common';
import { Conversations } from './conversations.service.js';
import { MissedCallController } from './missed-call/missed-call.controller.js';
import { MissedCalls } from './missed-call/missed-calls.service.js';
import { Once } from './once.service.js';
import { SmsCommands } from './sms/sms-commands.service.js';
import { SmsReplies } from './sms/sms-replies.service.js';
import { SmsWebhooksController } from './sms/sms-webhooks.controller.js';

/** What SMS gateways and telephony providers call. */
@Module({
  controllers: [SmsWebhooksController, MissedCallController],
  providers: [SmsReplies, SmsCommands, Once, Conversations, MissedCalls],
})
export class SmsWebhooksModule {}
