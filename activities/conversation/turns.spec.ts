import { setTimeout as pause } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('turns of chats', () => {
  it('lets a step of one chat begin when the one before has ended, even badly', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const slow = turns.take('mina', true, async () => {
      await pause(20);
      order.push('first');
      throw new Error('given up');
    });
    const next = turns.take('mina', false, () => Promise.resolve(order.push('second')));
    await turns.take('ravi', true, () => Promise.resolve(order.push('another person')));
    await expect(slow).rejects.toThrow('given up');
    await next;
    expect(order).toEqual(['another person', 'first', 'second']);
  });

  it('leaves places for the cases that chats ask about', async () => {
    const turns = new Turns();
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const many = Array.from({ length: 20 }, (_, n) => turns.take(`person ${n}`, true, () => held));
    await expect(turns.take('one more', true, () => Promise.resolve())).rejects.toThrow('many chats');
    await expect(turns.take('one more', false, () => Promise.resolve('answered'))).resolves.toBe('answered');
    end();
    await Promise.all(many);
    await expect(turns.take('one more', true, () => Promise.resolve('answered'))).resolves.toBe('answered');
  });
});
