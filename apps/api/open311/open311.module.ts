import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Jurisdictions } from './jurisdictions.service.js';
import { Open311Filing } from './open311-filing.service.js';
import { Open311Keys } from './open311-keys.service.js';
import { Open311Reading } from './open311-reading.service.js';
import { Open311Controller } from './open311.controller.js';

/** The open standard by which other systems report and follow cases. */
@Module({
  imports: [AttachmentsModule, AuthModule],
  controllers: [Open311Controller],
  providers: [Open311Keys, Jurisdictions, Open311Filing, Open311Reading],
})
export class Open311Module {}
