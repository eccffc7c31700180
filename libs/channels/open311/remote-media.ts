import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** Why somebody else's picture was not fetched; the message is for the developer who sent its address. */
export class MediaRefused extends Error {
  override name = 'MediaRefused';
}

export interface MediaLimits {
  /** Longest answer in bytes. */
  bytes: number;
  /** From the first connection to the last byte. */
  ms: number;
  redirects: number;
}

const LIMITS: MediaLimits = { bytes: 10 * 1024 * 1024, ms: 10_000, redirects: 3 };

const REFUSED = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  REFUSED.addSubnet(network, bits, 'ipv4');
}
/** Addresses in 2000::/3 that lead elsewhere: documentation, and tunnels that carry an IPv4 address. */
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  REFUSED.addSubnet(network, bits, 'ipv6');
}
const GLOBAL6 = new BlockList();
GLOBAL6.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to the open internet: nothing of ours, no machine beside us, no cloud's metadata. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !REFUSED.check(address, 'ipv4');
    case 6:
      return GLOBAL6.check(address, 'ipv6') && !REFUSED.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * Fetches what a stranger's address leads to. Every address that is connected to is judged after its name was looked
 * up, on each redirect anew, so that no name can lead inside.
 * @throws MediaRefused for whatever comes in between
 */
export async function fetchMedia(
  address: string,
  limits: Partial<MediaLimits> = {},
  isAllowed: (ip: string) => boolean = isPublicAddress,
): Promise<Buffer> {
  const { bytes, ms, redirects } = { ...LIMITS, ...limits };
  const signal = AbortSignal.timeout(ms);
  let target = checked(address, isAllowed);
  for (let hop = 0; hop <= redirects; hop++) {
    const response = await open(target, signal, isAllowed);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (!URL.canParse(headers.location, target.href)) throw new MediaRefused('it leads to no address');
      target = checked(new URL(headers.location, target).href, isAllowed);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new MediaRefused(`the server answered ${statusCode}`);
    }
    return read(response, bytes);
  }
  throw new MediaRefused(`it leads on more than ${redirects} times`);
}

function checked(address: string, isAllowed: (ip: string) => boolean): URL {
  if (address.length > 2048 || !URL.canParse(address)) throw new MediaRefused('it is no address');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new MediaRefused('only http and https are fetched');
  if (url.username !== '' || url.password !== '') throw new MediaRefused('it holds a user name');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw new MediaRefused('its host is not on the public internet');
  return url;
}

function open(url: URL, signal: AbortSignal, isAllowed: (ip: string) => boolean): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done, failed) => {
    const refuse = (error: Error): void =>
      failed(error instanceof MediaRefused ? error : new MediaRefused('it could not be fetched'));
    request(url, {
      signal,
      // No connection is shared: a pooled one could have been opened by somebody with other rules.
      agent: false,
      headers: { Accept: 'image/jpeg, image/png, image/webp' },
      lookup: (host, options, callback) => {
        resolve(host, { ...options, all: true }, (error, found) => {
          const addresses = found as LookupAddress[] | undefined;
          const first = addresses?.[0];
          if (error || !first) callback(error ?? new MediaRefused('its host is not known'), '', 4);
          else if (!addresses.every(({ address }) => isAllowed(address)))
            callback(new MediaRefused('its host is not on the public internet'), '', 4);
          else if (options.all) callback(null, addresses);
          else callback(null, first.address, first.family);
        });
      },
    })
      .once('response', done)
      .once('error', refuse)
      .end();
  });
}

async function read(response: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = new MediaRefused(`it is larger than ${Math.floor(most / 1024 / 1024)} MB`);
  if (Number(response.headers['content-length'] ?? 0) > most) {
    response.destroy();
    throw tooLarge;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof MediaRefused ? error : new MediaRefused('it could not be fetched');
  }
  return Buffer.concat(chunks);
}
