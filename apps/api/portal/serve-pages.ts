import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Casework } from '#libs/casework/casework';
import { keyHash } from '#libs/casework/canonical';
import { MediaStore } from '#libs/casework/media-store';
import type { Principal } from '#libs/casework/principal';
import type { Portal, PortalDeps } from '#libs/contracts/api/portal';
import { parseNumber } from '#libs/domain/numbers/index';
import { MastersService } from '#libs/masters/index';
import { IdempotencyEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { AttachmentsService } from '../attachments/attachments.service.js';
import type { Platform } from '../platform/tokens.js';
import { builtFolder } from './built-files.js';
import { DraftPhotos } from './draft-photos.js';
import { inProcess } from './in-process.js';
import { serveDesk } from './serve-desk.js';
import { PortalMasters } from './portal-masters.js';
import { RatingLinks } from './rating-links.js';

/** Five photos of 10 MB and the words around them. */
const FORM_LIMIT = 52 * 1024 * 1024;

/** Paths that belong to others; what they do not have is answered by them. */
const OTHERS = /^\/(api|open311|webhooks|docs|staff|simulator|healthz|readyz|metrics|openapi\.json)(\/|$)/;

type Server = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** The pages: the desk under `/staff`, the citizen portal on every path that nobody else has. */
export function servePages(app: NestFastifyApplication, platform: Platform): void {
  const server = app.getHttpAdapter().getInstance();
  serveDesk(server);
  servePortal(app, server, platform);
}

function servePortal(app: NestFastifyApplication, server: Server, platform: Platform): void {
  const folder = builtFolder('citizen');
  const portal = loadPortal(folder, dependencies(app, platform, folder));
  // A missing build is told by each request; it must not end the API.
  portal.catch((error: unknown) => platform.log.error({ err: error }, 'the citizen portal cannot be served'));
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FORM_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error, request, reply) => {
      const tooLarge = (error as { statusCode?: number }).statusCode === 413;
      if (!tooLarge) throw error;
      return answer(await portal, request, reply, tooLarge);
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/*',
      handler: async (request, reply) => {
        if (OTHERS.test(request.url.split('?')[0] ?? '')) return reply.callNotFound();
        return answer(await portal, request, reply);
      },
    });
  });
}

async function answer(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  tooLarge = false,
): Promise<unknown> {
  const response = await portal.handle({
    method: request.method,
    url: request.url,
    headers: request.headers as Record<string, string | undefined>,
    body: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array(),
    ...(tooLarge ? { tooLarge } : {}),
    from: request.ip,
  });
  void reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') void reply.header(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) void reply.header('set-cookie', cookies);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}

async function loadPortal(folder: string, deps: PortalDeps): Promise<Portal> {
  const bundle = (await import(pathToFileURL(join(folder, 'server.js')).href)) as {
    createPortal(deps: PortalDeps): Promise<Portal>;
  };
  return bundle.createPortal(deps);
}

function dependencies(app: NestFastifyApplication, platform: Platform, folder: string): PortalDeps {
  const { settings, log, dataSources, keys } = platform;
  const casework = app.get(Casework, { strict: false });
  const masters = new PortalMasters(app.get(MastersService, { strict: false }));
  const photos = new DraftPhotos(
    app.get(AttachmentsService, { strict: false }),
    app.get(UnitOfWork, { strict: false }),
    casework,
    app.get(MediaStore, { strict: false }),
  );
  sweepEachHour(app, photos, platform);
  return {
    fetch: (path, init, from) => inProcess(app.getHttpServer(), path, init, from),
    secret: new Uint8Array(hkdfSync('sha256', settings.secretKey, 'pratikar', 'portal', 32)),
    publicUrl: settings.publicUrl,
    assets: join(folder, 'browser'),
    demo: settings.demo,
    cities: () => masters.cities(),
    speech: () => masters.speech(),
    wardShapes: (city) => masters.wardShapes(city),
    wardAt: async (city, lat, lon) => (await casework.parts.masters.tenant(city))?.wardAt(lat, lon)?.code ?? null,
    nearby: async (city, category, lat, lon) =>
      casework.nearby(await anybody(casework), { tenant: city, subCategory: category, lat, lon }),
    readNumber: (text) => parseNumber(text),
    photos: photos.port,
    ratingLinks: new RatingLinks(casework, dataSources.read, keys.link).port,
    lodgedUnder: async (mobile, key) => {
      const hash = keyHash(`citizen:${casework.parts.contactId(mobile)}`, key);
      return (await dataSources.read.manager.findOneBy(IdempotencyEntity, { key: hash }))?.number ?? null;
    },
    report: (error, path) => log.error({ err: error, path }, 'a page of the portal failed'),
  };
}

/** Somebody who has not proved a number: sees of other people's cases only that they are there, and where. */
async function anybody(casework: Casework): Promise<Principal> {
  return { kind: 'citizen', id: 'citizen:', tenant: await casework.parts.masters.citizensTenant(), roles: ['citizen'] };
}

function sweepEachHour(app: NestFastifyApplication, photos: DraftPhotos, { log }: Platform): void {
  const timer = setInterval(() => {
    photos.sweep().catch((error: unknown) => log.error({ err: error }, 'photos of unsent complaints are still there'));
  }, 3_600_000).unref();
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', () => clearInterval(timer));
}
