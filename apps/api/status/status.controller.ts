import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import { readMobile } from '#libs/casework/mobile';
import { hasRole } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { CaseView, OldComplaint } from '#libs/contracts/api/views';
import { LegacyCaseEntity } from '#libs/persistence/entities/index';
import { Public } from '../auth/session.guard.js';
import { unauthenticated } from '../http/request.js';

type StatusAnswer =
  | { category: 'new'; items: CaseView[]; next: string | null }
  | { category: 'old'; items: OldComplaint[]; links: { tenant: string; url: string }[] };

const MOST = 50;

@ApiTags('status')
@Controller('api/v1/status')
export class StatusController {
  constructor(
    private readonly casework: Casework,
    @InjectDataSource() private readonly read: DataSource,
  ) {}

  /** Where complaints stand: those of this system (`new`), or those from before it (`old`). */
  @Public()
  @Get()
  @ApiQuery({ name: 'category', enum: ['new', 'old'] })
  @ApiQuery({ name: 'number', required: false })
  @ApiQuery({ name: 'mobile', required: false })
  async status(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): Promise<StatusAnswer> {
    const { principal } = request;
    const category = query['category'] ?? 'new';
    if (category !== 'new' && category !== 'old') throw invalid('category', 'unknown', 'new or old');
    const number = text(query['number']);
    const mobile = text(query['mobile']);
    if (number === undefined && mobile === undefined) throw invalid('number', 'required', 'number or mobile');
    if (category === 'old') return this.old(principal, number, mobile);
    if (!principal) throw unauthenticated('Log in with the mobile number of the complaint first.');
    if (number !== undefined) {
      return { category, items: [await this.casework.view(principal, number)], next: null };
    }
    const e164 = this.ownMobile(principal, mobile ?? '');
    const filter = principal.kind === 'citizen' ? {} : { q: e164 };
    return { category, ...(await this.casework.list(principal, filter)) };
  }

  private async old(
    principal: Principal | undefined,
    number: string | undefined,
    mobile: string | undefined,
  ): Promise<StatusAnswer> {
    const { manager } = this.read;
    const where =
      number === undefined
        ? { mobile: this.ownMobile(principal, mobile ?? '') }
        : { number: number.trim().toUpperCase() };
    const rows = await manager.find(LegacyCaseEntity, { where, take: MOST, order: { registeredAt: 'DESC' } });
    return { category: 'old', items: rows.map(legacyStatus), links: await this.links() };
  }

  /** Everybody asks for their own number, once they have proved it; the call centre asks for its callers. */
  private ownMobile(principal: Principal | undefined, given: string): string {
    if (!principal) throw unauthenticated('Log in with this mobile number first.');
    const mobile = readMobile(given);
    if (!mobile) throw invalid('mobile', 'invalid_mobile', 'a mobile number');
    const own = principal.kind === 'citizen' && principal.mobile === mobile;
    if (own || hasRole(principal, ['call_centre', 'mayors_office', 'tenant_admin'])) return mobile;
    throw CaseworkProblem.forbidden('You can look up your own mobile number only.');
  }

  /** Pages of the old systems, where a city has set one. */
  private async links(): Promise<{ tenant: string; url: string }[]> {
    const tenants = await this.casework.parts.masters.service.tenants();
    return tenants.flatMap(({ code, settings }) => {
      const url = settings['legacyUrl'];
      return typeof url === 'string' && url !== '' ? [{ tenant: code, url }] : [];
    });
  }
}

function legacyStatus(row: LegacyCaseEntity): OldComplaint {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const { number, tenant, category, status } = row;
  return { number, tenant, category, status, registeredAt: iso(row.registeredAt), closedAt: iso(row.closedAt) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function invalid(field: string, problem: string, expected: string): CaseworkProblem {
  return CaseworkProblem.invalid([{ field, problem, expected }]);
}
