import { Module } from '@nestjs/common';
import { CaseChanges } from './case-changes.js';
import { EventsController } from './events.controller.js';

@Module({ controllers: [EventsController], providers: [CaseChanges] })
export class EventsModule {}
