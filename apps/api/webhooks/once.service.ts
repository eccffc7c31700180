import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { hashOf } from '#libs/casework/canonical';
import { Casework } from '#libs/casework/casework';
import { IdempotencyEntity } from '#libs/persistence/entities/index';
import { isDuplicate } from '#libs/persistence/record-errors';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Remembers across instances and restarts that something was done, so that it is not done again for a while. */
@Injectable()
export class Once {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly casework: Casework,
  ) {}

  /** Whether it was done within that time, in ms. */
  async wasDone(what: string, withinMs: number): Promise<boolean> {
    const row = await this.casework.parts.read.manager.findOneBy(IdempotencyEntity, { key: keyOf(what) });
    return row !== null && row.createdAt > Date.now() - withinMs;
  }

  /** Claims it: true for exactly one caller within that time. */
  async claim(what: string, withinMs: number): Promise<boolean> {
    const key = keyOf(what);
    const now = Date.now();
    const row = { key, bodyHash: '', number: null, answer: null, createdAt: now };
    try {
      await this.unitOfWork.run((em) => em.insert(IdempotencyEntity, row));
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // Somebody had it before: whoever moves its time first has it now.
    const earlier = { key, createdAt: LessThanOrEqual(now - withinMs) };
    const { affected } = await this.unitOfWork.run((em) => em.update(IdempotencyEntity, earlier, { createdAt: now }));
    return affected === 1;
  }

  /** Gives a claim back when what it was for did not come about. */
  async release(what: string): Promise<void> {
    await this.unitOfWork.run((em) => em.delete(IdempotencyEntity, { key: keyOf(what) }));
  }
}

function keyOf(what: string): string {
  return hashOf('once', what);
}
