import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeys } from '../api-keys/api-keys.service.js';
import { AuthController } from './auth.controller.js';
import { LoginService } from './login.service.js';
import { OtpService } from './otp.service.js';
import { SessionGuard } from './session.guard.js';
import { SessionsService } from './sessions.service.js';
import { StaffDirectory } from './staff-directory.service.js';
import { TokensService } from './tokens.service.js';

@Global()
@Module({
  controllers: [AuthController],
  providers: [
    ApiKeys,
    TokensService,
    SessionsService,
    StaffDirectory,
    LoginService,
    OtpService,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [ApiKeys, StaffDirectory, SessionsService],
})
export class AuthModule {}
