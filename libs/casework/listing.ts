import type { CaseView, Page } from '../contracts/api/views.js';
import { parseNumber } from '../domain/numbers/index.js';
import {
  countCases,
  CursorError,
  listCases,
  type CaseListRequest,
  type CaseScope,
  type CaseSearch,
} from '../persistence/case-list.js';
import type { GrievanceEntity } from '../persistence/entities/index.js';
import { wordsOf } from '../persistence/words.js';
import { recordOf } from './case-store.js';
import type { CaseRecord, Viewer } from './case-view.js';
import { readListQuery, type ListQuery, type ListRequest } from './list-query.js';
import { readMobile } from './mobile.js';
import type { CaseworkParts } from './parts.js';
import { hasRole, seesWholeCity } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import type { Reading, SeenCase } from './reading.js';
import type { TenantMasters } from './tenant-masters.js';

/** Roles that may look somebody up by telephone number. */
const MAY_SEARCH_BY_MOBILE = ['call_centre', 'mayors_office', 'tenant_admin'] as const;
const MOST_SEARCH_WORDS = 6;

/** Lists of cases, scoped to the caller before any filter. */
export class Listing {
  constructor(
    private readonly parts: CaseworkParts,
    private readonly reading: Reading,
  ) {}

  async list(principal: Principal, query: ListQuery): Promise<Page<CaseView>> {
    const request = await this.requestOf(principal, query);
    try {
      const { rows, next } = await listCases(this.parts.read.manager, request);
      return { items: await this.views(principal, rows), next };
    } catch (error) {
      if (!(error instanceof CursorError)) throw error;
      throw CaseworkProblem.invalid([
        { field: 'cursor', problem: 'unknown', expected: 'the `next` of the page before, with the same sort' },
      ]);
    }
  }

  /** How many cases the list has on all its pages. */
  async count(principal: Principal, query: ListQuery): Promise<number> {
    return countCases(this.parts.read.manager, await this.requestOf(principal, query));
  }

  /** What a list asks the record for. Throws 422 for a query that is none. */
  async requestOf(principal: Principal, query: ListQuery): Promise<CaseListRequest> {
    const posts = await this.postsOf(principal);
    const asked = readListQuery(
      query,
      posts.map((post) => post.position),
    );
    if (Array.isArray(asked)) throw CaseworkProblem.invalid(asked);
    const { filter, q, sort, limit, cursor } = asked;
    return {
      filter: q === undefined ? filter : { ...filter, search: searchFor(q, principal) },
      scope: await this.scope(principal, asked, posts),
      sort,
      limit,
      cursor: cursor ?? null,
      now: this.parts.now(),
    };
  }

  private async views(principal: Principal, rows: readonly GrievanceEntity[]): Promise<CaseView[]> {
    const seen: SeenCase[] = [];
    const cities = await this.cities(principal, rows);
    for (const row of rows) {
      const city = cities.get(row.tenant);
      if (!city) continue;
      const record = recordOf(row);
      const viewer = city.viewerOf(record);
      if (viewer.relation !== 'stranger') seen.push({ record, viewer, masters: city.masters });
    }
    const attachments = await this.reading.attachmentsOfAll(seen);
    return seen.map((item) => this.reading.present(item, attachments.get(item.record.state.number) ?? []));
  }

  /** The cities of these cases, and what the caller is to a case of each. */
  private async cities(principal: Principal, rows: readonly GrievanceEntity[]) {
    const cities = new Map<string, { masters: TenantMasters; viewerOf: (record: CaseRecord) => Viewer }>();
    for (const tenant of new Set(rows.map((row) => row.tenant))) {
      const masters = await this.parts.masters.tenant(tenant);
      if (masters) cities.set(tenant, { masters, viewerOf: await this.reading.viewing(principal, masters) });
    }
    return cities;
  }

  private async postsOf(principal: Principal): Promise<{ position: string; department: string }[]> {
    if (!principal.username) return [];
    const masters = await this.parts.masters.tenant(principal.tenant);
    return masters?.posts(principal.username, this.parts.now()) ?? [];
  }

  private async scope(
    principal: Principal,
    { tenant, followed }: ListRequest,
    posts: readonly { position: string; department: string }[],
  ): Promise<CaseScope> {
    if (principal.kind === 'citizen') {
      const citizenId = principal.id.slice('citizen:'.length);
      return { kind: 'citizen', citizenId, followed, ...(tenant === undefined ? {} : { tenant }) };
    }
    const cities = await this.parts.masters.citiesOf(principal);
    const tenants = tenant === undefined ? cities : cities.filter((city) => city === tenant);
    if (seesWholeCity(principal)) return { kind: 'tenants', tenants };
    const departments = [...new Set(posts.map((post) => post.department))];
    return { kind: 'posts', tenants, departments, posts: posts.map((post) => post.position) };
  }
}

/** A number, a telephone number where the caller may ask by it, or words. */
function searchFor(q: string, principal: Principal): CaseSearch {
  const number = parseNumber(q);
  if (number.ok) return { kind: 'number', number: number.number };
  const mobile = hasRole(principal, MAY_SEARCH_BY_MOBILE) ? readMobile(q) : null;
  if (mobile) return { kind: 'mobile', mobile };
  return { kind: 'words', words: wordsOf(q).slice(0, MOST_SEARCH_WORDS) };
}
