import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { cityOf } from '#libs/casework/nearby';
import { hasRole, MAY_EXPORT } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { TemplateView } from '#libs/contracts/api/operation';
import { previews } from '#libs/templates/registry';
import { Caller } from '../http/request.js';

@ApiTags('masters')
@Controller('api/v1/templates')
export class TemplatesController {
  constructor(private readonly casework: Casework) {}

  /** Every message in every wording and language as its reader gets it, filled with an example. */
  @Get()
  @ApiQuery({ name: 'tenant', required: false })
  async list(
    @Caller() principal: Principal,
    @Query('tenant') wished?: string,
  ): Promise<{ items: TemplateView[]; next: null }> {
    if (!hasRole(principal, MAY_EXPORT)) throw CaseworkProblem.forbidden();
    const reader = new FieldReader({});
    const city = await cityOf(this.casework.parts, principal, wished, reader);
    if (!city) throw CaseworkProblem.invalid(reader.problems);
    const { registrations } = city.snapshot;
    const own = new Set(Object.values(registrations.dltIds));
    const items = previews(registrations).map((preview) => {
      const { id, variant, locale, text, registered, encoding, segments, dltTemplateId, header } = preview;
      return {
        ...{ template: id, variant, locale, text, registered, encoding, segments, dltTemplateId, header },
        ownId: own.has(dltTemplateId),
        whatsappTemplate: preview.whatsappTemplate.name,
      };
    });
    return { items, next: null };
  }
}
