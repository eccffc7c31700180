import type { RegistrationKeyActivities } from '#libs/contracts/temporal/registration-key';
import { IdempotencyEntity } from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

export function createRegistrationKeyActivity(
  unitOfWork: UnitOfWork,
): RegistrationKeyActivities['keepRegistrationKey'] {
  return (taken) => unitOfWork.run((em) => insertRows(em, IdempotencyEntity, [{ ...taken, answer: null }]));
}
