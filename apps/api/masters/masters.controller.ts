import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { cityOf } from '#libs/casework/nearby';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { MastersView } from '#libs/contracts/api/masters';
import type { ViewNames } from '#libs/contracts/api/views';
import { describePost } from '#libs/masters/index';
import { Public } from '../auth/session.guard.js';

interface WardShapes {
  type: 'FeatureCollection';
  features: { type: 'Feature'; properties: { ward: string; borough: string }; geometry: unknown }[];
}

@ApiTags('masters')
@Public()
@Controller('api/v1')
export class MastersController {
  constructor(private readonly casework: Casework) {}

  /** The cities served here. */
  @Get('tenants')
  async tenants(): Promise<{
    items: { code: string; names: ViewNames; kind: string; parent: string | null }[];
    next: null;
  }> {
    const tenants = await this.casework.parts.masters.service.tenants();
    const items = tenants.map(({ code, name, nameBn, nameHi, kind, parent }) => ({
      code,
      names: { en: name, ...(nameBn ? { bn: nameBn } : {}), ...(nameHi ? { hi: nameHi } : {}) },
      kind,
      parent,
    }));
    return { items, next: null };
  }

  /** The words behind the codes of a city; posts and their holders are added for staff. */
  @Get('masters')
  async masters(@Req() { principal }: FastifyRequest, @Query('tenant') tenant?: string): Promise<MastersView> {
    const masters = await this.cityFor(principal, tenant);
    const { snapshot } = masters;
    const now = Date.now();
    const staff = principal?.kind === 'staff';
    return {
      tenant: snapshot.tenant.code,
      names: snapshot.tenant.names,
      boroughs: [...snapshot.boroughs.values()],
      departments: [...snapshot.departments.values()],
      categories: [...snapshot.categories].map(([code, names]) => ({ code, names })),
      subCategories: [...snapshot.subCategories.values()]
        .filter(({ active }) => active)
        .map(
          ({ code, category, names, department, slaHours, calendar, evidencePhoto, hideComplainant, questions }) => ({
            ...{ code, category, names, department, slaHours, calendar, evidencePhoto, hideComplainant, questions },
          }),
        ),
      wards: [...snapshot.wards.values()].map(({ code, borough, names }) => ({ code, borough, name: names.en, names })),
      posts: staff
        ? [...snapshot.posts.values()].map(({ position, designation, role, department, wards }) => ({
            ...{ position, designation, role, department, wards },
            holder: describePost(snapshot, position, now).name ?? null,
          }))
        : [],
      rejectReasons: [...snapshot.rejectReasons].map(([code, names]) => ({ code, names })),
    };
  }

  /** Boundaries of the wards; those without one are absent. */
  @Get('masters/wards.geojson')
  async wardShapes(@Req() { principal }: FastifyRequest, @Query('tenant') tenant?: string): Promise<WardShapes> {
    const { snapshot } = await this.cityFor(principal, tenant);
    const features = [...snapshot.wards.values()].flatMap(({ code, borough, polygon }) =>
      polygon ? [{ type: 'Feature' as const, properties: { ward: code, borough }, geometry: polygon }] : [],
    );
    return { type: 'FeatureCollection', features };
  }

  private async cityFor(principal: Principal | undefined, wished: string | undefined): Promise<TenantMasters> {
    const { masters } = this.casework.parts;
    const reader = new FieldReader({});
    const anybody: Principal = { kind: 'citizen', id: 'citizen:', tenant: await masters.citizensTenant(), roles: [] };
    const city = await cityOf({ masters }, principal ?? anybody, wished, reader);
    if (!city) throw CaseworkProblem.invalid(reader.problems);
    return city;
  }
}
