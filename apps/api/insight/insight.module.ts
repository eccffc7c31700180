import { Module } from '@nestjs/common';
import { FreshFigures } from './fresh-figures.js';
import { InsightController } from './insight.controller.js';

@Module({ controllers: [InsightController], providers: [FreshFigures] })
export class InsightModule {}
