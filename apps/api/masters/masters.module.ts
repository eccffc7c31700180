import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module.js';
import { CalendarController } from './calendar.controller.js';
import { MastersController } from './masters.controller.js';
import { TemplatesController } from './templates.controller.js';

@Module({ imports: [OrdersModule], controllers: [MastersController, CalendarController, TemplatesController] })
export class MastersModule {}
