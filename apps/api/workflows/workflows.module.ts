import { Module } from '@nestjs/common';
import { TroubledWorkflows } from './troubled-workflows.service.js';
import { WorkflowCare } from './workflow-care.service.js';
import { WorkflowsController } from './workflows.controller.js';

@Module({ controllers: [WorkflowsController], providers: [TroubledWorkflows, WorkflowCare] })
export class WorkflowsModule {}
