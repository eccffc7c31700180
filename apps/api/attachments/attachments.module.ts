import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { MediaStore } from './media-store.js';

@Module({ controllers: [AttachmentsController], providers: [AttachmentsService, MediaStore] })
export class AttachmentsModule {}
