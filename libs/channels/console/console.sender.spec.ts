import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OutboundMessage } from '../channel.js';
import { createSenders } from '../senders.js';
import { ConsoleSender } from './console.sender.js';

const message: OutboundMessage = {
  id: 'KMC-26-0001234-5/1/registered/abc',
  channel: 'sms',
  to: '+919830012345',
  template: 'registered',
  locale: 'bn',
  text: 'আপনার অভিযোগ জমা হয়েছে 🙏\nধন্যবাদ',
  case: 'KMC-26-0001234-5',
};

describe('the console channel', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const lines = async (path: string): Promise<Record<string, unknown>[]> =>
    (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('writes one line with exactly the promised fields, Bengali and emoji intact', async () => {
    const result = await createSenders({ dataDir: folder }).sms.send(message);
    expect(result).toEqual({ outcome: 'sent', providerId: message.id });
    const [line, ...more] = await lines(join(folder, 'outbox.jsonl'));
    expect(more).toEqual([]);
    expect(Object.keys(line ?? {})).toEqual(['id', 'at', 'channel', 'to', 'template', 'locale', 'text', 'case']);
    expect(line).toMatchObject({ id: message.id, channel: 'sms', to: '+919830012345', text: message.text });
    expect(new Date(String(line?.at)).toISOString()).toBe(line?.at);
  });

  it('makes its folder and keeps the file from other users, as it holds phone numbers', async () => {
    const path = join(folder, 'new', 'outbox.jsonl');
    await new ConsoleSender(path).send(message);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('keeps every line whole when several processes write at once', async () => {
    const path = join(folder, 'outbox.jsonl');
    const script = `
      const { openSync, writeSync } = require('node:fs');
      for (let n = 0; n < 200; n++) {
        const file = openSync(process.argv[1], 'a');
        writeSync(file, JSON.stringify({ id: 'other-' + n, text: 'x'.repeat(3000) }) + '\\n');
      }`;
    const sender = new ConsoleSender(path);
    const others = [1, 2].map(() => promisify(execFile)(process.execPath, ['-e', script, path]));
    for (let n = 0; n < 200; n += 1) await sender.send({ ...message, id: `own-${n}`, text: 'অ'.repeat(1500) });
    await Promise.all(others);
    const ids = (await lines(path)).map((line) => String(line.id));
    expect(ids).toHaveLength(600);
    expect(ids.filter((id) => id.startsWith('own-'))).toEqual(Array.from({ length: 200 }, (_, n) => `own-${n}`));
  });

  it('asks for another attempt when the outbox cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const result = await new ConsoleSender(join(folder, 'file', 'outbox.jsonl')).send(message);
    expect(result).toMatchObject({ outcome: 'retry', afterMs: expect.any(Number) as number });
  });
});
