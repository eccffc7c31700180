import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { bodyHash, hashOf, keyHash } from '#libs/casework/canonical';
import { idempotencyKeyOf } from '../http/request.js';
import { uploadDigest } from '../http/uploads.js';
import { IdempotencyService, type KeyedRequest } from './idempotency.service.js';

const OWN = Symbol('own idempotency');

/** For routes that see to their keys themselves, or that may be repeated without harm. */
export const OwnIdempotency = () => SetMetadata(OWN, true);

/** Honours `Idempotency-Key` on every POST below `/api/v1` that does not do so itself. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly idempotency: IdempotencyService,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method !== 'POST' || !request.url.startsWith('/api/v1/')) return next.handle();
    const key = idempotencyKeyOf(request);
    const own = this.reflector.getAllAndOverride<boolean>(OWN, [context.getHandler(), context.getClass()]) === true;
    if (key === undefined || own) return next.handle();
    return from(this.answer(keyedRequest(request, key), next));
  }

  private async answer(request: KeyedRequest, next: CallHandler): Promise<unknown> {
    const told = await this.idempotency.once(request, async () => {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return JSON.stringify({ body });
    });
    return (JSON.parse(told) as { body?: unknown }).body;
  }
}

function keyedRequest(request: FastifyRequest, key: string): KeyedRequest {
  const actor = request.principal?.id ?? 'nobody';
  const route = `${request.method} ${request.url}`;
  const isUpload = /^(multipart\/|text\/csv)/.test(request.headers['content-type'] ?? '');
  if (!isUpload) {
    return { key: keyHash(actor, key), hashKnown: true, bodyHash: () => bodyHash(route, request.body) };
  }
  request.uploadHash = createHash('sha256');
  return {
    key: keyHash(actor, key),
    hashKnown: false,
    bodyHash: async (done) => hashOf(route, await uploadDigest(request, !done)),
  };
}
