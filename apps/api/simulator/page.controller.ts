import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CaseworkProblem } from '#libs/casework/problem';
import { Public } from '../auth/session.guard.js';
import { builtFolder } from '../portal/built-files.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page with the telephones. */
@ApiExcludeController()
@Public()
@Controller('simulator')
export class SimulatorPageController {
  @Get()
  page(@Res() reply: FastifyReply): Promise<void> {
    return this.serve('index.html', 'no-cache', reply);
  }

  @Get('assets/:file')
  asset(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    return this.serve(join('assets', file), 'public, max-age=31536000, immutable', reply);
  }

  private async serve(path: string, cache: string, reply: FastifyReply): Promise<void> {
    const type = TYPES[extname(path)];
    const bytes =
      type === undefined || path.includes('..')
        ? null
        : await readFile(join(builtFolder('simulator'), path)).catch(() => null);
    if (!bytes) throw CaseworkProblem.notFound('There is nothing at this address.');
    void reply
      .type(type ?? '')
      .header('Cache-Control', cache)
      .send(bytes);
  }
}
