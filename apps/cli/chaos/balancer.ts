import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Between two looks at a process; well below the time for which a stopping one says that it goes. */
const LOOK_EVERY_MS = 250;
const LOOK_PATIENCE_MS = 5_000;

interface Upstream {
  url: string;
  port: number;
  /** Whether its last answer at `/readyz` was not that it is going; one that says nothing is found out by connecting. */
  stays: boolean;
}

/**
 * One address for several processes, as a load balancer makes it: a new connection goes to the next one that does not
 * say at `/readyz` that it is going, and on to another where it is refused.
 */
export class Balancer {
  private turn = 0;
  private stopped = false;

  private constructor(
    private readonly server: Server,
    private readonly upstreams: readonly Upstream[],
  ) {}

  static async start(urls: readonly string[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(
      server,
      urls.map((url) => ({ url, port: Number(new URL(url).port), stays: true })),
    );
    server.on('connection', (client) => balancer.pass(client, balancer.inOrder()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    for (const upstream of balancer.upstreams) void balancer.watch(upstream);
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.stopped = true;
    this.server.close();
  }

  private async watch(upstream: Upstream): Promise<void> {
    while (!this.stopped) {
      upstream.stays = await stays(upstream.url);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Those that stay first, each of them in turn; none is left out, for all may be going. */
  private inOrder(): Upstream[] {
    const first = this.turn++ % this.upstreams.length;
    const turned = [...this.upstreams.slice(first), ...this.upstreams.slice(0, first)];
    return [...turned.filter((each) => each.stays), ...turned.filter((each) => !each.stays)];
  }

  private pass(client: Socket, [next, ...others]: readonly Upstream[]): void {
    if (!next) {
      client.destroy();
      return;
    }
    const upstream = connect(next.port, '127.0.0.1');
    // Not `upstream.connecting`: that is over by the time a refusal is told.
    let taken = false;
    client.on('error', () => upstream.destroy());
    upstream.once('connect', () => {
      taken = true;
      upstream.on('close', () => client.destroySoon());
      client.on('close', () => upstream.destroySoon());
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => {
      if (taken) client.destroy();
      else this.pass(client, others);
    });
  }
}

async function stays(url: string): Promise<boolean> {
  try {
    const headers = { Connection: 'close' };
    const answer = await fetch(`${url}/readyz`, { headers, signal: AbortSignal.timeout(LOOK_PATIENCE_MS) });
    const { status } = (await answer.json()) as { status?: string };
    return status !== 'stopping';
  } catch {
    return true;
  }
}
