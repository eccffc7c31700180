import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Settings } from '#libs/config/settings';
import { declareAnswers } from './answers.js';
import { declareProblems } from './problem-responses.js';

/** Files of the page and their types; nothing else of the package is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Pratikar API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** A file of its own, because pages here hold no script of their own. */
const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

/** `/openapi.json` and a page to read and try it at `/docs`; everything the page needs comes from this server. */
export function serveDocs(app: NestFastifyApplication, settings: Pick<Settings, 'publicUrl'>): void {
  const config = new DocumentBuilder()
    .setTitle('Pratikar')
    .setDescription('Grievance redressal for cities. Errors are RFC 9457 problems with a stable `code`.')
    .setVersion('1')
    // The first whose schemas are JSON Schema, where a value may be null.
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .addServer(settings.publicUrl)
    .build();
  const server = app.getHttpAdapter().getInstance();
  let document: object | undefined;
  // Made when it is first asked for: routes that are added later are in it too.
  const describe = () => declareProblems(declareAnswers(SwaggerModule.createDocument(app, config)));
  server.get('/openapi.json', async () => (document ??= describe()));
  const page = async (_request: unknown, reply: FastifyReply) => reply.type('text/html; charset=utf-8').send(PAGE);
  server.get('/docs', page);
  server.get('/docs/', page);
  server.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  const folder = swaggerUiFolder();
  for (const [name, type] of Object.entries(ASSETS)) {
    server.get(`/docs/${name}`, async (_request, reply) => {
      const bytes = await readFile(join(folder, name));
      return reply.type(type).header('Cache-Control', 'public, max-age=86400').send(bytes);
    });
  }
}

/** The package comes with `@nestjs/swagger`, which need not lie beside this file. */
function swaggerUiFolder(): string {
  const swagger = createRequire(import.meta.url).resolve('@nestjs/swagger/package.json');
  return dirname(createRequire(swagger).resolve('swagger-ui-dist/package.json'));
}
