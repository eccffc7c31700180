import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Graph API and SMS gateway at one address. Nothing is worse to log than their refusals: they quote all they were given. */
export interface Providers {
  url: string;
  /** Texts that came by SMS, by the number they were for. */
  readonly texts: { to: string; text: string }[];
  /** From now on the gateway refuses whoever asks. */
  refuseSms(): void;
  close(): Promise<void>;
}

/** `SMS_URL` is `<url>/sms?to={to}&text={text}&key={SMS_API_KEY}`, `WHATSAPP_API_URL` is `<url>/graph`. */
export async function startProviders(): Promise<Providers> {
  const texts: { to: string; text: string }[] = [];
  let refusing = false;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider');
      response.setHeader('Content-Type', 'application/json');
      if (pathname !== '/sms') {
        const details = `${request.headers.authorization ?? ''} may not send ${body}`;
        response
          .writeHead(401)
          .end(JSON.stringify({ error: { code: 190, message: 'token', error_data: { details } } }));
        return;
      }
      const [to, text] = [searchParams.get('to') ?? '', searchParams.get('text') ?? ''];
      texts.push({ to, text });
      if (refusing) response.writeHead(401).end(`not sent: ${to} ${text} ${searchParams.get('key') ?? ''}`);
      else response.end(JSON.stringify({ id: `sms-${texts.length}` }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts,
    refuseSms: () => void (refusing = true),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
