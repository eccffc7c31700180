import type { OfficeCalendar } from '../domain/calendar/types.js';
import type { CaseRules, CaseState, CommandBodies, FieldProblem, PostRef } from '../domain/case/types.js';
import {
  describePost,
  findPost,
  findWard,
  holderOf,
  MastersError,
  postsOf,
  rulesFor,
  wardAt,
  type MastersService,
  type MastersSnapshot,
  type SubCategoryInfo,
  type TenantInfo,
} from '../masters/index.js';
import type { ViewMasters } from './case-view.js';
import { reaches } from './policy.js';
import type { Principal } from './principal.js';
import type { RegistrationLookup } from './registration-body.js';

type TransferTarget = NonNullable<CommandBodies['transfer']['target']>;

/** The masters of one city, asked the questions that casework has. */
export class TenantMasters implements RegistrationLookup {
  constructor(readonly snapshot: MastersSnapshot) {}

  get tenant(): TenantInfo {
    return this.snapshot.tenant;
  }

  get calendar(): OfficeCalendar {
    return this.snapshot.calendar;
  }

  subCategory(code: string): SubCategoryInfo | null {
    return this.snapshot.subCategories.get(code) ?? null;
  }

  departmentOf(subCategory: string): string {
    return this.snapshot.subCategories.get(subCategory)?.department ?? '';
  }

  ward(code: string): { code: string; borough: string } | null {
    return findWard(this.snapshot, code);
  }

  wardAt(lat: number, lon: number): { code: string; borough: string } | null {
    const code = wardAt(this.snapshot, lat, lon);
    return code === null ? null : this.ward(code);
  }

  /** @throws MastersError where the masters point nowhere */
  rules(subCategory: string, ward: string, department?: string): CaseRules {
    return rulesFor(this.snapshot, subCategory, ward, department);
  }

  posts(username: string, now: number): PostRef[] {
    return postsOf(this.snapshot, username, now);
  }

  /** A post by its code, with whoever acts for it now. */
  post(position: string, now: number): PostRef | null {
    const post = findPost(this.snapshot, position);
    const holder = post && holderOf(this.snapshot, post.position, now);
    return post && (holder?.username ? { ...post, holder: `user:${holder.username}` } : post);
  }

  viewMasters(now: number): ViewMasters {
    return { calendar: this.calendar, describe: (position) => describePost(this.snapshot, position, now) };
  }

  /**
   * Where a transfer leads. A department alone keeps the sub-category, a sub-category alone brings its department, and
   * both must agree.
   */
  transferTarget(
    state: Pick<CaseState, 'department' | 'subCategory' | 'ward'>,
    wish: { department?: string; subCategory?: string; ward?: string },
  ): TransferTarget | FieldProblem[] {
    const problems: FieldProblem[] = [];
    const department = wish.department?.toUpperCase();
    if (department !== undefined && !this.snapshot.departments.has(department)) {
      problems.push({ field: 'department', problem: 'unknown', expected: 'the code of a department' });
    }
    const sub = this.snapshot.subCategories.get(wish.subCategory?.toUpperCase() ?? state.subCategory);
    if (wish.subCategory !== undefined && !sub?.active) {
      problems.push({ field: 'subCategory', problem: 'unknown', expected: 'the code of a sub-category' });
    } else if (wish.subCategory !== undefined && department !== undefined && sub?.department !== department) {
      const expected = `${sub?.department ?? ''}, to which ${sub?.code ?? ''} belongs, or no department`;
      problems.push({ field: 'department', problem: 'contradiction', expected });
    }
    const ward = findWard(this.snapshot, wish.ward ?? state.ward);
    if (!ward) problems.push({ field: 'ward', problem: 'unknown', expected: 'the number of a ward' });
    if (problems.length > 0 || !ward) return problems;
    const target = {
      department:
        department ?? (wish.subCategory === undefined ? state.department : (sub?.department ?? state.department)),
      subCategory: sub?.code ?? state.subCategory,
      ward: ward.code,
      borough: ward.borough,
    };
    try {
      return { ...target, rules: this.rules(target.subCategory, target.ward, target.department) };
    } catch (error) {
      if (!(error instanceof MastersError)) throw error;
      return [
        { field: error.field, problem: error.problem, expected: `a ${error.field} with rules: ${error.message}` },
      ];
    }
  }
}

/** The masters of all cities. */
export class CaseworkMasters {
  private wrapped = new WeakMap<MastersSnapshot, TenantMasters>();

  constructor(readonly service: MastersService) {}

  async tenant(code: string): Promise<TenantMasters | null> {
    const known = (await this.service.tenants()).some((tenant) => tenant.code === code);
    if (!known) return null;
    const snapshot = await this.service.snapshot(code);
    let masters = this.wrapped.get(snapshot);
    if (!masters) this.wrapped.set(snapshot, (masters = new TenantMasters(snapshot)));
    return masters;
  }

  async byPrefix(prefix: string): Promise<TenantMasters | null> {
    const tenant = (await this.service.tenants()).find((each) => each.prefix === prefix);
    return tenant ? this.tenant(tenant.code) : null;
  }

  /** Tenant → its parent. */
  async parents(): Promise<ReadonlyMap<string, string | null>> {
    return new Map((await this.service.tenants()).map((tenant) => [tenant.code, tenant.parent]));
  }

  /** The tenant above all others of this one, to which citizens belong. */
  async rootOf(tenant: string): Promise<string> {
    const parents = await this.parents();
    const seen = new Set<string>();
    let top = tenant;
    for (let next = parents.get(top); next && !seen.has(next); next = parents.get(top)) {
      seen.add(next);
      top = next;
    }
    return top;
  }

  /** The root that citizens log in to: the first state, or the only city where there is no state. */
  async citizensTenant(): Promise<string> {
    const tenants = await this.service.tenants();
    const top = tenants.find((tenant) => tenant.parent === null && tenant.kind === 'state') ?? tenants[0];
    return top?.code ?? '';
  }

  /** Cities that a caller's requests may reach: a citizen's whole tree, an officer's own tenant and what it reaches. */
  async citiesOf(principal: Principal): Promise<string[]> {
    const tenants = await this.service.tenants();
    const parents = await this.parents();
    const cities = tenants.filter((tenant) => tenant.kind === 'ulb');
    if (principal.kind === 'staff') {
      return cities.filter((city) => reaches(principal, city.code, parents)).map((city) => city.code);
    }
    const roots = await Promise.all(cities.map(async (city) => [city.code, await this.rootOf(city.code)] as const));
    return roots.filter(([, root]) => root === principal.tenant).map(([code]) => code);
  }

  /** The city meant when a registration names none; null where there are several. */
  async onlyCityFor(principal: Principal): Promise<TenantMasters | null> {
    const [only, ...others] = await this.citiesOf(principal);
    return only !== undefined && others.length === 0 ? this.tenant(only) : null;
  }
}
