import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { MediaStore } from '#libs/casework/media-store';
import type { Settings } from '#libs/config/settings';
import { SETTINGS } from '../platform/tokens.js';

@Module({
  controllers: [AttachmentsController],
  providers: [
    AttachmentsService,
    { provide: MediaStore, useFactory: (settings: Settings) => new MediaStore(settings), inject: [SETTINGS] },
  ],
  exports: [AttachmentsService],
})
export class AttachmentsModule {}
