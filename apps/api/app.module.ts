import { Module, type DynamicModule } from '@nestjs/common';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import { CodecModule } from './codec/codec.module.js';
import { EventsModule } from './events/events.module.js';
import { GrievancesModule } from './grievances/grievances.module.js';
import { HealthModule } from './health/health.module.js';
import { HistoryModule } from './history/history.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { ImportModule } from './import/import.module.js';
import { InsightModule } from './insight/insight.module.js';
import { MastersModule } from './masters/masters.module.js';
import { Open311Module } from './open311/open311.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Platform } from './platform/tokens.js';
import { SimulateModule } from './simulate/simulate.module.js';
import { SmsWebhooksModule } from './webhooks/sms-webhooks.module.js';
import { SimulatorModule } from './simulator/simulator.module.js';
import { StatusModule } from './status/status.module.js';
import { UsersModule } from './users/users.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

@Module({})
export class AppModule {
  static of(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(platform),
        AuthModule,
        IdempotencyModule,
        // Before the grievances: their routes take any word behind a number for a command.
        HistoryModule,
        GrievancesModule,
        AttachmentsModule,
        StatusModule,
        SimulateModule,
        OrdersModule,
        ImportModule,
        MastersModule,
        UsersModule,
        ApiKeysModule,
        ChannelsModule,
        InsightModule,
        EventsModule,
        Open311Module,
        WorkflowsModule,
        CodecModule,
        WebhooksModule,
        SmsWebhooksModule,
        ...(platform.settings.demo ? [SimulatorModule] : []),
        HealthModule,
      ],
    };
  }
}
