import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtFolder } from './built-files.js';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
};

type Server = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** The desk's files under `/staff`. Addresses within the desk are made in the browser: all of them get its page. */
export function serveDesk(server: Server): void {
  const root = builtFolder('desk');
  server.get('/staff', (_request, reply) => reply.redirect('/staff/', 308));
  server.get('/staff/*', async (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
    const path = request.params['*'];
    if (/^[\w-]+(\/[\w.-]+)*\.\w+$/.test(path) && !path.includes('..')) return sendFile(reply, root, path);
    return sendFile(reply, root, path.startsWith('assets/') ? '' : 'index.html');
  });
}

async function sendFile(reply: FastifyReply, root: string, path: string): Promise<unknown> {
  const type = TYPES[path.split('.').pop() ?? ''];
  const bytes = type ? await readFile(join(root, path)).catch(() => null) : null;
  if (!bytes || !type) return reply.callNotFound();
  // Names of files change with their content, that of the page does not.
  const cache = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.type(type).header('Cache-Control', cache).send(bytes);
}
