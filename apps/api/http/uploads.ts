import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { CaseworkProblem } from '#libs/casework/problem';
import { malformed, wholeUpload } from './content-types.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What of the upload has been read so far; there is one only where somebody will ask for it. */
    uploadHash?: Hash;
  }
}

export interface Upload {
  chunks: AsyncGenerator<Uint8Array>;
  /** As a form names it; empty for a body that is the file itself. */
  filename: string;
  mimetype: string;
}

/** The file of a request, in the form field "file" or as the body itself; null: there is none. */
export async function uploadOf(request: FastifyRequest, mostBytes?: number): Promise<Upload | null> {
  if (request.isMultipart()) {
    // A form whose sender has gone never begins, and so never ends: whoever read it would wait for ever.
    if (request.raw.destroyed) throw malformed('The form was cut off before it was read.');
    const limits = mostBytes === undefined ? {} : { limits: { fileSize: mostBytes } };
    const file = await request.file(limits).catch((error: unknown) => unreadable(error));
    return file
      ? { chunks: hashed(request, wholeUpload(file)), filename: file.filename, mimetype: file.mimetype }
      : null;
  }
  if (!(request.body instanceof Readable)) return null;
  return { chunks: hashed(request, request.body as AsyncIterable<Uint8Array>), filename: '', mimetype: 'text/csv' };
}

/** What the parser of forms throws of a broken one is a plain error; all others know their status. */
function unreadable(error: unknown): never {
  const known = error instanceof CaseworkProblem || (error instanceof Error && 'statusCode' in error);
  throw known ? error : malformed('The form cannot be read: it is cut off or has no boundary.');
}

/** Hash of the whole upload. What the route has left unread is read here. */
export async function uploadDigest(request: FastifyRequest, unread: boolean): Promise<string> {
  const hash = (request.uploadHash ??= createHash('sha256'));
  if (unread) {
    const upload = await uploadOf(request, Number.MAX_SAFE_INTEGER);
    if (upload) for await (const _chunk of upload.chunks);
  }
  return hash.copy().digest('hex');
}

async function* hashed(request: FastifyRequest, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      request.uploadHash?.update(chunk);
      yield chunk;
    }
  } catch (error) {
    unreadable(error);
  }
}
