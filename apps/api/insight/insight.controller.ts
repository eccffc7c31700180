import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import {
  CALL_OUTCOMES,
  type CallItem,
  type CallListAnswer,
  type CallOutcome,
  type GroupedFigures,
  type InsightHeading,
  type ItemFigures,
  type RegisterAnswer,
  type ServicesAnswer,
} from '#libs/contracts/api/insight';
import { DEFINITIONS, DIMENSIONS, Insight, Registers, type InsightRequest } from '#libs/insight/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { CallOutcomeEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { jsonObject } from '../http/body.js';
import { localeOf } from '../http/locale.js';
import { Caller } from '../http/request.js';
import { DATA_SOURCES } from '../platform/tokens.js';
import { FreshFigures } from './fresh-figures.js';
import { CallOutcomeDto } from './insight.dto.js';
import { assertMayCall, choiceOf, pageOf, readInsightQuery, type RawQuery } from './insight-query.js';
import { callItem, registerItem } from './insight-views.js';
import { fileOf, formatOf, type Table } from './table-format.js';
import { callTable, figuresTable, registerTable } from './tables.js';

const GROUPS = [...DIMENSIONS, 'month'] as const;
const SERVICE_GROUPS = ['service', 'category', 'department'] as const;
/** Services whose remarks come along unasked. */
const REMARKED = 10;

interface Asked {
  request: InsightRequest;
  query: RawQuery;
  http: FastifyRequest;
  reply: FastifyReply;
}

