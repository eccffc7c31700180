/**
 * How many cases are worked on at the same time. Those that wait for a clock give their turn back, and go before all
 * who have not begun: on a slow machine the story takes longer, but nobody comes too late.
 */
export class Turns {
  private readonly returning: (() => void)[] = [];
  private readonly beginning: (() => void)[] = [];

  constructor(private free: number) {}

  begin(): Promise<void> {
    return this.wait(this.beginning);
  }

  comeBack(): Promise<void> {
    return this.wait(this.returning);
  }

  giveBack(): void {
    const next = this.returning.shift() ?? this.beginning.shift();
    if (next) next();
    else this.free += 1;
  }

  private async wait(queue: (() => void)[]): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }
}
