/** Schedules beside the cases: archives of closed histories, orders over many cases. */
export interface HousekeepingActivities {
  /** Stores the histories of closed cases that have none yet; answers how many are left. */
  archiveClosed(limit: number): Promise<{ archived: number; left: number }>;
  /** Signals the next open cases of an order after `cursor`; answers the next cursor or null at the end. */
  recomputeBatch(
    order: string,
    tenant: string,
    cursor: string | null,
  ): Promise<{ cursor: string | null; signalled: number }>;
  finishOrder(order: string, signalled: number): Promise<void>;
  /** Takes up to `limit` changed cases into the figures; `more` when others may be waiting. */
  rollUpInsight(limit: number): Promise<{ folded: number; more: boolean }>;
}

export interface OrderStart {
  order: string;
  tenant: string;
  cursor?: string | null;
  signalled?: number;
}
