import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiPropertyOptional, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import type { Simulation } from '#libs/contracts/api/masters';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';

export class SimulateDto {
  @ApiProperty() subCategory: string;
  @ApiPropertyOptional() ward?: string;
  @ApiPropertyOptional() lat?: number;
  @ApiPropertyOptional() lon?: number;
  @ApiPropertyOptional({ format: 'date-time' }) at?: string;
  @ApiPropertyOptional() tenant?: string;
}

@ApiTags('masters')
@Controller('api/v1/simulate')
export class SimulateController {
  constructor(private readonly casework: Casework) {}

  /** Who would get such a complaint, when it would be due, and who would be next. */
  @Post()
  @HttpCode(200)
  @ApiBody({ type: SimulateDto })
  simulate(@Caller() principal: Principal, @Body() body: unknown): Promise<Simulation> {
    return this.casework.simulate(principal, jsonObject(body));
  }
}
