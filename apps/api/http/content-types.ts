import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { CaseworkProblem } from '#libs/casework/problem';

/** Bytes of a JSON body: far above 4,000 characters in any script. */
export const JSON_LIMIT = 256 * 1024;
const CSV_LIMIT = 256 * 1024 * 1024;

/** Routes that take files. */
const UPLOADS = /^\/api\/v1\/(attachments|import\/[^/]+)$/;
const IMPORT = /^\/api\/v1\/import\/[^/]+$/;

/** JSON everywhere, files and forms where they belong, nothing else. */
export function acceptBodies(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain']);
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Commands without fields are sent by some clients as an empty body under that type.
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string));
  });
  // Handed on as it comes, so that a large import never stands in memory as a whole.
  server.addContentTypeParser('text/csv', { bodyLimit: CSV_LIMIT }, (_request, payload, done) => done(null, payload));
  server.addHook('preValidation', async (request) => {
    const type = request.headers['content-type'] ?? '';
    const path = request.url.split('?')[0] ?? '';
    // Pages take the forms that browsers send; the API takes none, as a form needs nobody's leave to be sent.
    if (!/^\/(api|open311|webhooks)\//.test(path)) return;
    const misplaced =
      (type.startsWith('multipart/') && !UPLOADS.test(path)) ||
      (type.startsWith('text/csv') && !IMPORT.test(path)) ||
      (type.startsWith('application/x-www-form-urlencoded') && path.startsWith('/api/'));
    if (misplaced) throw unsupported('Send this as application/json.');
  });
}

export function unsupported(detail: string): CaseworkProblem {
  return new CaseworkProblem({ status: 415, code: 'unsupported_media_type', detail });
}

export function malformed(detail: string): CaseworkProblem {
  return new CaseworkProblem({ status: 400, code: 'malformed', detail });
}

export function tooLarge(detail: string): CaseworkProblem {
  return new CaseworkProblem({ status: 413, code: 'too_large', detail });
}

/** An upload to its end; one that was cut off at the limit is refused instead of being taken for whole. */
export async function* wholeUpload(upload: MultipartFile): AsyncGenerator<Uint8Array> {
  for await (const chunk of upload.file) yield chunk as Uint8Array;
  if (upload.file.truncated) throw tooLarge('The file is larger than allowed here.');
}
