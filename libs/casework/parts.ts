import type { Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import type { AuditLog } from './audit-log.js';
import type { CaseStore } from './case-store.js';
import type { CitizenDirectory } from './citizen-directory.js';
import type { NumberSource } from './numbers.js';
import type { RegistrationKeys } from './registration-keys.js';
import type { CaseworkMasters } from './tenant-masters.js';

/** What the duties of casework share. */
export interface CaseworkParts {
  read: DataSource;
  unitOfWork: UnitOfWork;
  temporal: Client;
  masters: CaseworkMasters;
  numbers: NumberSource;
  keys: RegistrationKeys;
  store: CaseStore;
  citizens: CitizenDirectory;
  audit: AuditLog;
  /** A citizen's id: the keyed hash of their mobile number or external identity. */
  contactId(contact: string): string;
  /** Epoch ms. */
  now(): number;
}
