import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { CodecController } from './codec.controller.js';

/** Temporal's UI asks for a whole page of history at once. */
const MOST_BYTES = 16 * 1024 * 1024;

@Module({ controllers: [CodecController] })
export class CodecModule {
  constructor(host: HttpAdapterHost<FastifyAdapter>) {
    host.httpAdapter.getInstance().addHook('onRoute', (route) => {
      if (route.url.startsWith('/codec/')) route.bodyLimit = MOST_BYTES;
    });
  }
}
