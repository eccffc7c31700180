import type { DataSource } from 'typeorm';
import { parseNumber } from '#libs/domain/numbers/index';
import { TenantEntity } from '#libs/persistence/entities/index';
import { OperatorError } from '../context.js';

export interface FoundCase {
  number: string;
  tenant: string;
  /** IANA zone of the tenant. */
  zone: string;
}

/** A number as an operator types it, with the tenant its prefix stands for. */
export async function findCase(read: DataSource, given: string): Promise<FoundCase> {
  const parsed = parseNumber(given);
  if (!parsed.ok) {
    const why =
      parsed.problem === 'check_digit' ? 'its check digit does not fit' : 'expected one like KMC-26-0001234-5';
    throw new OperatorError(`"${given}" is no grievance number: ${why}.`);
  }
  const tenant = await read.manager.findOneBy(TenantEntity, { prefix: parsed.prefix, kind: 'ulb' });
  if (!tenant) throw new OperatorError(`No tenant has the prefix ${parsed.prefix}.`);
  return { number: parsed.number, tenant: tenant.code, zone: tenant.zone };
}
