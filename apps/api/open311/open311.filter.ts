import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { FORMATS, write, type Format } from '#libs/channels/open311/document';
import { Open311Problem } from '#libs/channels/open311/problem';
import { problemOf } from '../http/problem-details.js';
import { LOG } from '../platform/tokens.js';

/** Fields of a registration as the protocol calls them. */
const NAMES: Readonly<Record<string, string>> = {
  subCategory: 'service_code',
  lat: 'lat',
  lon: 'long',
  ward: 'attribute[WARD]',
  landmark: 'address_string',
  locale: 'attribute[LANGUAGE]',
  'citizen.mobile': 'phone',
  'citizen.email': 'email',
  'citizen.name': 'first_name',
  file: 'media_url',
  number: 'service_request_id',
  text: 'description',
};

/** XML unless JSON was asked for: XML is the format every client knows. */
export function formatOf(url: string): Format {
  return /\.json$/i.test(url.split('?')[0] ?? '') ? 'json' : 'xml';
}

/** Tells refusals as the protocol does, in the format of the request. */
@Catch()
export class Open311Filter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const format = formatOf(request.url);
    const problem = error instanceof Open311Problem ? error : this.translated(error, request);
    if (problem.status === 503) void reply.header('Retry-After', '5');
    void reply.code(problem.status).type(FORMATS[format]).send(write(problem.document(), format));
  }

  private translated(error: unknown, request: FastifyRequest): Open311Problem {
    const details = problemOf(error);
    if (!details) {
      this.log.error({ err: error, request: request.id, route: request.routeOptions.url }, 'request failed');
      return new Open311Problem(500, ['Something went wrong here; it has been noted.']);
    }
    const { status, detail, errors = [] } = details;
    const said = errors.map(
      (each) => `${NAMES[each.field] ?? each.field}: ${each.problem}, expected ${each.expected}.`,
    );
    const descriptions = said.length > 0 ? said : [detail];
    if (status === 401 || status === 403) return new Open311Problem(403, descriptions);
    if (status === 404 || status === 405 || status === 413 || status === 503) {
      return new Open311Problem(status, descriptions);
    }
    return new Open311Problem(status === 415 && errors.length === 0 ? 415 : 400, descriptions);
  }
}
