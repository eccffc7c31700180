import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module.js';
import { CalendarController } from './calendar.controller.js';
import { MastersController } from './masters.controller.js';

@Module({ imports: [OrdersModule], controllers: [MastersController, CalendarController] })
export class MastersModule {}
