import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { deriveKeys } from '#libs/config/keys';
import { createLog } from '#libs/config/log';
import type { Settings } from '#libs/config/settings';
import { createDataSources } from '#libs/persistence/data-sources';
import { connectTemporal } from '#libs/temporal/connection';
import { AppModule } from './app.module.js';
import { serveDocs } from './docs/docs.js';
import { acceptBodies, JSON_LIMIT } from './http/content-types.js';
import { ProblemFilter } from './http/problem.filter.js';
import { watchRequests } from './http/request-log.js';
import { CONTENT_SECURITY_POLICY } from './http/security-headers.js';
import { validationPipe } from './http/validation.js';
import { NestLog } from './platform/nest-log.js';
import type { Platform } from './platform/tokens.js';
import { TenantChannels } from '#libs/casework/tenant-channels';
import { guardWhatsAppWebhook } from './webhooks/whatsapp/signed-body.js';
import { servePages } from './portal/serve-pages.js';

const MOST_UPLOAD = 10 * 1024 * 1024;
/** For the largest import over a slow line. */
const LONGEST_REQUEST_MS = 300_000;
const LONGEST_HEAD_MS = 15_000;
const LOOK_FOR_SLOW_MS = 3_000;

/**
 * The whole API, ready to listen. Temporal may be down at that time, the database may not.
 * @throws RecordUnavailableError when the database cannot be reached
 */
export async function createApi(settings: Settings): Promise<NestFastifyApplication> {
  const platform = await openPlatform(settings);
  const adapter = new FastifyAdapter({
    trustProxy: settings.trustProxy.length > 0 ? settings.trustProxy : false,
    bodyLimit: JSON_LIMIT,
    // A client that sends its request drop by drop, or none at all, holds a connection no longer than this.
    requestTimeout: LONGEST_REQUEST_MS,
    http: { headersTimeout: LONGEST_HEAD_MS, connectionsCheckingInterval: LOOK_FOR_SLOW_MS },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    // The plugin is registered below, with its limits.
    multipart: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(platform), adapter, {
    bodyParser: false,
    logger: new NestLog(platform.log),
    abortOnError: false,
  });
  const filter = new ProblemFilter(platform.log);
  app.useGlobalFilters(filter);
  app.useGlobalPipes(validationPipe());
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, crossOriginEmbedderPolicy: false });
  await app.register(multipart, { limits: { fileSize: MOST_UPLOAD, files: 1, fields: 10, parts: 12 } });
  const server = app.getHttpAdapter().getInstance();
  acceptBodies(server);
  const channels = app.get(TenantChannels, { strict: false });
  guardWhatsAppWebhook(server, settings, () => channels.all());
  watchRequests(server, platform.log);
  serveDocs(app, settings);
  servePages(app, platform);
  return app;
}

async function openPlatform(settings: Settings): Promise<Platform> {
  const dataSources = await createDataSources(settings);
  const temporal = await connectTemporal(settings, { lazy: true });
  return {
    settings,
    keys: deriveKeys(settings.secretKey),
    dataSources,
    temporal: temporal.client,
    connection: temporal.connection,
    log: createLog('api', settings),
    close: async () => {
      await temporal.close();
      await dataSources.close();
    },
  };
}
