import { All, Controller, HttpCode, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Casework } from '#libs/casework/casework';
import { readMobile } from '#libs/casework/mobile';
import { CaseworkProblem } from '#libs/casework/problem';
import { callerIn } from '#libs/channels/missed-call/inbound';
import type { Settings } from '#libs/config/settings';
import { Public } from '../../auth/session.guard.js';
import { fromLoopback } from '../../http/request.js';
import { SETTINGS } from '../../platform/tokens.js';
import { Once } from '../once.service.js';
import { fieldsOf, isSameSecret } from '../sms/gateway-call.js';
import { MissedCalls } from './missed-calls.service.js';

const ONE_MESSAGE_WITHIN_MS = 3_600_000;

/** A telephony provider tells of a call that nobody took: the caller is answered by a message. */
@ApiExcludeController()
@Public()
@Controller('webhooks/missed-call')
export class MissedCallController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly casework: Casework,
    private readonly calls: MissedCalls,
    private readonly once: Once,
  ) {}

  @All(['', ':token'])
  @HttpCode(200)
  async take(@Param('token') token: string | undefined, @Req() request: FastifyRequest): Promise<{ status: string }> {
    if (request.method !== 'GET' && request.method !== 'POST') throw nothing();
    const { missedCallToken: secret, demo } = this.settings;
    const admitted = secret === undefined ? demo && fromLoopback(request) : isSameSecret(token, secret);
    if (!admitted) throw nothing();
    const mobile = readMobile(callerIn(fieldsOf(request)));
    if (!mobile) return { status: 'ignored' };
    const contact = this.casework.parts.contactId(mobile);
    const call = `missed-call/${contact}`;
    if (!(await this.once.claim(call, ONE_MESSAGE_WITHIN_MS))) return { status: 'taken' };
    try {
      await this.calls.answer(mobile);
    } catch (error) {
      // The provider may call again, and the next call may have more luck.
      await this.once.release(call);
      throw error;
    }
    return { status: 'taken' };
  }
}

function nothing(): CaseworkProblem {
  return CaseworkProblem.notFound('There is nothing at this address.');
}