/** Figures from the event log. Each number carries, as `query`, the parameters that list its cases. */
@ApiTags('insight')
@ApiProduces('application/json', 'text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
@ApiQuery({ name: 'format', required: false, enum: ['json', 'csv', 'xlsx'] })
@ApiQuery({ name: 'from', required: false, description: 'First month of registration, 2026-01' })
@ApiQuery({ name: 'to', required: false, description: 'Last month of registration' })
@ApiQuery({ name: 'department', required: false })
@ApiQuery({ name: 'tenant', required: false })
@Controller('api/v1/insight')
export class InsightController {
  private readonly insight: Insight;
  private readonly registers: Registers;

  constructor(
    private readonly casework: Casework,
    private readonly figures: FreshFigures,
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATA_SOURCES) { read }: DataSources,
  ) {
    this.insight = new Insight(read, casework.parts.masters.service);
    this.registers = new Registers(read);
  }

  /** Ratings of each service with interval, trend and remarks, the worst first; the poorly rated named. */
  @Get('services')
  @ApiQuery({ name: 'by', required: false, enum: SERVICE_GROUPS })
  @ApiQuery({ name: 'subCategory', required: false, description: 'Remarks of this service as well' })
  async services(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServicesAnswer | Buffer> {
    const by = choiceOf(query, 'by', SERVICE_GROUPS, 'service');
    const asked = await this.asked(principal, query, http, reply);
    const { request } = asked;
    const items = await this.insight.services(request, by);
    const file = await this.file(asked, `services-by-${by}`, () => figuresTable(items, localeFor(http)));
    if (file) return file;
    const named = query['subCategory'];
    const remarked = items
      .filter(({ item, rating }) => by === 'service' && (item === named || rating.poor))
      .slice(0, REMARKED);
    const remarks = await Promise.all(
      remarked.map(async ({ tenant, item }) => ({
        tenant,
        item,
        items: (await this.registers.remarks(request, tenant, item)).map((remark) => ({
          ...remark,
          at: new Date(remark.at).toISOString(),
        })),
      })),
    );
    return {
      ...(await this.heading(request)),
      by,
      items,
      total: await this.insight.totals(request),
      poor: items.filter(({ rating }) => rating.poor).map(({ tenant, item, names }) => ({ tenant, item, names })),
      remarks,
      next: null,
    };
  }

  /** Reopenings, hours kept, time to resolve and ratings, grouped. */
  @Get('performance')
  @ApiQuery({ name: 'by', required: false, enum: GROUPS })
  async performance(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupedFigures | Buffer> {
    const by = choiceOf(query, 'by', GROUPS, 'department');
    return this.grouped(await this.asked(principal, query, http, reply), by, `performance-by-${by}`);
  }

  /** Figures of each ward, to be drawn on the map of `GET /api/v1/masters/wards.geojson`. */
  @Get('ward-map')
  async wardMap(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupedFigures | Buffer> {
    return this.grouped(await this.asked(principal, query, http, reply), 'ward', 'wards');
  }

  /** Cases closed although the citizen was not satisfied, the latest first. */
  @Get('register')
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async register(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisterAnswer | Buffer> {
    const asked = await this.asked(principal, query, http, reply);
    const page = await this.registers.dissatisfied(asked.request, pageOf(query, formatOf(http, query) !== 'json'));
    const items = page.items.map(registerItem);
    const file = await this.file(asked, 'dissatisfied-register', () => registerTable(items));
    return file ?? { ...(await this.heading(asked.request)), items, next: page.next };
  }

  /**
   * Citizens who gave one star or two, with what came of calling them: those of the poorly rated services, of one
   * service (`subCategory`), or all (`all=true`); `pending=true` leaves out whoever was reached.
   */
  @Get('call-list')
  @ApiQuery({ name: 'subCategory', required: false })
  @ApiQuery({ name: 'all', required: false, enum: ['true', 'false'] })
  @ApiQuery({ name: 'pending', required: false, enum: ['true', 'false'] })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async callList(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallListAnswer | Buffer> {
    const pending = choiceOf(query, 'pending', ['true', 'false'], 'false') === 'true';
    const all = choiceOf(query, 'all', ['true', 'false'], 'false') === 'true';
    const asked = await this.asked(principal, query, http, reply);
    const page = await this.registers.callList(
      asked.request,
      await this.toCall(asked.request, query['subCategory'], all),
      pending,
      pageOf(query, formatOf(http, query) !== 'json'),
    );
    const items: CallItem[] = [];
    for (const entry of page.items) {
      const item = await callItem(this.casework, principal, entry);
      if (item) items.push(item);
    }
    const file = await this.file(asked, 'call-list', () => callTable(items));
    return file ?? { ...(await this.heading(asked.request)), items, next: page.next };
  }

  /** Keeps what came of a call. */
  @Post('call-list/:number/outcomes')
  @HttpCode(201)
  @ApiBody({ type: CallOutcomeDto })
  async called(
    @Caller() principal: Principal,
    @Param('number') number: string,
    @Body() body: unknown,
  ): Promise<{ number: string; at: string; outcome: CallOutcome; note: string | null }> {
    await readInsightQuery(this.casework.parts.masters, principal, {}, Date.now());
    assertMayCall(principal);
    const view = await this.casework.view(principal, number);
    const reader = new FieldReader(jsonObject(body));
    const expected = `one of ${CALL_OUTCOMES.join(', ')}`;
    const given = reader.text('outcome', { required: true, expected });
    const outcome = CALL_OUTCOMES.find((each) => each === given);
    if (given !== undefined && !outcome) reader.wrong('outcome', 'unknown', expected);
    const note = reader.text('note', { limit: 1000 }) ?? null;
    if (reader.problems.length > 0 || !outcome) throw CaseworkProblem.invalid(reader.problems);
    const at = Date.now();
    await this.unitOfWork.run((em) =>
      em.insert(CallOutcomeEntity, {
        id: randomUUID(),
        tenant: view.tenant,
        number: view.number,
        outcome,
        note,
        by: principal.id,
        byName: principal.name ?? null,
        at,
      }),
    );
    return { number: view.number, at: new Date(at).toISOString(), outcome, note };
  }

  private async asked(
    principal: Principal,
    query: RawQuery,
    http: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Asked> {
    const request = await readInsightQuery(this.casework.parts.masters, principal, query, Date.now());
    await this.figures.ensure();
    return { request, query, http, reply };
  }

  private async grouped(asked: Asked, by: (typeof GROUPS)[number], name: string): Promise<GroupedFigures | Buffer> {
    const { request, http } = asked;
    const items: ItemFigures[] = await this.insight.performance(request, by);
    const file = await this.file(asked, name, () => figuresTable(items, localeFor(http)));
    if (file) return file;
    const total = by === 'total' ? items : await this.insight.totals(request);
    return { ...(await this.heading(request)), by, items, total, next: null };
  }

  private async toCall(
    request: InsightRequest,
    service: unknown,
    all: boolean,
  ): Promise<{ tenant: string; item: string }[]> {
    if (typeof service === 'string' && service !== '')
      return request.tenants.map((tenant) => ({ tenant, item: service.toUpperCase() }));
    return (await this.insight.services(request)).filter(({ rating }) => all || rating.poor);
  }

  private async heading({ from, to, departments }: InsightRequest): Promise<InsightHeading> {
    const asOf = await this.insight.asOf();
    return {
      asOf: asOf === null ? null : new Date(asOf).toISOString(),
      from,
      to,
      departments,
      definitions: DEFINITIONS,
    };
  }

  private async file({ http, query, reply }: Asked, name: string, table: () => Table): Promise<Buffer | null> {
    const format = formatOf(http, query);
    return format === 'json' ? null : fileOf(table(), format, name, reply);
  }
}

function localeFor({ headers }: FastifyRequest) {
  return localeOf(headers['accept-language']);
}
