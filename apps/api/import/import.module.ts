import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module.js';
import { ImportController } from './import.controller.js';

@Module({ imports: [OrdersModule], controllers: [ImportController] })
export class ImportModule {}
