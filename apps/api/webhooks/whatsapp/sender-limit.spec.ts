import type { ChatMessage } from '#libs/contracts/chat';
import { SenderLimit } from './sender-limit.js';

const texts = (count: number, from = 0): ChatMessage[] =>
  Array.from({ length: count }, (_, n) => ({ id: `m${from + n}`, at: 1, input: { type: 'text', text: `${n}` } }));
const kinds = (messages: readonly ChatMessage[]) => messages.map(({ input }) => input.type);

describe('the limit of what one person may send', () => {
  it('lets twenty messages through in ten seconds and tells the sender once', () => {
    const limit = new SenderLimit();
    const taken = limit.admit('a', texts(30), 0);
    expect(kinds(taken).filter((kind) => kind === 'text')).toHaveLength(20);
    expect(kinds(taken).filter((kind) => kind === 'flood')).toHaveLength(1);
    expect(limit.admit('a', texts(5, 100), 5_000)).toEqual([]);
    expect(limit.admit('a', texts(5, 200), 11_000)).toHaveLength(5);
  });

  it('is one of each person', () => {
    const limit = new SenderLimit();
    limit.admit('a', texts(30), 0);
    expect(limit.admit('b', texts(3), 0)).toHaveLength(3);
  });

  it('does not count what the provider repeats', () => {
    const limit = new SenderLimit();
    limit.admit('a', texts(20), 0);
    expect(kinds(limit.admit('a', texts(20), 1))).toEqual(Array(20).fill('text'));
    expect(limit.admit('a', texts(20), 20_000)).toHaveLength(20);
    expect(limit.admit('a', texts(20, 50), 20_001)).toHaveLength(20);
  });
});
