import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiQuery, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stringify } from 'csv-stringify/sync';
import { Readable } from 'node:stream';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { cityOf } from '#libs/casework/nearby';
import { hasRole, MAY_ADMINISTER, MAY_EXPORT } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { ImportReport } from '#libs/contracts/api/masters';
import { CALENDAR_MASTERS, exportMaster, importMaster, MastersService, UnknownMasterError } from '#libs/masters/index';
import { masterNamed } from '#libs/masters/import/masters';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { jsonObject } from '../http/body.js';
import { unsupported } from '../http/content-types.js';
import { Caller } from '../http/request.js';
import { uploadOf } from '../http/uploads.js';
import { OrdersService } from '../orders/orders.service.js';

const MOST_BYTES = 256 * 1024 * 1024;

@ApiTags('masters')
@Controller('api/v1')
export class ImportController {
  constructor(
    private readonly casework: Casework,
    private readonly masters: MastersService,
    private readonly orders: OrdersService,
    private readonly unitOfWork: UnitOfWork,
    @InjectDataSource() private readonly read: DataSource,
  ) {}

  /** Imports a master from CSV, or from JSON as `{rows: [{column: value}]}`. Without `apply` it only tells what would happen; all or nothing unless `takeGoodRows`. */
  @Post('import/:master')
  @HttpCode(200)
  @ApiConsumes('text/csv', 'multipart/form-data', 'application/json')
  @ApiBody({ schema: { type: 'string' } })
  @ApiQuery({ name: 'apply', required: false })
  @ApiQuery({ name: 'takeGoodRows', required: false })
  async import(
    @Caller() principal: Principal,
    @Param('master') given: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<ImportReport> {
    if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
    const master = this.masterOf(given);
    const tenant = await this.tenantOf(principal, query['tenant'], master);
    const report = await importMaster(this.unitOfWork, tenant, master, await csvOf(request), {
      apply: isTrue(query['apply']),
      takeGoodRows: isTrue(query['takeGoodRows']),
      by: principal.id,
    });
    if (report.applied) {
      this.masters.forget();
      const changed = report.created + report.updated > 0;
      if (changed && CALENDAR_MASTERS.has(master)) await this.orders.recompute(principal, tenant);
    }
    return report;
  }

  /** A master as CSV, in the form in which it can be imported again. */
  @Get('export/:master')
  async export(
    @Caller() principal: Principal,
    @Param('master') given: string,
    @Query('tenant') wished: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!hasRole(principal, MAY_EXPORT)) throw CaseworkProblem.forbidden();
    const master = this.masterOf(given);
    const tenant = await this.tenantOf(principal, wished, master);
    const lines = exportMaster(this.read.manager, tenant, master);
    void reply.type('text/csv; charset=utf-8').header('Content-Disposition', `attachment; filename="${master}.csv"`);
    return new StreamableFile(Readable.from(lines, { objectMode: false }));
  }

  private masterOf(name: string): string {
    try {
      return masterNamed(name).name;
    } catch (error) {
      if (!(error instanceof UnknownMasterError)) throw error;
      throw CaseworkProblem.notFound(error.message, 'unknown_master');
    }
  }

  /** Tenants themselves are imported at or below the caller's own. */
  private async tenantOf(principal: Principal, wished: unknown, master: string): Promise<string> {
    if (master === 'tenants') return principal.tenant;
    const reader = new FieldReader({});
    const city = await cityOf(this.casework.parts, principal, wished, reader);
    if (!city) throw CaseworkProblem.invalid(reader.problems);
    return city.tenant.code;
  }
}

async function csvOf(request: FastifyRequest): Promise<string | Uint8Array | AsyncIterable<Uint8Array>> {
  if (/^application\/json/.test(request.headers['content-type'] ?? '')) return csvFromRows(request.body);
  const upload = await uploadOf(request, MOST_BYTES);
  if (!upload && !request.isMultipart()) {
    throw unsupported('Send the table as text/csv, as multipart/form-data in the field "file", or as JSON rows.');
  }
  if (!upload) throw CaseworkProblem.invalid([{ field: 'file', problem: 'required', expected: 'a CSV file' }]);
  if (!/json/i.test(`${upload.mimetype}${upload.filename}`)) return upload.chunks;
  // Ward boundaries come as one JSON document, which cannot be read in pieces.
  const chunks: Uint8Array[] = [];
  for await (const chunk of upload.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** One importer for all forms, so that what it refuses is refused in each. */
function csvFromRows(body: unknown): string {
  const rows = jsonObject(body)['rows'];
  const expected = 'a list of objects, a value for each column';
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) {
    throw CaseworkProblem.invalid([
      { field: 'rows', problem: rows === undefined ? 'required' : 'wrong_type', expected },
    ]);
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify([columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))]);
}

type Cell = string | number | boolean | null;

function isRow(value: unknown): value is Record<string, Cell | Cell[]> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const isCell = (cell: unknown): boolean => cell === null || ['string', 'number', 'boolean'].includes(typeof cell);
  return Object.values(value).every((cell) => isCell(cell) || (Array.isArray(cell) && cell.every(isCell)));
}

function cellOf(cell: Cell | Cell[] | undefined): string {
  if (Array.isArray(cell)) return cell.map((each) => String(each ?? '')).join(', ');
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell ?? '');
}

function isTrue(value: unknown): boolean {
  return value === 'true' || value === '1' || value === '';
}
