import { recordOf } from '#libs/casework/case-store';
import type { Casework } from '#libs/casework/casework';
import { maskContact, maskName } from '#libs/casework/masking';
import { mayReveal, sightOfCitizen } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import type { CallItem, RegisterItem } from '#libs/contracts/api/insight';
import type { CallEntry, RegisterEntry } from '#libs/insight/index';

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export function registerItem({ fact, row, closingOrder }: RegisterEntry): RegisterItem {
  return {
    number: row.number,
    tenant: row.tenant,
    subCategory: row.subCategory,
    department: row.department,
    ward: row.ward,
    officer: fact.post === '' ? null : fact.post,
    registeredAt: iso(row.registeredAt),
    closedAt: isoOrNull(row.closedAt),
    rating: row.rating,
    remarks: row.remarks,
    closingOrder,
  };
}

/** A complainant to be called, as this caller may see them. */
export async function callItem(
  casework: Casework,
  principal: Principal,
  { fact, row, calls }: CallEntry,
): Promise<CallItem | null> {
  const masters = await casework.parts.masters.tenant(row.tenant);
  if (!masters) return null;
  const record = recordOf(row);
  const { relation, actor } = await casework.reading.viewer(principal, record, masters);
  const hidden = record.citizen === null || sightOfCitizen(relation, actor, record.state) === 'hidden';
  const { name = null, mobile = null } = record.citizen ?? {};
  return {
    number: row.number,
    tenant: row.tenant,
    subCategory: row.subCategory,
    department: row.department,
    ward: row.ward,
    rating: fact.rating ?? 0,
    ratedAt: isoOrNull(fact.ratedAt),
    remarks: row.remarks,
    locale: row.locale,
    citizen: hidden ? null : { name: name && maskName(name), mobile: mobile && maskContact(mobile) },
    mayReveal: !hidden && mobile !== null && mayReveal(relation, actor, record.state),
    calls: calls.map(({ at, outcome, note, by, byName }) => ({ at: iso(at), outcome, note, by: byName ?? by })),
  };
}
