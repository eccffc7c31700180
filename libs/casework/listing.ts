import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { CaseView, Page } from '../contracts/api/views.js';
import { parseNumber } from '../domain/numbers/index.js';
import { FollowerEntity, GrievanceEntity, GrievanceWordEntity, STAGE } from '../persistence/entities/index.js';
import { recordOf } from './case-store.js';
import { cursorOf, readListQuery, type ListFilter, type ListQuery } from './list-query.js';
import { readMobile } from './mobile.js';
import type { CaseworkParts } from './parts.js';
import { hasRole, seesWholeCity } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import type { Reading, SeenCase } from './reading.js';
import { searchWords } from './search-words.js';

const SORT_COLUMNS = {
  '-registered': { column: 'registeredAt', direction: 'DESC' },
  registered: { column: 'registeredAt', direction: 'ASC' },
  due: { column: 'dueOrder', direction: 'ASC' },
} as const;

/** Lists of cases, scoped to the caller before any filter. */
export class Listing {
  constructor(
    private readonly parts: CaseworkParts,
    private readonly reading: Reading,
  ) {}

  async list(principal: Principal, query: ListQuery): Promise<Page<CaseView>> {
    const posts = await this.postsOf(principal);
    const filter = readListQuery(
      query,
      posts.map((post) => post.position),
    );
    if (Array.isArray(filter)) throw CaseworkProblem.invalid(filter);
    const builder = this.parts.read.manager.createQueryBuilder(GrievanceEntity, 'g');
    await this.scope(builder, principal, filter, posts);
    narrow(builder, filter, this.parts.now());
    if (filter.q !== undefined) search(builder, filter.q, principal);
    const { column, direction } = SORT_COLUMNS[filter.sort];
    if (filter.after) after(builder, column, direction, filter.after);
    const rows = await builder
      .orderBy(`g.${column}`, direction)
      .addOrderBy('g.number', direction)
      .limit(filter.limit + 1)
      .getMany();
    const page = rows.slice(0, filter.limit);
    const last = page.at(-1);
    const next = rows.length > filter.limit && last ? cursorOf(last[column], last.number) : null;
    return { items: await this.views(principal, page), next };
  }

  private async views(principal: Principal, rows: readonly GrievanceEntity[]): Promise<CaseView[]> {
    const seen: SeenCase[] = [];
    for (const row of rows) {
      const masters = await this.parts.masters.tenant(row.tenant);
      if (!masters) continue;
      const record = recordOf(row);
      const viewer = await this.reading.viewer(principal, record, masters);
      if (viewer.relation !== 'stranger') seen.push({ record, viewer, masters });
    }
    const attachments = await this.reading.attachmentsOfAll(seen);
    return seen.map((item) => this.reading.present(item, attachments.get(item.record.state.number) ?? []));
  }

  private async postsOf(principal: Principal): Promise<{ position: string; department: string }[]> {
    if (!principal.username) return [];
    const masters = await this.parts.masters.tenant(principal.tenant);
    return masters?.posts(principal.username, this.parts.now()) ?? [];
  }

  private async scope(
    builder: SelectQueryBuilder<GrievanceEntity>,
    principal: Principal,
    filter: ListFilter,
    posts: readonly { position: string; department: string }[],
  ): Promise<void> {
    if (principal.kind === 'citizen') return scopeToCitizen(builder, principal, filter);
    const cities = await this.parts.masters.citiesOf(principal);
    const wanted = filter.tenant === undefined ? cities : cities.filter((city) => city === filter.tenant);
    builder.where('g.tenant IN (:...cities)', { cities: orNone(wanted) });
    if (seesWholeCity(principal)) return;
    const positions = posts.map((post) => post.position);
    const owned = filter.owners.length > 0 && filter.owners.every((post) => post === '' || positions.includes(post));
    if (owned) return;
    builder.andWhere(
      new Brackets((any) =>
        any
          .where('g.department IN (:...ownDepartments)', {
            ownDepartments: orNone(posts.map((post) => post.department)),
          })
          .orWhere('g.owner IN (:...ownPosts)', { ownPosts: orNone(positions) })
          .orWhere('g.accountable IN (:...ownPosts)'),
      ),
    );
  }
}

