/** Chats answered within workflow tasks at once: each holds a task's place, and what it asks of a case needs one more. */
const MOST_WITHIN_TASKS = 20;

/**
 * One step of a chat at a time in this process: an attempt that was given up may still be speaking when the next one
 * begins, and the citizen would hear everything twice.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();
  private withinTasks = 0;

  /** @throws Error when too many are answered within tasks already: an ordinary activity takes it then */
  async take<T>(contact: string, withinTask: boolean, work: () => Promise<T>): Promise<T> {
    if (withinTask && this.withinTasks >= MOST_WITHIN_TASKS) throw new Error('many chats are being answered');
    if (withinTask) this.withinTasks++;
    const before = this.last.get(contact);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    this.last.set(contact, turn);
    try {
      return await turn;
    } finally {
      if (withinTask) this.withinTasks--;
      if (this.last.get(contact) === turn) this.last.delete(contact);
    }
  }
}
