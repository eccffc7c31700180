import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Senders } from '#libs/channels/senders';
import type { Keys } from '#libs/config/keys';
import type { Settings } from '#libs/config/settings';
import type { ConversationActivities } from '#libs/contracts/temporal/conversation';
import type { CaseRecordActivities } from '#libs/contracts/temporal/grievance';
import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import type { RegistrationKeyActivities } from '#libs/contracts/temporal/registration-key';
import { MastersService } from '#libs/masters/masters.service';
import type { DataSources } from '#libs/persistence/data-sources';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { checkTemplates } from '#libs/templates/registry';
import { createCaseRecordActivities } from './case-record/case-record.activities.js';
import { createRegistrationKeyActivity } from './case-record/registration-key.activity.js';
import { createSpeech, type SpeechSettings } from './conversation/index.js';
import { createArchiveActivity } from './housekeeping/archive.activities.js';
import { createInsightActivity } from './housekeeping/insight.activities.js';
import { createOrderActivities } from './housekeeping/order.activities.js';

export interface ActivityParts {
  settings: SpeechSettings & Pick<Settings, 'demo'>;
  keys: Pick<Keys, 'contact' | 'link'>;
  sources: DataSources;
  client: Client;
  /** The process's one; made here when absent. All writes of a process go through the same. */
  unitOfWork?: UnitOfWork;
  /** Providers set up in place of the console. */
  senders?: Partial<Senders>;
  /** Told of channels that do not work; absent: the audit trail alone is. */
  log?: Logger;
}

export type Activities = CaseRecordActivities &
  ConversationActivities &
  HousekeepingActivities &
  RegistrationKeyActivities;

/** Every activity of the worker. Throws a TemplateError when a message template is wrong. */
export function createActivities(parts: ActivityParts): Activities {
  checkTemplates();
  const { settings, keys, sources, client } = parts;
  const unitOfWork = parts.unitOfWork ?? new UnitOfWork(sources);
  const masters = new MastersService(sources, { demo: settings.demo });
  const speech = createSpeech({ ...parts, unitOfWork, masters });
  const { senders } = speech;
  return {
    ...createCaseRecordActivities({ sources, unitOfWork, masters, client, senders, keys, site: settings.publicUrl }),
    keepRegistrationKey: createRegistrationKeyActivity(unitOfWork),
    ...speech.activities,
    archiveClosed: createArchiveActivity({ sources, unitOfWork, client }),
    rollUpInsight: createInsightActivity({ sources, unitOfWork, masters }),
    ...createOrderActivities({ sources, unitOfWork, client, masters }),
  };
}
