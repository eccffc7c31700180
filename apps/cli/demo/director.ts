import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './casting.js';
import { PROLOGUE } from './plots/prologue.js';
import type { PlayedCase } from './record.js';
import { Scene, type Stage } from './scene.js';

/** Days of the play city over which the complaints come in. */
const LODGING_DAYS = 12;
const WHOLE_SAMPLE = 300;

export interface Told {
  /** The first case has been played, alone; the others begin when this is done. */
  begun(first: PlayedCase): Promise<void>;
  /** A case has come to its end. */
  ended(played: PlayedCase): void;
}

/** Plays all parts at their times; a plot that goes wrong is noted and costs only its own case. */
export class Director {
  readonly played: PlayedCase[] = [];
  running = 0;
  done = 0;

  constructor(
    private readonly stage: Stage,
    private readonly told: Told,
  ) {}

  async play(parts: readonly Part[]): Promise<void> {
    const [first, ...others] = firstOfAll(parts);
    if (first) await this.playPart({ ...first, plot: PROLOGUE });
    const [prologue] = this.played;
    if (prologue) await this.told.begun(prologue);
    const spread = LODGING_DAYS * this.stage.dayMs * Math.min(1, parts.length / WHOLE_SAMPLE);
    await Promise.all(
      others.map(async (part, index) => {
        await sleep((spread * index) / others.length);
        await this.playPart(part);
      }),
    );
  }

  private async playPart({ plot, complaint, other }: Part): Promise<void> {
    const scene = new Scene(complaint, this.stage, plot.name);
    const second = other ? new Scene(other, this.stage, plot.name) : scene;
    await this.stage.turns.begin();
    this.running += 1;
    try {
      await plot.play(scene, second);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.stage.tally.troubles.push(`“${plot.name}” (complaint ${complaint.seq}, ${scene.number}): ${what}`);
    }
    this.stage.turns.giveBack();
    this.running -= 1;
    this.done += 1;
    for (const { number, complaint: played } of other ? [scene, second] : [scene]) {
      if (number === '') continue;
      this.played.push({ number, complaint: played.seq, plot: plot.name });
    }
    const last = this.played.at(-1);
    if (last) this.told.ended(last);
  }
}

/** The part that gives its complaint to the prologue comes first. */
function firstOfAll(parts: readonly Part[]): Part[] {
  const at = parts.findLastIndex(({ plot }) => plot.share >= 90);
  const first = parts[at];
  return first ? [first, ...parts.filter((part) => part !== first)] : [...parts];
}
