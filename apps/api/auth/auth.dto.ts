import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { LOCALES, type Locale } from '#libs/domain/case/names';

export class OtpRequestDto {
  /** Mobile number; Indian unless it names its country. */
  @IsString({ context: { expected: 'a mobile number' } })
  mobile: string;

  /** Language of the message. */
  @IsOptional()
  @IsIn(LOCALES, { context: { expected: 'one of bn, hi, en' } })
  locale?: Locale;
}

export class OtpVerifyDto {
  @IsString({ context: { expected: 'a mobile number' } })
  mobile: string;

  /** The six digits that were sent. */
  @IsString({ context: { expected: 'the six digits that were sent' } })
  @Matches(/^\s*\d{6}\s*$/, { context: { expected: 'the six digits that were sent' } })
  code: string;
}

export class LoginDto {
  @IsString({ context: { expected: 'a user name' } })
  @Length(1, 80, { context: { expected: 'a user name of 1 to 80 characters' } })
  username: string;

  @IsString({ context: { expected: 'a password' } })
  @Length(1, 200, { context: { expected: 'a password of 1 to 200 characters' } })
  password: string;
}

export class PasswordChangeDto {
  @IsString({ context: { expected: 'the present password' } })
  @Length(1, 200, { context: { expected: 'the present password' } })
  current: string;

  @IsString({ context: { expected: 'a password of 10 to 200 characters' } })
  @Length(10, 200, { context: { expected: 'a password of 10 to 200 characters' } })
  next: string;
}

export class TokenDto {
  /** To be sent as `Authorization: Bearer …`. */
  token: string;

  /** ISO 8601. */
  expiresAt: string;
}

export class StaffTokenDto extends TokenDto {
  /** The password has to be changed first. */
  mustChange: boolean;
}
