import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { RollUp } from '#libs/insight/index';
import { MastersService } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { DATA_SOURCES, LOG } from '../platform/tokens.js';

const EVERY_MS = 2_000;
/** A backlog is the worker's affair; whoever looks waits for no more than this. */
const MOST_CASES = 300;

/** Whoever asks for figures has the latest cases taken in first, so that they agree with the lists beside them. */
@Injectable()
export class FreshFigures {
  private readonly rollUp: RollUp;
  private running: Promise<void> | null = null;
  private at = 0;

  constructor(
    @Inject(DATA_SOURCES) sources: DataSources,
    unitOfWork: UnitOfWork,
    masters: MastersService,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.rollUp = new RollUp({ sources, unitOfWork, masters });
  }

  async ensure(): Promise<void> {
    if (Date.now() - this.at < EVERY_MS) return;
    this.running ??= this.rollUp
      .advance(MOST_CASES)
      .then(() => void (this.at = Date.now()))
      // Older figures are better than none; the answer says of when they are.
      .catch((error: unknown) => this.log.warn({ err: error }, 'figures could not be brought up to date'))
      .finally(() => (this.running = null));
    await this.running;
  }
}
