import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LOCALES, SOURCES, type Locale, type Source } from '#libs/domain/case/names';

/** The citizen a member of staff lodges for. */
export class CitizenDto {
  @ApiPropertyOptional() mobile?: string;
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional() email?: string;
  @ApiPropertyOptional() externalId?: string;
}

/** Documents the body; casework checks it, because every entrance lodges by the same rules. */
export class RegistrationDto {
  @ApiPropertyOptional({ description: 'Code of the city; needed where there are several.' }) tenant?: string;
  @ApiPropertyOptional({ enum: ['grievance'] }) type?: string;
  @ApiProperty({ description: 'Code of the sub-category.', example: 'WATER_LEAK' }) subCategory: string;
  @ApiPropertyOptional({ description: 'Number of the ward; else it is found by lat and lon.', example: '92' })
  ward?: string;
  @ApiPropertyOptional() lat?: number;
  @ApiPropertyOptional() lon?: number;
  @ApiPropertyOptional({ maxLength: 500 }) landmark?: string;
  @ApiProperty({ minLength: 1, maxLength: 4000 }) description: string;
  @ApiPropertyOptional({ enum: LOCALES }) locale?: Locale;
  @ApiPropertyOptional({ enum: SOURCES, description: 'Staff only; else it follows from the credential.' })
  source?: Source;
  @ApiPropertyOptional({ type: CitizenDto, description: 'Staff only: whom the case is lodged for.' })
  citizen?: CitizenDto;
  @ApiPropertyOptional({ type: [String], maxItems: 10 }) attachments?: string[];
}

/** Which fields a command takes is described with the rules; unknown ones are ignored. */
export class CommandDto {
  @ApiPropertyOptional() position?: string;
  @ApiPropertyOptional() reason?: string;
  @ApiPropertyOptional() department?: string;
  @ApiPropertyOptional() subCategory?: string;
  @ApiPropertyOptional() ward?: string;
  @ApiPropertyOptional() remarks?: string;
  @ApiPropertyOptional({ type: [String] }) attachments?: string[];
  @ApiPropertyOptional() lat?: number;
  @ApiPropertyOptional() lon?: number;
  @ApiPropertyOptional() instruction?: string;
  @ApiPropertyOptional() question?: string;
  @ApiPropertyOptional() text?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 5 }) rating?: number;
  @ApiPropertyOptional() reasonCode?: string;
  @ApiPropertyOptional() of?: string;
  @ApiPropertyOptional() public?: boolean;
  @ApiPropertyOptional({ format: 'date-time' }) dueAt?: string;
  @ApiPropertyOptional({ type: CitizenDto, description: 'Staff only, with follow and unfollow.' }) citizen?: CitizenDto;
}
