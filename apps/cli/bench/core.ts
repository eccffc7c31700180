import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { answerUpdate, bare, empty, rateUpdate } from './bare.workflow.js';
import { cpuBetween, cpuSeconds, cpuSum, type CpuSeconds } from './cpu.js';
import { BusyError, JsonPoster, measure, percentile, sum, type Measured } from './load.js';
import { ratio, type Result } from './reach.js';
import { mapValues } from './map-values.js';
import { startBareWorker, startStack, type Stack } from './stack.js';
import { print, table } from '../output.js';

const CONNECTIONS = 32;
const QUEUE = 'bench-bare';
/** Compilers of both sides have to be done with what runs often: a server in service is warm. */
const WARM_UP_SECONDS = 8;

export interface CoreOptions {
  /** Of each phase. */
  seconds: number;
  rounds: number;
}

type Phase = 'bareStarts' | 'registrations' | 'bareLifecycles' | 'lifecycles';
type Work = () => Promise<void>;
const PARTS = ['temporal', 'api', 'worker', 'bareWorker', 'client'] as const;
type Part = (typeof PARTS)[number];

/** What a phase did, and the processor time it took until its last trace was worked off. */
interface Measurement extends Measured {
  /** Until the last answer; `seconds` is until the last message or activity of the lives. */
  answeredIn: number;
  cpu: CpuSeconds<Part>;
}

/**
 * What the product adds to bare Temporal, as ratios: phases of both alternate on the same server in the same run, so
 * that whatever else the machine does weighs on both alike.
 */
export async function benchCore({ seconds, rounds }: CoreOptions): Promise<Result[]> {
  print('Starting a Pratikar for the measurement');
  const stack = await startStack();
  const bareWorker = await startBareWorker(stack.temporalAddress, QUEUE);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const poster = new JsonPoster(stack.url, CONNECTIONS);
  try {
    const product = await Product.create(stack, poster);
    const baseline = new Baseline(new Client({ connection }));
    const work: Record<Phase, Work> = {
      bareStarts: () => baseline.start(),
      registrations: () => product.register(),
      bareLifecycles: () => baseline.live(),
      lifecycles: () => product.live(),
    };
    /** When the last trace of the lives was left, epoch ms; other work is over with its answer. */
    const endOf: Partial<Record<Phase, () => number | Promise<number>>> = {
      bareLifecycles: () => bareWorker.lastNotedAt(),
      lifecycles: () => stack.lastSaidAt(),
    };
    const pids: Record<Part, number> = { ...stack.pids, bareWorker: bareWorker.pid, client: process.pid };
    const phase = async (name: Phase, length: number): Promise<Measurement> => {
      const before = cpuSeconds(pids);
      const begin = Date.now();
      const measured = await measure(CONNECTIONS, length, work[name]);
      await stack.settled();
      const cpu = cpuBetween(before, cpuSeconds(pids));
      const end = await endOf[name]?.();
      const seconds = end === undefined ? measured.seconds : Math.max(measured.seconds, (end - begin) / 1_000);
      return { ...measured, answeredIn: measured.seconds, seconds, cpu };
    };
    const phases = Object.keys(work) as Phase[];
    for (const name of phases) await phase(name, WARM_UP_SECONDS);
    const measured: Record<Phase, Measurement[]> = {
      bareStarts: [],
      registrations: [],
      bareLifecycles: [],
      lifecycles: [],
    };
    for (let round = 1; round <= rounds; round++) {
      print(`Round ${round} of ${rounds}`);
      for (const name of phases) measured[name].push(await phase(name, seconds));
    }
    return report(measured, product.busy);
  } finally {
    poster.close();
    await bareWorker.stop();
    await connection.close();
    await stack.stop();
  }
}

class Baseline {
  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    await this.client.workflow.start(empty, { taskQueue: QUEUE, workflowId: `bench/${randomUUID()}` });
  }

  async live(): Promise<void> {
    const handle = await this.client.workflow.start(bare, { taskQueue: QUEUE, workflowId: `bench/${randomUUID()}` });
    await handle.executeUpdate(answerUpdate, { args: ['Bulb replaced'] });
    await handle.executeUpdate(rateUpdate, { args: [5] });
  }
}

/** Callers ring the call centre, each with a number of their own; field officers of all boroughs answer. */
class Product {
  /** Commands that had to be repeated. */
  busy = 0;
  private caller = 0;

  private constructor(
    private readonly poster: JsonPoster,
    private readonly callCentre: string,
    /** Tokens of the lighting inspectors with a ward of each. */
    private readonly officers: readonly { token: string; ward: string }[],
  ) {}

