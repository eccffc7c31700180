import { proxyActivities } from '@temporalio/workflow';
import type { RegistrationKeyActivities, TakenKey } from '#libs/contracts/temporal/registration-key';

const { keepRegistrationKey } = proxyActivities<RegistrationKeyActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/**
 * Stands for a registration's key while the record is away: its id can be taken once, by whichever process, and its memo
 * holds the number. Ends when the record has the key.
 */
export async function registrationKey(taken: TakenKey): Promise<void> {
  await keepRegistrationKey(taken);
}
