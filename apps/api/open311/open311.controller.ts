import { All, Controller, Get, Header, HttpCode, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import { FORMATS, write, type Document } from '#libs/channels/open311/document';
import { Parameters } from '#libs/channels/open311/parameters';
import { Open311Problem } from '#libs/channels/open311/problem';
import type { Settings } from '#libs/config/settings';
import type { KeyHolder } from '../api-keys/api-keys.service.js';
import { Public } from '../auth/session.guard.js';
import { localeOf } from '../http/locale.js';
import { IdempotencyKey } from '../http/request.js';
import { OwnIdempotency } from '../idempotency/idempotency.interceptor.js';
import { SETTINGS } from '../platform/tokens.js';
import { discovery } from './discovery.js';
import { Jurisdictions } from './jurisdictions.service.js';
import { Open311Filing } from './open311-filing.service.js';
import { Open311Keys, principalOf } from './open311-keys.service.js';
import { Open311Filter, formatOf } from './open311.filter.js';
import { Open311Reading } from './open311-reading.service.js';
import { updateId } from './request-entries.js';
import { serviceDefinition, serviceList } from './service-list.js';

/** One request of the protocol: its parameters, the city it speaks of and the system that asks. */
interface Asked {
  parameters: Parameters;
  masters: TenantMasters;
  partner: KeyHolder | null;
}

/** Open311 GeoReport v2, with the updates that FixMyStreet exchanges. */
@ApiExcludeController()
@Public()
@Controller('open311/v2')
@UseFilters(Open311Filter)
export class Open311Controller {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly casework: Casework,
    private readonly keys: Open311Keys,
    private readonly jurisdictions: Jurisdictions,
    private readonly filing: Open311Filing,
    private readonly reading: Open311Reading,
  ) {}

  @Get(['discovery.json', 'discovery.xml'])
  @Header('Access-Control-Allow-Origin', '*')
  discovery(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    answer(request, reply, discovery(this.settings.publicUrl));
  }

  @Get(['services.json', 'services.xml'])
  @Header('Access-Control-Allow-Origin', '*')
  async services(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { masters } = await this.asked(request);
    answer(request, reply, serviceList(masters, languageOf(request)));
  }

  @Get('services/:file')
  @Header('Access-Control-Allow-Origin', '*')
  async service(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const code = nameIn(file);
    const { masters } = await this.asked(request);
    answer(request, reply, serviceDefinition(masters, code, languageOf(request)));
  }

  @Get(['requests.json', 'requests.xml'])
  @Header('Access-Control-Allow-Origin', '*')
  async requests(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { masters, parameters, partner } = await this.asked(request);
    answer(request, reply, await this.reading.requests(masters, parameters, partner));
  }

  @Post(['requests.json', 'requests.xml'])
  @HttpCode(201)
  @OwnIdempotency()
  async report(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @IdempotencyKey() key: string | undefined,
  ): Promise<void> {
    const { masters, parameters, partner } = await this.asked(request);
    const city = masters.tenant.code;
    const admitted = await this.keys.admit(partner, 'open311.write', city);
    const number = await this.filing.report(principalOf(admitted, city), masters, parameters, key);
    const value = [{ service_request_id: number, service_notice: null, account_id: null }];
    answer(request, reply, { root: 'service_requests', value });
  }

  @Get('requests/:file')
  @Header('Access-Control-Allow-Origin', '*')
  async request(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const number = nameIn(file);
    const { masters, partner } = await this.asked(request, number);
    answer(request, reply, await this.reading.request(masters, number, partner));
  }

  /** Numbers are given at once, so a number is its own token. */
  @Get('tokens/:file')
  @Header('Access-Control-Allow-Origin', '*')
  async token(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = nameIn(file);
    const { masters } = await this.asked(request, token);
    const found = await this.casework.publicRecord.find(masters, token);
    if (!found) throw Open311Problem.unknown('token');
    answer(request, reply, { root: 'service_requests', value: [{ service_request_id: found.number, token }] });
  }

  @Get(['servicerequestupdates.json', 'servicerequestupdates.xml'])
  async updates(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { masters, parameters, partner } = await this.asked(request);
    const admitted = await this.keys.admit(partner, 'updates.read', masters.tenant.code);
    answer(request, reply, await this.reading.updates(masters, parameters, admitted));
  }

  /** A comment of the reporter, made in the other system. */
  @Post(['servicerequestupdates.json', 'servicerequestupdates.xml'])
  @HttpCode(200)
  @OwnIdempotency()
  async update(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { masters, parameters, partner } = await this.asked(request);
    const city = masters.tenant.code;
    const principal = principalOf(await this.keys.admit(partner, 'updates.write', city), city);
    const number = parameters.required('service_request_id');
    const text = parameters.required('description');
    const known = await this.casework.publicRecord.find(masters, number, principal.id);
    if (!known) throw Open311Problem.unknown('service_request_id');
    if (!known.own) throw new Open311Problem(403, ['This request was not made with this api_key.']);
    const id = parameters.text('update_id');
    const key = id === undefined ? undefined : `update/${id}`.slice(0, 255);
    const view = await this.casework.command(principal, known.number, 'comment', { text, public: true }, key);
    const value = [{ update_id: updateId(view.number, view.version) }];
    answer(request, reply, { root: 'service_request_updates', value });
  }

  @All('*')
  nothing(@Req() request: FastifyRequest): never {
    const path = (request.url.split('?')[0] ?? '').replace(/^\/open311\/v2\//, '');
    const known = /^(discovery|services|requests|servicerequestupdates)\.(json|xml)$|^(services|requests|tokens)\//;
    if (known.test(path)) throw new Open311Problem(405, [`${request.method} is not answered at this address.`]);
    throw new Open311Problem(404, ['There is nothing at this address; formats are .json and .xml.']);
  }

  private async asked(request: FastifyRequest, number?: string): Promise<Asked> {
    const parameters = Parameters.from(request.query, request.body);
    const partner = await this.keys.find(parameters.text('api_key'));
    return { parameters, partner, masters: await this.jurisdictions.of(parameters, partner, number) };
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, document: Document): void {
  const format = formatOf(request.url);
  void reply.type(FORMATS[format]).send(write(document, format));
}

/** `POTHOLE.json` → `POTHOLE`. */
function nameIn(file: string): string {
  const match = /^(.+)\.(json|xml)$/i.exec(file);
  if (!match?.[1]) throw new Open311Problem(404, ['There is nothing at this address; formats are .json and .xml.']);
  return match[1];
}

function languageOf(request: FastifyRequest): ReturnType<typeof localeOf> {
  return localeOf(request.headers['accept-language']);
}
