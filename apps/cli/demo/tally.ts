import type { CaseStateName, CommandName } from '#libs/domain/case/names';

export class Counts {
  private readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Names and counts, the greatest first. */
  entries(): [string, number][] {
    return [...this.counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  }
}

/** What was asked for over HTTP while the story was played, and how it was answered. */
export class Tally {
  readonly lodgedBySource = new Counts();
  readonly commands = new Counts();
  /** `409 already_rated`, `422 validation/unknown` … */
  readonly refusals = new Counts();
  readonly refusedCommands = new Counts();
  lodged = 0;
  /** Commands given after a deadline they were meant to be ahead of: the story may then read otherwise. */
  late = 0;
  /** Least time that was left before the next deadline when a command was given, ms. */
  closestMs = Number.POSITIVE_INFINITY;
  closestIn = '';
  /** States in which an answer showed a case. */
  readonly states = new Set<CaseStateName>();
  readonly troubles: string[] = [];

  seen(state: CaseStateName): void {
    this.states.add(state);
  }

  command(name: CommandName): void {
    this.commands.add(name);
  }

  refusal(what: string, kind: string): void {
    this.refusals.add(kind);
    this.refusedCommands.add(what);
  }

  ahead(ms: number, where: string): void {
    if (ms < 0) this.late += 1;
    if (ms >= this.closestMs) return;
    this.closestMs = ms;
    this.closestIn = where;
  }
}
