import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { TemporalUi } from './temporal-ui-links.js';

@Module({ controllers: [HistoryController], providers: [TemporalUi] })
export class HistoryModule {}
