import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchMedia, isPublicAddress } from './remote-media.js';

const anywhere = () => true;

describe('the picture of a stranger', () => {
  let server: Server;
  let answer: RequestListener;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is fetched, also where its address leads on', async () => {
    answer = (request, response) => {
      if (request.url === '/old') response.writeHead(302, { Location: '/new' }).end();
      else response.end('picture');
    };
    expect((await fetchMedia(`${url}/old`, {}, anywhere)).toString()).toBe('picture');
  });

  it('is not fetched from inside by leading on to it', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: 'http://169.254.169.254/' }).end();
    const first = (ip: string): boolean => ip === '127.0.0.1';
    await expect(fetchMedia(url, {}, first)).rejects.toThrow('not on the public internet');
  });

  it('is not followed for ever', async () => {
    answer = (request, response) => response.writeHead(302, { Location: `${request.url}x` }).end();
    await expect(fetchMedia(`${url}/`, {}, anywhere)).rejects.toThrow('more than 3 times');
  });

  it('is cut off when it is too large, whether it says so or not', async () => {
    answer = (_request, response) => response.writeHead(200, { 'Content-Length': '5000' }).end('x'.repeat(5000));
    await expect(fetchMedia(url, { bytes: 4000 }, anywhere)).rejects.toThrow('larger than');
    answer = (_request, response) => {
      response.write('x'.repeat(3000));
      response.end('x'.repeat(3000));
    };
    await expect(fetchMedia(url, { bytes: 4000 }, anywhere)).rejects.toThrow('larger than');
  });

  it('is given up when it does not come, or is none', async () => {
    answer = () => undefined;
    await expect(fetchMedia(url, { ms: 100 }, anywhere)).rejects.toThrow('could not be fetched');
    answer = (_request, response) => response.writeHead(404).end();
    await expect(fetchMedia(url, {}, anywhere)).rejects.toThrow('answered 404');
    server.closeAllConnections();
  });

  it('is refused by address where its host is ours, under whatever spelling', async () => {
    answer = (_request, response) => response.end('secret');
    for (const address of [
      url,
      url.replace('127.0.0.1', 'localhost'),
      'ftp://example.org/a',
      'nonsense',
      'http://a:b@x.y/',
    ]) {
      await expect(fetchMedia(address)).rejects.toThrow();
    }
  });
});

describe('addresses', () => {
  it.each(['8.8.8.8', '139.59.1.1', '2400:cb00::1', '2606:4700::1111'])('of the internet: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.53',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'example.org',
  ])('that are not: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
