import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { answerUpdate, bare, empty, rateUpdate } from './bare.workflow.js';
import { cpuBetween, cpuSeconds, cpuSum, type CpuSeconds } from './cpu.js';
import { JsonPoster, measure, percentile, sum, type Measured } from './load.js';
import { mapValues } from './map-values.js';
import { startBareWorker, startStack, type Stack } from './stack.js';
import { print, table } from '../output.js';

const CONNECTIONS = 32;
const QUEUE = 'bench-bare';
const WARM_UP_SECONDS = 3;

export interface CoreOptions {
  /** Of each phase. */
  seconds: number;
  rounds: number;
}

type Phase = 'bareStarts' | 'registrations' | 'bareLifecycles' | 'lifecycles';
type Work = () => Promise<void>;
type Part = 'temporal' | 'api' | 'worker' | 'bareWorker' | 'client';

/** What a phase did, and the processor time it took until its last trace was worked off. */
interface Measurement extends Measured {
  cpu: CpuSeconds<Part>;
}

/**
 * What the product adds to bare Temporal, as ratios: phases of both alternate on the same server in the same run, so
 * that whatever else the machine does weighs on both alike.
 */
export async function benchCore({ seconds, rounds }: CoreOptions): Promise<void> {
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
    const pids: Record<Part, number> = { ...stack.pids, bareWorker: bareWorker.pid, client: process.pid };
    const phase = async (length: number, each: Work): Promise<Measurement> => {
      const before = cpuSeconds(pids);
      const measured = await measure(CONNECTIONS, length, each);
      await baseline.settle();
      await product.settle();
      return { ...measured, cpu: cpuBetween(before, cpuSeconds(pids)) };
    };
    for (const each of Object.values(work)) await phase(WARM_UP_SECONDS, each);
    const measured: Record<Phase, Measurement[]> = {
      bareStarts: [],
      registrations: [],
      bareLifecycles: [],
      lifecycles: [],
    };
    for (let round = 1; round <= rounds; round++) {
      print(`Round ${round} of ${rounds}`);
      for (const [name, each] of Object.entries(work) as [Phase, Work][]) {
        measured[name].push(await phase(seconds, each));
      }
    }
    report(measured);
  } finally {
    poster.close();
    await bareWorker.stop();
    await connection.close();
    await stack.stop();
  }
}

class Baseline {
  private last: WorkflowHandle | null = null;

  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    this.last = await this.client.workflow.start(empty, { taskQueue: QUEUE, workflowId: `bench/${randomUUID()}` });
  }

  async live(): Promise<void> {
    const handle = await this.client.workflow.start(bare, { taskQueue: QUEUE, workflowId: `bench/${randomUUID()}` });
    this.last = handle;
    await handle.executeUpdate(answerUpdate, { args: ['Bulb replaced'] });
    await handle.executeUpdate(rateUpdate, { args: [5] });
  }

  /** Waits until the worker has caught up with what was started. */
  async settle(): Promise<void> {
    await this.last?.result();
    this.last = null;
  }
}

/** Callers ring the call centre, each with a number of their own; field officers of all boroughs answer. */
class Product {
  private caller = 0;

  private constructor(
    private readonly stack: Stack,
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
    return new Product(stack, poster, callCentre, officers);
  }

  async register(): Promise<void> {
    await this.lodge(this.nextOfficer().ward);
  }

  /** Registered, resolved, rated 5: closed as satisfied. */
  async live(): Promise<void> {
    const { token, ward } = this.nextOfficer();
    const number = await this.lodge(ward);
    await this.poster.post(`grievances/${number}/resolve`, { remarks: 'Bulb replaced' }, token);
    await this.poster.post(`grievances/${number}/rate`, { rating: 5 }, this.callCentre);
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

  /** Waits until every message has gone out, so that no phase pays for the one before. */
  async settle(): Promise<void> {
    for (let before = -1, now = this.stack.outboxBytes(); now !== before; now = this.stack.outboxBytes()) {
      before = now;
      await sleep(1_000);
    }
  }
}

function report(measured: Record<Phase, Measurement[]>): void {
  const totals = mapValues(measured, (parts) => ({ ...sum(parts), cpu: cpuSum(parts.map(({ cpu }) => cpu)) }));
  const perSecond = (phase: Phase): number => totals[phase].count / totals[phase].seconds;
  /** Milliseconds of processor time of these processes for one piece of work. */
  const cost = (phase: Phase, ...parts: Part[]): number =>
    (parts.reduce((total, part) => total + totals[phase].cpu[part], 0) * 1_000) / totals[phase].count;
  const ratios = {
    registrations: perSecond('registrations') / perSecond('bareStarts'),
    lifecycles: perSecond('lifecycles') / perSecond('bareLifecycles'),
    lifecycleCpu: cost('lifecycles', 'api', 'worker') / cost('bareLifecycles', 'client', 'bareWorker'),
  };
  const row = (name: string, phase: Phase): string[] => [
    name,
    perSecond(phase).toFixed(1),
    `${percentile(totals[phase].latencies, 0.5).toFixed(0)} ms`,
    `${percentile(totals[phase].latencies, 0.99).toFixed(0)} ms`,
    String(totals[phase].busy),
    ...(['temporal', 'api', 'worker', 'bareWorker', 'client'] as const).map((part) => cost(phase, part).toFixed(1)),
  ];
  print('');
  print('Load client, product and Temporal share this machine’s processors. CPU is in ms for one piece of work.');
  print('');
  print(
    table([
      [
        `${CONNECTIONS} at once`,
        'per second',
        'median',
        '99 %',
        'busy',
        'cpu: Temporal',
        'API',
        'worker',
        'bare worker',
        'client',
      ],
      row('bare start of an empty workflow', 'bareStarts'),
      row('registration over HTTP', 'registrations'),
      row('bare life: 3 activities, 2 updates, 2 timers', 'bareLifecycles'),
      row('life of a grievance over HTTP', 'lifecycles'),
    ]),
  );
  print('');
  print(
    table([
      ['ratio of the product to bare Temporal', 'measured', 'reach'],
      ['registrations per second', ratios.registrations.toFixed(2), '>= 0.9'],
      ['lives per second', ratios.lifecycles.toFixed(2), '>= 1.0'],
      ['processor time of API + worker for a life', ratios.lifecycleCpu.toFixed(2), '<= 1.5'],
    ]),
  );
  const rounded = (value: number): number => Number(value.toFixed(3));
  const json = {
    perSecond: mapValues(totals, (_, phase) => rounded(perSecond(phase))),
    cpuMs: mapValues(totals, ({ cpu }, phase) => mapValues(cpu, (_, part) => rounded(cost(phase, part)))),
    ratios: mapValues(ratios, rounded),
  };
  print(`\n${JSON.stringify(json)}`);
}
