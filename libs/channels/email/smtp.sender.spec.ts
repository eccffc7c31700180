import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { ChannelAlert, OutboundMessage } from '../channel.js';
import { SmtpSender } from './smtp.sender.js';

const message: OutboundMessage = {
  id: 'KMC-26-0000001-4/9/work_escalated/abcdefgh.email',
  channel: 'email',
  to: 'ee.b10@kmc.example.in',
  template: 'work_escalated',
  locale: 'bn',
  text: 'অভিযোগ KMC-26-0000001-4 এখন আপনার দায়িত্বে।',
  case: 'KMC-26-0000001-4',
};

describe('e-mail by SMTP', () => {
  const mails: { to: string[]; raw: string }[] = [];
  const alerts: Parameters<ChannelAlert>[0][] = [];
  const servers: SMTPServer[] = [];
  let refuse: (address: string) => { responseCode: number } | null = () => null;
  let now = 1_000_000;
  let port = 0;

  async function start(options: SMTPServerOptions = {}): Promise<number> {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('Invalid username or password')),
      onRcptTo: ({ address }, _session, done) => {
        const answer = refuse(address);
        done(answer ? Object.assign(new Error('not here'), answer) : null);
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mails.push({ to, raw: Buffer.concat(chunks).toString() });
          done();
        });
      },
      ...options,
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.server.address() as AddressInfo).port;
  }

  beforeAll(async () => {
    port = await start();
  });
  beforeEach(() => {
    mails.length = 0;
    alerts.length = 0;
    refuse = () => null;
  });
  afterAll(() => Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(resolve)))));

  const sender = (password = 'right', at = port) =>
    new SmtpSender({
      url: `smtp://officer:${password}@127.0.0.1:${at}`,
      from: 'Pratikar <no-reply@kmc.example.in>',
      alert: (alert) => alerts.push(alert),
      now: () => now,
    });

  it('goes to the officer in their language, with the same id on every attempt', async () => {
    const one = await sender().send(message);
    const again = await sender().send(message);
    expect(one).toEqual({ outcome: 'sent', providerId: expect.stringMatching(/^<[0-9a-f]{32}@pratikar>$/) as string });
    expect(again).toEqual(one);
    expect(mails[0]?.to).toEqual(['ee.b10@kmc.example.in']);
    const [head = '', body = ''] = (mails[0]?.raw ?? '').split('\r\n\r\n');
    expect(head).toMatch(/^From: Pratikar <no-reply@kmc.example.in>$/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
    const subject = [...head.matchAll(/=\?UTF-8\?(?:B|b)\?([^?]+)\?=/g)].map(([, part = '']) =>
      Buffer.from(part, 'base64').toString(),
    );
    expect(`${head}${subject.join('')}`).toMatch(/KMC-26-0000001-4|Subject/);
    expect(Buffer.from(body, 'base64').toString()).toContain('এখন আপনার দায়িত্বে');
  });

  it('takes no second recipient and no header from an address', async () => {
    const result = await sender().send({ ...message, to: 'a@kmc.example.in\r\nBcc: b@kmc.example.in' });
    expect(result.outcome === 'rejected' || mails.every(({ to }) => to.length === 1)).toBe(true);
    expect(mails.map(({ raw }) => raw).join()).not.toMatch(/^Bcc:/m);
  });

  it('is not tried again for a mailbox that is not there, and is for one that is full or a server that is away', async () => {
    refuse = () => ({ responseCode: 550 });
    expect(await sender().send(message)).toMatchObject({ outcome: 'rejected' });
    refuse = () => ({ responseCode: 452 });
    expect(await sender().send(message)).toMatchObject({ outcome: 'retry', afterMs: 60_000 });
    expect(await sender('right', 1).send(message)).toMatchObject({ outcome: 'retry' });
    expect(mails).toEqual([]);
  });

  it('leaves a server alone that does not know us, tells the operator once and never the password', async () => {
    const one = sender('wrong');
    const first = await one.send(message);
    expect(first).toMatchObject({ outcome: 'stopped', afterMs: 600_000 });
    expect(await one.send(message)).toMatchObject({ outcome: 'stopped' });
    expect(alerts).toHaveLength(1);
    expect(JSON.stringify([first, alerts])).not.toContain('wrong');
    now += 601_000;
    expect(await one.send(message)).toMatchObject({ outcome: 'stopped' });
    expect(alerts).toHaveLength(2);
  });
});
