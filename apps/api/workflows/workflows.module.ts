import { Module } from '@nestjs/common';
import { TemporalUi } from '../history/temporal-ui-links.js';
import { TroubledWorkflows } from './troubled-workflows.service.js';
import { WorkflowCare } from './workflow-care.service.js';
import { WorkflowsController } from './workflows.controller.js';

@Module({ controllers: [WorkflowsController], providers: [TemporalUi, TroubledWorkflows, WorkflowCare] })
export class WorkflowsModule {}
