import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import { RollUp } from '#libs/insight/roll-up';
import type { MastersService } from '#libs/masters/masters.service';
import type { DataSources } from '#libs/persistence/data-sources';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Brings the figures up to date with the record; what was taken in already is not counted again. */
export function createInsightActivity(needs: {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  masters: MastersService;
}): HousekeepingActivities['rollUpInsight'] {
  const rollUp = new RollUp(needs);
  return (limit) => rollUp.advance(limit);
}
