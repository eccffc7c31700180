import { DateTime } from 'luxon';
import { In } from 'typeorm';
import { LegacyCaseEntity } from '#libs/persistence/entities/index';
import { tenantOf } from './directory.js';
import type { MasterSpec } from './master-spec.js';
import type { RowReader } from './row-reader.js';
import { upsertRows } from './upsert.js';

type LegacyRow = Omit<LegacyCaseEntity, 'tenant' | 'detail'>;

interface LegacyContext {
  tenant: string;
  zone: string;
}

/** Cases of the old system as it left them: read by the status search, never changed by anything but another import. */
export const legacyMaster: MasterSpec<LegacyContext, LegacyRow> = {
  name: 'legacy',
  columns: [
    { name: 'number', aliases: ['complaint no', 'complaint number', 'docket', 'docket no', 'id'], required: true },
    { name: 'mobile', aliases: ['phone', 'mobile no', 'mobile number'] },
    { name: 'name', aliases: ['complainant'] },
    { name: 'category', aliases: ['type', 'complaint type'] },
    { name: 'description', aliases: ['complaint', 'details'] },
    { name: 'status', aliases: ['state'], required: true },
    { name: 'registered', aliases: ['registered on', 'registered at', 'date'] },
    { name: 'closed', aliases: ['closed on', 'closed at'] },
  ],
  context: async (em, tenant) => ({ tenant, zone: (await tenantOf(em, tenant)).zone }),
  read(reader, { zone }) {
    const number = reader.text('number', { required: true, max: 64 })?.toUpperCase();
    const status = reader.text('status', { required: true, max: 64 });
    const registeredAt = dayOf(reader, 'registered', zone);
    const closedAt = dayOf(reader, 'closed', zone);
    if (registeredAt !== null && closedAt !== null && closedAt < registeredAt) {
      reader.wrong('closed', 'out_of_range', 'a date on or after that of the registration');
    }
    const about = {
      mobile: reader.mobile('mobile') ?? null,
      name: reader.text('name') ?? null,
      category: reader.text('category') ?? null,
      description: reader.text('description', { max: 1000 }) ?? null,
    };
    if (!reader.ok || number === undefined || status === undefined) return null;
    return { value: { number, status, registeredAt, closedAt, ...about }, key: number, keyColumn: 'number' };
  },
  async write(em, { tenant }, rows) {
    const stored = await em.findBy(LegacyCaseEntity, { tenant, number: In(rows.map(({ value }) => value.number)) });
    const wanted = rows.map(({ value }) => ({ tenant, ...value, detail: {} }));
    return upsertRows(em, LegacyCaseEntity, ['tenant', 'number'], wanted, stored);
  },
  async *export(em, tenant) {
    const { zone } = await tenantOf(em, tenant);
    const day = (at: number | null): string =>
      at === null ? '' : DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
    // In pages: a city brings years of them.
    for (let after = ''; ;) {
      const page = await em
        .createQueryBuilder(LegacyCaseEntity, 'l')
        .where('l.tenant = :tenant AND l.number > :after', { tenant, after })
        .orderBy('l.number', 'ASC')
        .limit(1000)
        .getMany();
      for (const row of page) {
        const about = [row.mobile ?? '', row.name ?? '', row.category ?? '', row.description ?? ''];
        yield [row.number, ...about, row.status, day(row.registeredAt), day(row.closedAt)];
      }
      const last = page.at(-1);
      if (!last) return;
      after = last.number;
    }
  },
};

/** Local midnight of a day; null: the cell is empty or, as noted, wrong. */
function dayOf(reader: RowReader, column: string, zone: string): number | null {
  const date = reader.date(column);
  return date === undefined ? null : DateTime.fromISO(date, { zone }).toMillis();
}
