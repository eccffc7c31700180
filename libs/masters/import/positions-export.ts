import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { HoldingEntity, PostEntity } from '#libs/persistence/entities/index';
import { tenantOf } from './directory.js';
import { formatWardList, sortCodes } from './ward-list.js';

const PAGE = 1_000;

/** Every post with its present (or next) holder and delegate, in the order of their codes. */
export async function* exportPositions(em: EntityManager, tenant: string): AsyncGenerator<readonly string[]> {
  const { zone } = await tenantOf(em, tenant);
  const now = Date.now();
  const holdings = (await em.findBy(HoldingEntity, { tenant })).filter(
    ({ validTo }) => validTo === null || validTo > now,
  );
  const current = (kind: HoldingEntity['kind']): Map<string, HoldingEntity> =>
    new Map(holdings.filter((each) => each.kind === kind).map((each) => [each.position, each]));
  const holders = current('holder');
  const delegates = current('delegate');
  const postOf = new Map([...holders.values()].map((each) => [personKey(each), each.position]));
  const day = (at: number, shift: number): string =>
    DateTime.fromMillis(at, { zone }).plus({ days: shift }).toISODate() ?? '';
  const period = (holding: HoldingEntity | undefined): [string, string] => [
    holding && holding.validFrom > 0 ? day(holding.validFrom, 0) : '',
    holding?.validTo ? day(holding.validTo, -1) : '',
  ];
  for (let skip = 0; ; skip += PAGE) {
    const posts = await em.find(PostEntity, { where: { tenant }, order: { position: 'ASC' }, skip, take: PAGE });
    for (const post of posts) {
      const holder = holders.get(post.position);
      const delegate = delegates.get(post.position);
      yield [
        post.position,
        post.designation,
        post.role,
        post.department,
        formatWardList(post.wards),
        sortCodes([...post.categories]).join('; '),
        holder?.person ?? '',
        holder?.mobile ?? '',
        ...period(holder),
        delegate ? (postOf.get(personKey(delegate)) ?? '') : '',
        ...period(delegate),
      ];
    }
    if (posts.length < PAGE) return;
  }
}

function personKey({ username, person, mobile }: HoldingEntity): string {
  return username ?? `${person} ${mobile ?? ''}`;
}
