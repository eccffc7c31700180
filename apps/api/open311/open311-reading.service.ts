import { Injectable } from '@nestjs/common';
import { Casework } from '#libs/casework/casework';
import type { PublicCase } from '#libs/casework/public-record';
import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { Document, JsonValue } from '#libs/channels/open311/document';
import type { Parameters } from '#libs/channels/open311/parameters';
import { Open311Problem } from '#libs/channels/open311/problem';
import { requestEntry, updateEntry } from './request-entries.js';
import type { KeyHolder } from '../api-keys/api-keys.service.js';

const DAY_MS = 86_400_000;
/** Longest span and most entries of one answer, by the standard. */
const MOST_DAYS = 90;
const MOST = 1000;

/** What anybody may read, as the protocol tells it. */
@Injectable()
export class Open311Reading {
  constructor(private readonly casework: Casework) {}

  async request(masters: TenantMasters, number: string, partner: KeyHolder | null): Promise<Document> {
    const found = await this.casework.publicRecord.find(masters, number, partner?.id);
    if (!found) throw Open311Problem.unknown('service_request_id');
    return requests([found], masters);
  }

  async requests(masters: TenantMasters, parameters: Parameters, partner: KeyHolder | null): Promise<Document> {
    const open = statusOf(parameters);
    const numbers = parameters.list('service_request_id');
    // Ids override every other parameter.
    if (numbers) return requests(await this.named(masters, numbers, partner), masters);
    const { from, to } = spanOf(parameters, MOST_DAYS);
    const subCategories = parameters.list('service_code')?.map((code) => code.toUpperCase());
    const limit = parameters.whole('page_size', 1, MOST) ?? MOST;
    const page = parameters.whole('page', 1, 1_000_000) ?? 1;
    const found = await this.casework.publicRecord.list(
      masters,
      {
        from,
        to,
        limit,
        skip: (page - 1) * limit,
        ...(subCategories ? { subCategories } : {}),
        ...(open === undefined ? {} : { open }),
      },
      partner?.id,
    );
    return requests(found, masters);
  }

  async updates(masters: TenantMasters, parameters: Parameters, partner: KeyHolder): Promise<Document> {
    const { from, to } = spanOf(parameters, 1);
    const events = await this.casework.publicRecord.events(masters, { from, to, limit: MOST }, partner.id);
    const value = events
      .map((event) => updateEntry(event, masters))
      .filter((entry): entry is JsonValue => entry !== null);
    return { root: 'service_request_updates', value };
  }

  private async named(
    masters: TenantMasters,
    numbers: readonly string[],
    partner: KeyHolder | null,
  ): Promise<PublicCase[]> {
    if (numbers.length > MOST) throw Open311Problem.wrong('service_request_id', `at most ${MOST} ids`);
    const found: PublicCase[] = [];
    for (const number of numbers) {
      const each = await this.casework.publicRecord.find(masters, number, partner?.id);
      if (each) found.push(each);
    }
    return found;
  }
}

function requests(found: readonly PublicCase[], masters: TenantMasters): Document {
  return { root: 'service_requests', value: found.map((each) => requestEntry(each, masters)) };
}

/** undefined: both. */
function statusOf(parameters: Parameters): boolean | undefined {
  const wished = new Set(parameters.list('status'));
  for (const status of wished) {
    if (status !== 'open' && status !== 'closed') throw Open311Problem.wrong('status', 'open or closed');
  }
  return wished.size === 1 ? wished.has('open') : undefined;
}

/** One bound gives the other; neither means the time up to now. */
function spanOf(parameters: Parameters, usualDays: number): { from: number; to: number } {
  const start = parameters.time('start_date');
  const end = parameters.time('end_date');
  const longest = MOST_DAYS * DAY_MS;
  if (start !== undefined && end !== undefined) {
    if (end < start) throw Open311Problem.wrong('end_date', 'a time after start_date');
    if (end - start > longest) throw Open311Problem.wrong('end_date', `a span of at most ${MOST_DAYS} days`);
    return { from: start, to: end };
  }
  if (start !== undefined) return { from: start, to: Math.min(Date.now(), start + longest) };
  const to = end ?? Date.now();
  return { from: to - usualDays * DAY_MS, to };
}
