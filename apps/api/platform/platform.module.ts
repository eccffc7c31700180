import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Casework } from '#libs/casework/casework';
import { createSenders } from '#libs/channels/senders';
import { smsByCity } from '#libs/channels/own-sms';
import { MastersService } from '#libs/masters/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { AuditLog } from '#libs/casework/audit-log';
import { TenantChannels } from '#libs/casework/tenant-channels';
import { channelAlerts } from './channel-alerts.js';
import { Readiness } from './readiness.js';
import {
  ALERT,
  CONNECTION,
  DATA_SOURCES,
  KEYS,
  LOG,
  PLATFORM,
  SENDERS,
  SETTINGS,
  TEMPORAL,
  type Platform,
} from './tokens.js';

/** What every resource shares: settings, database, Temporal, masters and casework. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  /** After the last request was answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.platform.close();
  }

  static of(platform: Platform): DynamicModule {
    const { settings, keys, dataSources, temporal, connection, log } = platform;
    const unitOfWork = new UnitOfWork(dataSources);
    const masters = new MastersService(dataSources, { demo: settings.demo });
    const casework = new Casework({ dataSources, unitOfWork, masters, temporal, keys });
    const alert = channelAlerts(log, casework);
    const channels = new TenantChannels(dataSources.read, unitOfWork, settings);
    const sms = smsByCity(settings, channels, alert);
    const providers = [
      { provide: PLATFORM, useValue: platform },
      { provide: SETTINGS, useValue: settings },
      { provide: KEYS, useValue: keys },
      { provide: DATA_SOURCES, useValue: dataSources },
      { provide: TEMPORAL, useValue: temporal },
      { provide: CONNECTION, useValue: connection },
      { provide: LOG, useValue: log },
      { provide: SENDERS, useValue: createSenders({ dataDir: settings.dataDir }, { sms }) },
      { provide: ALERT, useValue: alert },
      Readiness,
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: MastersService, useValue: masters },
      { provide: Casework, useValue: casework },
      { provide: TenantChannels, useValue: channels },
      { provide: AuditLog, useValue: casework.parts.audit },
    ];
    // Resources read through `@InjectDataSource()`; what they write goes through the unit of work.
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => dataSources.read.options,
      dataSourceFactory: () => Promise.resolve(dataSources.read),
    });
    return { module: PlatformModule, imports: [database], providers, exports: providers };
  }
}
