import { Injectable } from '@nestjs/common';
import { Casework } from '#libs/casework/casework';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { Parameters } from '#libs/channels/open311/parameters';
import { Open311Problem } from '#libs/channels/open311/problem';
import { parseNumber } from '#libs/domain/numbers/index';
import type { KeyHolder } from '../api-keys/api-keys.service.js';

/** A jurisdiction is a city; its id is the city's code. */
@Injectable()
export class Jurisdictions {
  constructor(private readonly casework: Casework) {}

  /**
   * The city a request speaks of: the one it names, the one of its key, the one whose number it asks for, or the only
   * one there is.
   */
  async of(parameters: Parameters, partner: KeyHolder | null, number = ''): Promise<TenantMasters> {
    const { masters } = this.casework.parts;
    const cities = (await masters.service.tenants()).filter((tenant) => tenant.kind === 'ulb').map(({ code }) => code);
    const wished = parameters.text('jurisdiction_id')?.toUpperCase();
    if (wished !== undefined && !cities.includes(wished)) throw Open311Problem.unknown('jurisdiction_id');
    const own = partner && cities.includes(partner.tenant) ? partner.tenant : undefined;
    const parsed = parseNumber(number);
    const named = parsed.ok ? (await masters.byPrefix(parsed.prefix))?.tenant.code : undefined;
    const code = wished ?? own ?? named ?? (cities.length === 1 ? cities[0] : undefined);
    if (code === undefined) throw Open311Problem.missing('jurisdiction_id');
    const city = await masters.tenant(code);
    if (!city) throw Open311Problem.unknown('jurisdiction_id');
    return city;
  }
}
