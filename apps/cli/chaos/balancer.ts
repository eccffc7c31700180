import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One address for several processes, as a load balancer makes it: a new connection goes to whoever takes it. */
export class Balancer {
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {}

  static async start(urls: readonly string[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(
      server,
      urls.map((url) => Number(new URL(url).port)),
    );
    server.on('connection', (client) => balancer.pass(client, urls.length));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private pass(client: Socket, triesLeft: number): void {
    const port = this.ports[this.turn++ % this.ports.length] ?? 0;
    const upstream = connect(port, '127.0.0.1');
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
      if (!taken && triesLeft > 1) this.pass(client, triesLeft - 1);
      else client.destroy();
    });
  }
}
