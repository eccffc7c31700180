import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { Parameters } from '#libs/channels/open311/parameters';
import { Open311Problem } from '#libs/channels/open311/problem';
import { fetchMedia, MediaRefused } from '#libs/channels/open311/remote-media';
import { LOCALES } from '#libs/domain/case/names';
import type { SubCategoryInfo } from '#libs/masters/snapshot';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { attributesOf, LANGUAGE_ATTRIBUTE, publicService, WARD_ATTRIBUTE } from './service-list.js';

const MOST_DESCRIPTION = 4000;

/** Takes in what another system reports. */
@Injectable()
export class Open311Filing {
  constructor(
    private readonly casework: Casework,
    private readonly attachments: AttachmentsService,
  ) {}

  /** @returns the number of the case */
  async report(
    principal: Principal,
    masters: TenantMasters,
    parameters: Parameters,
    key: string | undefined,
  ): Promise<string> {
    const body = registrationBody(masters, parameters);
    const media = parameters.text('media_url');
    const picture = media === undefined ? [] : [await this.pictureFrom(principal, media, key)];
    const view = await this.casework.register(principal, { ...body, attachments: picture }, key);
    return view.number;
  }

  /** A report that is repeated under its key names the same picture, or it would be another report. */
  private async pictureFrom(principal: Principal, address: string, key: string | undefined): Promise<string> {
    const known = key === undefined ? undefined : pictureId(principal.id, key, address);
    const { manager } = this.casework.parts.read;
    if (known !== undefined && (await manager.existsBy(AttachmentEntity, { id: known }))) return known;
    try {
      const { id } = await this.attachments.take(principal, await fetchMedia(address), known);
      return id;
    } catch (error) {
      if (!(error instanceof MediaRefused)) throw error;
      throw new Open311Problem(400, [`media_url was not fetched: ${error.message}.`]);
    }
  }
}

function pictureId(...parts: string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** @throws Open311Problem for what is missing or not valid */
export function registrationBody(masters: TenantMasters, parameters: Parameters): Record<string, unknown> {
  const service = publicService(masters, parameters.required('service_code'));
  const attributes = checkedAttributes(masters, service, parameters);
  const lat = parameters.number('lat', -90, 90);
  const lon = parameters.number('long', -180, 180);
  if ((lat === undefined) !== (lon === undefined)) throw Open311Problem.missing(lat === undefined ? 'lat' : 'long');
  const address = parameters.text('address_string');
  const addressId = parameters.text('address_id');
  if (lat === undefined && address === undefined && addressId === undefined) {
    throw new Open311Problem(400, ['A place was not provided: lat and long, address_string or address_id.']);
  }
  const point = lat !== undefined && lon !== undefined ? { lat, lon } : null;
  const ward = attributes.get(WARD_ATTRIBUTE)?.[0] ?? addressId;
  if (ward === undefined && !(point && masters.wardAt(point.lat, point.lon))) {
    throw new Open311Problem(400, [`attribute[${WARD_ATTRIBUTE}] was not provided, and the place lies in no ward.`]);
  }
  const description = parameters.text('description') ?? service.names.en;
  if ([...description].length > MOST_DESCRIPTION) {
    throw Open311Problem.wrong('description', `at most ${MOST_DESCRIPTION} characters`);
  }
  return {
    tenant: masters.tenant.code,
    source: 'open311',
    subCategory: service.code,
    description,
    citizen: reporter(parameters),
    locale: attributes.get(LANGUAGE_ATTRIBUTE)?.[0] ?? defaultLocale(masters),
    answers: answersIn(service, attributes),
    ...(point ?? {}),
    ...(ward === undefined ? {} : { ward }),
    ...(address === undefined ? {} : { landmark: address }),
  };
}

/** What was answered to the questions of the category; the other attributes say something of their own. */
function answersIn({ questions }: SubCategoryInfo, attributes: ReadonlyMap<string, string[]>): Record<string, string> {
  const answers = questions.map(({ code }) => [code, attributes.get(code)?.[0]] as const);
  return Object.fromEntries(answers.filter((answer): answer is [string, string] => answer[1] !== undefined));
}

function checkedAttributes(
  masters: TenantMasters,
  service: SubCategoryInfo,
  parameters: Parameters,
): Map<string, string[]> {
  const given = parameters.attributes();
  const known = attributesOf(masters, service, 'en');
  for (const [code, values] of given) {
    const attribute = known.find((each) => each.code === code);
    if (!attribute) throw Open311Problem.wrong(`attribute[${code}]`, known.map((each) => each.code).join(' or '));
    if (values.length > 1 && attribute.datatype !== 'multivaluelist') {
      throw Open311Problem.wrong(`attribute[${code}]`, 'one value');
    }
    if (attribute.datatype === 'number' && !values.every((value) => Number.isFinite(Number(value))))
      throw Open311Problem.wrong(`attribute[${code}]`, 'a number');
    const unknown = values.find((value) => attribute.values?.every(({ key }) => key !== value));
    if (unknown !== undefined) throw Open311Problem.wrong(`attribute[${code}]`, 'one of the values of its definition');
  }
  return given;
}

function reporter(parameters: Parameters): Record<string, string> {
  const name = [parameters.text('first_name'), parameters.text('last_name')].filter(Boolean).join(' ');
  const mobile = parameters.text('phone');
  const email = parameters.text('email');
  return {
    ...(name === '' ? {} : { name }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(email === undefined ? {} : { email }),
  };
}

function defaultLocale(masters: TenantMasters): string {
  return LOCALES.find((locale) => locale === masters.tenant.settings['defaultLocale']) ?? 'en';
}
