import { Body, Controller, HttpCode, Inject, Options, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditLog } from '#libs/casework/audit-log';
import { hasRole, MAY_READ_HISTORY } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Settings } from '#libs/config/settings';
import { ChangesNothing, Public } from '../auth/session.guard.js';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { SETTINGS } from '../platform/tokens.js';
import { PayloadOpener, type JsonPayload } from './payload-opener.js';
import { isTemporalUi } from './temporal-ui.js';

/** Opens payloads for Temporal's own UI, which asks for it from the browser of whoever looks at a workflow. */
@ApiExcludeController()
@Controller('codec')
export class CodecController {
  private readonly opener: PayloadOpener;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly audit: AuditLog,
  ) {
    this.opener = new PayloadOpener(settings);
  }

  @Public()
  @Options('decode')
  @HttpCode(204)
  preflight(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    if (!this.allowOrigin(request, reply)) return;
    void reply
      .header('Access-Control-Allow-Methods', 'POST')
      .header('Access-Control-Allow-Headers', 'content-type, authorization, x-namespace')
      .header('Access-Control-Max-Age', '600');
  }

  @ChangesNothing()
  @Post('decode')
  @HttpCode(200)
  async decode(
    @Caller() principal: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ payloads: JsonPayload[] }> {
    this.allowOrigin(request, reply);
    if (!hasRole(principal, MAY_READ_HISTORY)) throw CaseworkProblem.forbidden();
    const { namespace } = this.settings.temporal;
    const asked = request.headers['x-namespace'];
    if (asked !== undefined && asked !== namespace) {
      throw CaseworkProblem.invalid([{ field: 'x-namespace', problem: 'unknown', expected: namespace }]);
    }
    const payloads = await this.opener.open(jsonObject(body)['payloads']);
    // Which of them belongs to which case is not known here; who looked, and at how much, is.
    const detail = { payloads: payloads.length };
    const { tenant, id: actor } = principal;
    await this.audit.write({ tenant, actor, action: 'payloads_decoded', subject: namespace, detail });
    return { payloads };
  }

  /** False: the page that asks is not Temporal's UI, and its browser will keep the answer from it. */
  private allowOrigin(request: FastifyRequest, reply: FastifyReply): boolean {
    const { origin } = request.headers;
    void reply.header('Vary', 'Origin');
    if (origin === undefined || !isTemporalUi(origin, this.settings.temporal)) return false;
    void reply.header('Access-Control-Allow-Origin', origin).header('Access-Control-Allow-Credentials', 'true');
    return true;
  }
}