function scopeToCitizen(builder: SelectQueryBuilder<GrievanceEntity>, principal: Principal, filter: ListFilter): void {
  const citizen = principal.id.slice('citizen:'.length);
  if (filter.followed) {
    builder.innerJoin(FollowerEntity, 'f', 'f.number = g.number').where('f.citizenId = :citizen', { citizen });
  } else {
    builder.where('g.citizenId = :citizen', { citizen });
  }
  if (filter.tenant !== undefined) builder.andWhere('g.tenant = :tenant', { tenant: filter.tenant });
}

function narrow(builder: SelectQueryBuilder<GrievanceEntity>, filter: ListFilter, now: number): void {
  const oneOf = (column: keyof GrievanceEntity, values: readonly (string | number)[]): void => {
    if (values.length > 0) builder.andWhere(`g.${column} IN (:...${column})`, { [column]: values });
  };
  oneOf('state', filter.states);
  oneOf('ward', filter.wards);
  oneOf('borough', filter.boroughs);
  oneOf('department', filter.departments);
  oneOf('subCategory', filter.subCategories);
  oneOf('source', filter.sources);
  oneOf('owner', filter.owners);
  oneOf('accountable', filter.accountables);
  oneOf('level', filter.levels);
  oneOf('rating', filter.ratings);
  // Answered and closed cases keep their last owner: an inbox holds what is still to be done.
  if ((filter.owners.length > 0 || filter.accountables.length > 0) && filter.states.length === 0) {
    builder.andWhere('g.stage = :working', { working: STAGE.working });
  }
  if (filter.overdue !== undefined) {
    builder.andWhere(filter.overdue ? 'g.dueOrder < :now' : 'g.dueOrder >= :now', { now });
    if (filter.overdue) builder.andWhere('g.stage = :working', { working: STAGE.working });
  }
  if (filter.from !== undefined) builder.andWhere('g.registeredAt >= :from', { from: filter.from });
  if (filter.to !== undefined) builder.andWhere('g.registeredAt < :to', { to: filter.to });
}

/** A number, a mobile number where the caller may know it, or words that must all occur. */
function search(builder: SelectQueryBuilder<GrievanceEntity>, q: string, principal: Principal): void {
  const number = parseNumber(q);
  if (number.ok) {
    builder.andWhere('g.number = :number', { number: number.number });
    return;
  }
  const mobile = readMobile(q);
  if (mobile && hasRole(principal, ['call_centre', 'mayors_office', 'tenant_admin'])) {
    builder.andWhere('g.citizenMobile = :mobile', { mobile });
    return;
  }
  const words = searchWords(q).slice(0, 6);
  if (words.length === 0) {
    builder.andWhere('1 = 0');
    return;
  }
  words.forEach((word, index) => {
    const alias = `w${index}`;
    builder.innerJoin(
      GrievanceWordEntity,
      alias,
      `${alias}.tenant = g.tenant AND ${alias}.number = g.number AND ${alias}.word = :${alias}`,
      { [alias]: word },
    );
  });
}

function after(
  builder: SelectQueryBuilder<GrievanceEntity>,
  column: string,
  direction: 'ASC' | 'DESC',
  cursor: { key: number; number: string },
): void {
  const beyond = direction === 'ASC' ? '>' : '<';
  builder.andWhere(
    new Brackets((any) =>
      any
        .where(`g.${column} ${beyond} :cursorKey`, { cursorKey: cursor.key })
        .orWhere(`(g.${column} = :cursorKey AND g.number ${beyond} :cursorNumber)`, { cursorNumber: cursor.number }),
    ),
  );
}

/** `IN ()` is no SQL; no code is empty. */
function orNone(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [''];
}
