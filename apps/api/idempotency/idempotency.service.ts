import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Keys } from '#libs/config/keys';
import { IdempotencyEntity } from '#libs/persistence/entities/index';
import { isDuplicate } from '#libs/persistence/record-errors';
import { seal, unseal } from '#libs/persistence/sealed';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { KEYS } from '../platform/tokens.js';

/** Repeats come within minutes; a week also covers a client that was switched off meanwhile. */
const KEPT_MS = 7 * 24 * 3_600_000;
/**
 * A first request says again and again that it is still at work. One that has not for so long died with its process: its
 * key is free again.
 */
const SIGN_OF_LIFE_MS = 15_000;
const ABANDONED_MS = 4 * SIGN_OF_LIFE_MS;
/** How long a repeat waits for the answer of the first. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;
const TIDY_EVERY_MS = 3_600_000;
/** Stands for the hash of an upload, which is known only when all of it has been read. */
const NOT_YET_KNOWN = 'reading';

/** A request under a key. */
export interface KeyedRequest {
  /** Hash of actor and key. */
  key: string;
  /** Hash of what was asked for; an upload's is known after the work alone. */
  bodyHash(done: boolean): Promise<string> | string;
  /** Whether `bodyHash` may be asked for before the work. */
  hashKnown: boolean;
}

/**
 * One effect and one answer for each key: repeats are told what the first request was told, another body is refused.
 * Refusals are not kept, so that a mended request may use the same key. Answers are sealed: some hold what is shown once.
 */
@Injectable()
export class IdempotencyService {
  private tidiedAt = 0;

  constructor(
    @InjectDataSource() private readonly read: DataSource,
    @Inject(KEYS) private readonly keys: Keys,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @param work answers in JSON what the caller is to be told
   * @param signOfLifeMs how often the claim on the key is renewed while the work goes on
   */
  async once(request: KeyedRequest, work: () => Promise<string>, signOfLifeMs = SIGN_OF_LIFE_MS): Promise<string> {
    const { key } = request;
    const giveUp = Date.now() + PATIENCE_MS;
    const bodyHash = request.hashKnown ? await request.bodyHash(false) : NOT_YET_KNOWN;
    for (;;) {
      const claimedAt = await this.claim(key, bodyHash);
      if (claimedAt !== null) return this.first(request, claimedAt, work, signOfLifeMs);
      // None: the first one was refused meanwhile, and the key is free again.
      const earlier = await this.read.manager.findOneBy(IdempotencyEntity, { key });
      if (earlier) {
        if (earlier.number !== null || (request.hashKnown && earlier.bodyHash !== bodyHash)) {
          throw CaseworkProblem.idempotencyMismatch();
        }
        if (earlier.answer !== null) return this.repeat(request, earlier);
      }
      if (Date.now() > giveUp) throw stillRunning();
      await sleep(POLL_MS);
    }
  }

  private async first(
    request: KeyedRequest,
    claimedAt: number,
    work: () => Promise<string>,
    signOfLifeMs: number,
  ): Promise<string> {
    const { key } = request;
    const claim = this.kept(key, claimedAt, signOfLifeMs);
    try {
      const answer = await work();
      const change = { bodyHash: await request.bodyHash(true), answer: seal(this.keys.vault, key, answer) };
      const own = await claim.end();
      await this.unitOfWork.run((em) => em.update(IdempotencyEntity, own, change));
      return answer;
    } catch (error) {
      const own = await claim.end();
      await this.unitOfWork.run((em) => em.delete(IdempotencyEntity, own)).catch(() => undefined);
      throw error;
    }
  }

  /** Renews the claim on a key until it is ended, which answers by what its row is known then. */
  private kept(key: string, claimedAt: number, signOfLifeMs: number) {
    let own = { key, createdAt: claimedAt, answer: IsNull() };
    let renewed = Promise.resolve();
    const renew = async (): Promise<void> => {
      const createdAt = Date.now();
      const done = await this.unitOfWork
        .run((em) => em.update(IdempotencyEntity, own, { createdAt }))
        .catch(() => null);
      if (done?.affected) own = { ...own, createdAt };
    };
    const renewal = setInterval(() => {
      renewed = renewed.then(renew);
    }, signOfLifeMs);
    const end = async () => {
      clearInterval(renewal);
      await renewed;
      return own;
    };
    return { end };
  }

  private async repeat(request: KeyedRequest, { key, bodyHash, answer }: IdempotencyEntity): Promise<string> {
    if ((await request.bodyHash(false)) !== bodyHash) throw CaseworkProblem.idempotencyMismatch();
    const opened = unseal(this.keys.vault, key, answer ?? '');
    // Sealed under a secret key that was replaced since: what was done stays done, but cannot be told again.
    if (opened === null) throw CaseworkProblem.idempotencyMismatch();
    return opened;
  }

  /** @returns when it was claimed; null: somebody else has it */
  private async claim(key: string, bodyHash: string): Promise<number | null> {
    const now = Date.now();
    const abandoned = { key, number: IsNull(), answer: IsNull(), createdAt: LessThan(now - ABANDONED_MS) };
    try {
      await this.unitOfWork.run(async (em) => {
        await this.tidy(em, now);
        await em.delete(IdempotencyEntity, abandoned);
        await em.insert(IdempotencyEntity, { key, bodyHash, number: null, answer: null, createdAt: now });
      });
      return now;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  /** Keys of registrations stay: their cases can be asked for at any time. */
  private async tidy(em: EntityManager, now: number): Promise<void> {
    if (now - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = now;
    await em.delete(IdempotencyEntity, { createdAt: LessThan(now - KEPT_MS), answer: Not(IsNull()) });
  }
}

function stillRunning(): CaseworkProblem {
  return new CaseworkProblem({
    status: 409,
    code: 'in_progress',
    detail: 'The first request with this Idempotency-Key has not been answered yet. Repeat it in a few seconds.',
    retryAfterSeconds: 5,
  });
}
