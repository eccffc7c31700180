import type { Settings } from '#libs/config/settings';
import { deriveKeys } from '#libs/config/keys';
import { Casework } from '#libs/casework/casework';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Principal } from '#libs/casework/principal';
import { MastersService } from '#libs/masters/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { OperatorError, withDatabase, withTemporal } from '../context.js';

interface Desk {
  casework: Casework;
  /** Whoever has a shell on this machine: sees all cities, lodges for callers, and is recorded as `user:operator`. */
  operator: Principal;
  settings: Settings;
  /** IANA zone of a city. */
  zoneOf(tenant: string): Promise<string>;
}

/** Runs work through the same code as every other entrance; a refusal becomes one readable error. */
export async function withCasework<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  return withDatabase(({ settings, sources }) =>
    withTemporal(settings, async ({ client }) => {
      const masters = new MastersService(sources, { demo: settings.demo });
      const unitOfWork = new UnitOfWork(sources);
      const keys = deriveKeys(settings.secretKey);
      const casework = new Casework({ dataSources: sources, unitOfWork, masters, temporal: client, keys });
      const tenant = await casework.parts.masters.citizensTenant();
      if (!tenant) throw new OperatorError('There are no masters yet: run npm start, or npx pratikar import.');
      const operator: Principal = {
        kind: 'staff',
        id: 'user:operator',
        username: 'operator',
        name: 'Operator',
        tenant,
        roles: ['state_admin', 'call_centre'],
      };
      const zoneOf = async (code: string): Promise<string> => (await masters.snapshot(code)).tenant.zone;
      return work({ casework, operator, settings, zoneOf });
    }),
  ).catch((error: unknown) => {
    throw error instanceof CaseworkProblem ? new OperatorError(wordsOf(error)) : error;
  });
}

function wordsOf({ details }: CaseworkProblem): string {
  const fields =
    details.errors?.map(({ field, problem, expected }) => `  ${field}: ${problem}; expected ${expected}`) ?? [];
  return fields.length > 1 ? fields.join('\n') : details.detail;
}
