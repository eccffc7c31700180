import { Module } from '@nestjs/common';
import { GrievancesController } from './grievances.controller.js';

@Module({ controllers: [GrievancesController] })
export class GrievancesModule {}
