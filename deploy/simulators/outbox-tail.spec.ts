import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutboxTail } from './outbox-tail.js';

describe('the tail of the outbox', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tail-'));
    path = join(folder, 'outbox.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const line = (id: string, text = 'x') => `${JSON.stringify({ id, channel: 'sms', to: '+91', text })}\n`;
  const ids = async (tail: OutboxTail) => (await tail.next()).map(({ id }) => id);

  it('tells each line once, also one that was cut in the middle of a letter', async () => {
    const tail = new OutboxTail(path);
    expect(await ids(tail)).toEqual([]);
    await writeFile(path, line('1'));
    expect(await ids(tail)).toEqual(['1']);
    const bytes = Buffer.from(line('2', 'জল আসছে না'));
    const cut = bytes.indexOf(Buffer.from('জ')) + 1;
    await appendFile(path, bytes.subarray(0, cut));
    expect(await ids(tail)).toEqual([]);
    await appendFile(path, Buffer.concat([bytes.subarray(cut), Buffer.from('no json\n'), Buffer.from(line('3'))]));
    const found = await tail.next();
    expect(found.map(({ id, text }) => [id, text])).toEqual([
      ['2', 'জল আসছে না'],
      ['3', 'x'],
    ]);
  });

  it('begins anew with a new file', async () => {
    await writeFile(path, line('1') + line('2'));
    const tail = new OutboxTail(path);
    expect(await ids(tail)).toEqual(['1', '2']);
    await writeFile(path, line('3'));
    expect(await ids(tail)).toEqual(['3']);
  });
});
