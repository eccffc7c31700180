import fc from 'fast-check';
import { notification } from '#libs/testing/case-steps';
import { describeOnEachEngine } from '#libs/testing/database';
import { NotificationEntity } from './entities/index.js';
import { insertRows } from './insert-rows.js';
import { recordDelivery, type DeliveryReport } from './notification-status.js';

describeOnEachEngine('reports of deliveries', (db) => {
  let count = 0;
  async function after(reports: readonly DeliveryReport[]): Promise<NotificationEntity> {
    const id = `n${count++}`;
    const providerId = `wamid.${id}`;
    await db.uow.run((em) =>
      insertRows(em, NotificationEntity, [notification('KMC-26-0000001-0', 1, { id, providerId })]),
    );
    for (const report of reports)
      expect(await db.uow.run((em) => recordDelivery(em, { providerId, channel: 'sms' }, report))).toBe(true);
    return db.sources.read.manager.findOneByOrFail(NotificationEntity, { id });
  }

  test('in any order and number end with the furthest', async () => {
    const reports: DeliveryReport[] = [
      { status: 'sent', at: 1 },
      { status: 'delivered', at: 2 },
      { status: 'read', at: 3 },
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...reports, ...reports], { minLength: 6 }), async (order) => {
        expect(await after(order)).toMatchObject({ status: 'read', sentAt: 1, deliveredAt: 2, readAt: 3, error: null });
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  test('a failure ends it', async () => {
    expect(
      await after([
        { status: 'sent', at: 1 },
        { status: 'failed', at: 2, error: '131026' },
      ]),
    ).toMatchObject({
      status: 'failed',
      error: '131026',
    });
    expect(
      await after([
        { status: 'failed', at: 2, error: 'x'.repeat(900) },
        { status: 'sent', at: 3 },
      ]),
    ).toMatchObject({
      status: 'failed',
      error: 'x'.repeat(500),
    });
  });

  test('a failure after the delivery is none', async () => {
    expect(
      await after([
        { status: 'delivered', at: 1 },
        { status: 'failed', at: 2 },
      ]),
    ).toMatchObject({
      status: 'delivered',
      error: null,
    });
  });

  test('one that is before its message says so', async () => {
    expect(await db.uow.run((em) => recordDelivery(em, { id: 'nobody' }, { status: 'sent', at: 1 }))).toBe(false);
  });
});
