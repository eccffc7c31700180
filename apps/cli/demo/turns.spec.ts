import { setImmediate as tick } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('turns', () => {
  it('let those who come back from waiting go before those who have not begun', async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    await turns.begin();
    void turns.begin().then(() => order.push('new'));
    void turns.comeBack().then(() => order.push('back'));
    await tick();
    expect(order).toEqual([]);
    turns.giveBack();
    await tick();
    expect(order).toEqual(['back']);
    turns.giveBack();
    await tick();
    expect(order).toEqual(['back', 'new']);
  });
});