  static async create(stack: Stack, poster: JsonPoster): Promise<Product> {
    const login = async (account: Record<string, string> | undefined): Promise<string> => {
      const { username, password } = account ?? {};
      return (await poster.post<{ token: string }>('auth/login', { username, password })).token;
    };
    const inspectors = stack.accounts.filter((each) => /^LIGHT-LME-/.test(each['position'] ?? ''));
    const officers: { token: string; ward: string }[] = [];
    for (const inspector of inspectors) {
      const ward = /\d+/.exec(inspector['wards'] ?? '')?.[0];
      if (ward) officers.push({ token: await login(inspector), ward });
    }
    const callCentre = await login(stack.accounts.find((each) => each['role'] === 'call_centre'));
    return new Product(poster, callCentre, officers);
  }

  async register(): Promise<void> {
    await this.lodge(this.nextOfficer().ward);
  }

  /** Registered, resolved, rated 5: closed as satisfied. */
  async live(): Promise<void> {
    const { token, ward } = this.nextOfficer();
    const number = await this.lodge(ward);
    await this.command(`grievances/${number}/resolve`, { remarks: 'Bulb replaced' }, token);
    await this.command(`grievances/${number}/rate`, { rating: 5 }, this.callCentre);
  }

  /** Under one key until it is done, as an officer's browser does it when the server is busy. */
  private async command(path: string, body: object, token: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    for (;;) {
      try {
        await this.poster.send(`/api/v1/${path}`, JSON.stringify(body), headers);
        return;
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        this.busy += 1;
      }
    }
  }

  private nextOfficer(): { token: string; ward: string } {
    const officer = this.officers[this.caller % this.officers.length];
    if (!officer) throw new Error('The demo masters have no lighting inspector');
    return officer;
  }

  private async lodge(ward: string): Promise<string> {
    const mobile = String(9_100_000_000 + this.caller++);
    const body = { subCategory: 'LIGHT_OFF', ward, description: 'The street light is off', citizen: { mobile } };
    return (await this.poster.post<{ number: string }>('grievances', body, this.callCentre)).number;
  }
}

function report(measured: Record<Phase, Measurement[]>, busy: number): Result[] {
  const totals = mapValues(measured, (parts) => ({
    ...sum(parts),
    answeredIn: parts.reduce((total, { answeredIn }) => total + answeredIn, 0),
    cpu: cpuSum(parts.map(({ cpu }) => cpu)),
  }));
  const perSecond = (phase: Phase): number => totals[phase].count / totals[phase].seconds;
  const answeredPerSecond = (phase: Phase): number => totals[phase].count / totals[phase].answeredIn;
  /** Milliseconds of processor time of these processes for one piece of work. */
  const cost = (phase: Phase, ...parts: Part[]): number =>
    (parts.reduce((total, part) => total + totals[phase].cpu[part], 0) * 1_000) / totals[phase].count;
  const row = (name: string, phase: Phase): string[] => [
    name,
    String(totals[phase].count),
    `${percentile(totals[phase].latencies, 0.5).toFixed(0)} ms`,
    `${percentile(totals[phase].latencies, 0.99).toFixed(0)} ms`,
    ...PARTS.map((part) => cost(phase, part).toFixed(1)),
  ];
  print('');
  print(`${CONNECTIONS} at once. Load client, product and Temporal share the processors of this machine.`);
  print('');
  print(
    table([
      ['', 'done', 'median', '99 %', 'ms of processor: Temporal', 'API', 'worker', 'bare worker', 'client'],
      row('bare start of an empty workflow', 'bareStarts'),
      row('registration', 'registrations'),
      row('bare life: 3 activities, 2 updates, 2 timers', 'bareLifecycles'),
      row('life of a grievance', 'lifecycles'),
    ]),
  );
  print(`Commands repeated because the server was busy: ${busy}`);
  return [
    ratio('registrations over HTTP', 'a second', perSecond('registrations'), perSecond('bareStarts'), {
      atLeast: 0.9,
    }),
    ratio('lives, messages delivered', 'a second', perSecond('lifecycles'), perSecond('bareLifecycles'), {
      atLeast: 1,
    }),
    ratio('lives, all answers given', 'a second', answeredPerSecond('lifecycles'), answeredPerSecond('bareLifecycles')),
    ratio(
      'processor time of API + worker for a life',
      'ms',
      cost('lifecycles', 'api', 'worker'),
      cost('bareLifecycles', 'client', 'bareWorker'),
      { atMost: 1.5 },
    ),
  ];
}
