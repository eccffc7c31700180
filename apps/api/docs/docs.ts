import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Settings } from '#libs/config/settings';

/** `/openapi.json` and a page to read and try it at `/docs`; everything the page needs comes from this server. */
export function serveDocs(app: NestFastifyApplication, settings: Pick<Settings, 'publicUrl'>): void {
  const config = new DocumentBuilder()
    .setTitle('Pratikar')
    .setDescription('Grievance redressal for cities. Errors are RFC 9457 problems with a stable `code`.')
    .setVersion('1')
    .addBearerAuth()
    .addServer(settings.publicUrl)
    .build();
  const document = SwaggerModule.createDocument(app, config);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Pratikar API' });
}
