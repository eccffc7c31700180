import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CALL_OUTCOMES, type CallOutcome } from '#libs/contracts/api/insight';

export class CallOutcomeDto {
  @ApiProperty({ enum: CALL_OUTCOMES }) outcome: CallOutcome;
  @ApiPropertyOptional({ maxLength: 1000 }) note?: string;
}
