import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readMobile } from '#libs/casework/mobile';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Settings } from '#libs/config/settings';
import type { SessionView } from '#libs/contracts/api/views';
import { localeOf } from '../http/locale.js';
import { Caller, fromLoopback } from '../http/request.js';
import { OwnIdempotency } from '../idempotency/idempotency.interceptor.js';
import { SETTINGS } from '../platform/tokens.js';
import { LoginDto, OtpRequestDto, OtpVerifyDto, PasswordChangeDto, StaffTokenDto, TokenDto } from './auth.dto.js';
import { LoginService } from './login.service.js';
import { OtpService } from './otp.service.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { Public } from './session.guard.js';
import { SessionsService } from './sessions.service.js';
import { StaffDirectory } from './staff-directory.service.js';

@ApiTags('auth')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly otp: OtpService,
    private readonly logins: LoginService,
    private readonly sessions: SessionsService,
    private readonly staff: StaffDirectory,
  ) {}

  /** Sends a one-time code to a mobile number. */
  @Public()
  @Post('otp')
  @HttpCode(202)
  async sendCode(@Body() body: OtpRequestDto, @Req() request: FastifyRequest): Promise<void> {
    const locale = body.locale ?? localeOf(request.headers['accept-language']);
    await this.otp.send(mobileOf(body.mobile), locale, !(this.settings.demo && fromLoopback(request)));
  }

  /** Logs a citizen in with the code they were sent. */
  @Public()
  @Post('otp/verify')
  @HttpCode(200)
  async verifyCode(
    @Body() body: OtpVerifyDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenDto> {
    const locale = localeOf(request.headers['accept-language']);
    const { token, expiresAt } = await this.otp.verify(mobileOf(body.mobile), body.code.trim(), locale);
    setSessionCookie(reply, token, expiresAt, this.secure);
    return { token, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Logs a member of staff in. */
  @Public()
  @OwnIdempotency()
  @Post('login')
  @HttpCode(200)
  async login(@Body() body: LoginDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<StaffTokenDto> {
    const { token, expiresAt, mustChange } = await this.logins.login(body.username, body.password);
    setSessionCookie(reply, token, expiresAt, this.secure);
    return { token, expiresAt: new Date(expiresAt).toISOString(), mustChange };
  }

  /** Ends the session: its token is worth nothing from now on. */
  @OwnIdempotency()
  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (request.sessionId !== undefined) await this.sessions.revoke(request.sessionId);
    clearSessionCookie(reply);
  }

  /** Replaces the caller's own password; their other sessions end. */
  @Post('password')
  @HttpCode(204)
  async changePassword(
    @Caller() principal: Principal,
    @Body() body: PasswordChangeDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    if (principal.username === undefined) throw CaseworkProblem.forbidden('Citizens log in by a code.');
    await this.logins.changePassword(principal.username, body.current, body.next);
    await this.sessions.revokeAllOf(principal.id, request.sessionId);
  }

  /** Who the caller is, with the posts they act for now; `mustChange`: nothing else is open before a new password. */
  @Get('me')
  async me(@Caller() principal: Principal): Promise<SessionView> {
    const { kind, tenant, roles, username, name, mobile, locale } = principal;
    const posts = principal.username ? await this.staff.posts(principal) : [];
    const mustChange = username !== undefined && (await this.staff.mustChange(username));
    return {
      ...{ kind, tenant, roles, posts, mustChange },
      ...(username === undefined ? {} : { username }),
      ...(name === undefined ? {} : { name }),
      ...(mobile === undefined ? {} : { mobile }),
      ...(locale === undefined ? {} : { locale }),
    };
  }

  private get secure(): boolean {
    return this.settings.publicUrl.startsWith('https:');
  }
}

function mobileOf(text: string): string {
  const mobile = readMobile(text);
  if (mobile) return mobile;
  throw CaseworkProblem.invalid([
    { field: 'mobile', problem: 'invalid_mobile', expected: 'a mobile number, Indian unless it names its country' },
  ]);
}
