import { Inject, Injectable } from '@nestjs/common';
import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { MoreThan } from 'typeorm';
import { Casework } from '#libs/casework/casework';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Senders } from '#libs/channels/senders';
import type { Keys } from '#libs/config/keys';
import type { Locale } from '#libs/domain/case/names';
import { identityOf } from '#libs/persistence/contact-aliases';
import { OtpEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { KEYS, SENDERS } from '../platform/tokens.js';
import { otpMessage } from './otp-message.js';
import { SessionsService } from './sessions.service.js';
import { TokensService } from './tokens.service.js';

const CODE_LIVES_MS = 5 * 60_000;
const GUESSES = 5;
const SENDS_PER_WINDOW = 5;
const WINDOW_MS = 15 * 60_000;
/** Citizens come back seldom; asking for a code each time would keep them away. */
const SESSION_MS = 30 * 24 * 3_600_000;

/** Citizens prove their mobile number by a code sent to it. */
@Injectable()
export class OtpService {
  constructor(
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(SENDERS) private readonly senders: Senders,
    private readonly unitOfWork: UnitOfWork,
    private readonly tokens: TokensService,
    private readonly sessions: SessionsService,
    private readonly casework: Casework,
  ) {}

  /** @param limited false for callers who are exempt from the limit of codes sent */
  async send(mobile: string, locale: Locale, limited: boolean): Promise<void> {
    const contact = this.casework.parts.contactId(mobile);
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
    const now = Date.now();
    await this.unitOfWork.run(async (em) => {
      const before = await em.findOneBy(OtpEntity, { contact });
      const sameWindow = before !== null && now - before.windowStart < WINDOW_MS;
      const sends = sameWindow ? before.sends + 1 : 1;
      const windowStart = sameWindow ? before.windowStart : now;
      if (limited && sends > SENDS_PER_WINDOW) throw tooMany(windowStart + WINDOW_MS - now);
      const codeHash = this.hashOf(contact, code);
      await em.save(OtpEntity, {
        contact,
        codeHash,
        createdAt: now,
        expiresAt: now + CODE_LIVES_MS,
        attempts: 0,
        sends,
        windowStart,
      });
    });
    const tenant = await this.casework.parts.masters.citizensTenant();
    const masters = tenant === '' ? null : await this.casework.parts.masters.tenant(tenant);
    const words = { id: `otp/${randomUUID()}`, mobile, code, locale, minutes: CODE_LIVES_MS / 60_000 };
    const result = await this.senders.sms.send(otpMessage({ ...words, tenant }, masters?.snapshot.registrations));
    if (result.outcome !== 'sent') {
      // A gateway that fails must not use up what its citizens may ask for.
      await this.unitOfWork.run((em) => em.decrement(OtpEntity, { contact, sends: MoreThan(0) }, 'sends', 1));
      throw new CaseworkProblem({
        status: 503,
        code: 'message_not_sent',
        detail: 'The code could not be sent. Try again in a minute.',
        retryAfterSeconds: 60,
      });
    }
  }

  async verify(mobile: string, code: string, locale: Locale): Promise<{ token: string; expiresAt: number }> {
    const contact = this.casework.parts.contactId(mobile);
    const now = Date.now();
    const given = Buffer.from(this.hashOf(contact, code), 'hex');
    const right = await this.unitOfWork.run(async (em) => {
      const otp = await em.findOneBy(OtpEntity, { contact });
      if (!otp || otp.expiresAt <= now || otp.attempts >= GUESSES) return false;
      if (!timingSafeEqual(given, Buffer.from(otp.codeHash, 'hex'))) {
        await em.increment(OtpEntity, { contact }, 'attempts', 1);
        return false;
      }
      // A code is good for one login; the count of codes sent stays.
      await em.update(OtpEntity, { contact }, { expiresAt: now });
      return true;
    });
    if (!right) {
      throw new CaseworkProblem({ status: 401, code: 'wrong_code', detail: 'The code is wrong or no longer valid.' });
    }
    const tenant = await this.casework.parts.masters.citizensTenant();
    const id = await identityOf(this.casework.parts.read.manager, contact);
    await this.casework.parts.citizens.ensure({ id, tenant, mobile, locale }, now);
    const session = await this.tokens.issue({ subject: `citizen:${id}`, kind: 'citizen', tenant }, SESSION_MS);
    await this.sessions.begin(session);
    return { token: session.token, expiresAt: session.expiresAt };
  }

  private hashOf(contact: string, code: string): string {
    return createHmac('sha256', this.keys.otp).update(`${contact}/${code}`).digest('hex');
  }
}

function tooMany(forMs: number): CaseworkProblem {
  return new CaseworkProblem({
    status: 429,
    code: 'too_many_requests',
    detail: 'Too many codes were asked for this number. Wait before asking for the next one.',
    retryAfterSeconds: Math.ceil(forMs / 1000),
  });
}
