import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { startStack } from '../bench/stack.js';
import { OperatorError } from '../context.js';
import { positiveInteger } from '../option-values.js';
import { print, table } from '../output.js';
import { callersOf, post, type Demo } from './callers.js';
import { holdConnections } from './connections.js';
import { documentToFuzz } from './document.js';
import { ensureSchemathesis, runSchemathesis } from './schemathesis.js';
import { fuzzWebhooks } from './webhooks.js';

interface FuzzOptions {
  seconds: number;
  examples: number;
  seed: number;
  as: string[];
}

const WEBHOOK_ROUNDS = 20;
const IDLE = 10_000;
const SLOW = 20;
/** An answer that takes longer is none for who waits. */
const MOST_MS = 8_000;
const CASES = ['LIGHT_OFF', 'FOOTPATH', 'WATER_LEAK'];

async function fuzz({ seconds, examples, seed, as }: FuzzOptions): Promise<void> {
  const program = ensureSchemathesis();
  print('Starting a Pratikar to be fuzzed');
  const stack = await startStack();
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-fuzz-'));
  try {
    const demo: Demo = { url: stack.url, outbox: stack.outbox, accounts: stack.accounts };
    const callers = (await callersOf(demo)).filter(({ name }) => as.length === 0 || as.includes(name));
    const schema = join(folder, 'openapi.json');
    const document = await (await fetch(`${stack.url}/openapi.json`)).text();
    writeFileSync(schema, documentToFuzz(document, await someCases(demo)));
    const rows: string[][] = [['caller', 'kept to the document', 'test cases']];
    for (const { name, headers } of callers) {
      const { ok, output } = await runSchemathesis(program, {
        baseUrl: stack.url,
        schema,
        headers,
        examples,
        seconds,
        seed,
      });
      if (!ok) {
        print(`\nAs ${name}:\n${output}`);
        process.exitCode = 1;
      }
      rows.push([name, ok ? 'yes' : 'NO', /(\d+) generated/.exec(output)?.[1] ?? '']);
    }
    print(`\n${table(rows)}`);
    await nonsense(stack.url);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What no document describes: webhooks of providers, and connections that are no requests. */
async function nonsense(url: string): Promise<void> {
  const { sent, faults } = await fuzzWebhooks(url, WEBHOOK_ROUNDS);
  print(`\nWebhooks: ${sent} bodies that no provider sends, ${faults.length} answered as a fault of ours`);
  for (const fault of faults) print(`  ${fault}`);
  const { idle, slow, cutOff, slowestMs } = await holdConnections(url, IDLE, SLOW);
  print(`Connections: beside ${idle} idle ones the slowest answer took ${slowestMs.toFixed(0)} ms`);
  print(`             ${cutOff} of ${slow} that sent their head drop by drop were cut off`);
  if (faults.length > 0 || cutOff < slow || slowestMs > MOST_MS) process.exitCode = 1;
}

/** Numbers of cases of different departments. */
async function someCases(demo: Demo): Promise<string[]> {
  const account = demo.accounts.find(({ role }) => role === 'call_centre') ?? {};
  const { username, password } = account;
  const { token } = await post<{ token: string }>(demo, 'auth/login', { username, password });
  const numbers: string[] = [];
  for (const subCategory of CASES) {
    const body = { subCategory, ward: '91', description: 'To be fuzzed', citizen: { mobile: '9830012345' } };
    const headers = { Authorization: `Bearer ${token}` };
    numbers.push((await post<{ number: string }>(demo, 'grievances', body, headers)).number);
  }
  return numbers;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await new Command('fuzz')
  .description('asks every operation of the OpenAPI document for nonsense, as every kind of caller')
  .option('--seconds <n>', 'for each kind of caller', positiveInteger, 60)
  .option('--examples <n>', 'test cases for each operation', positiveInteger, 30)
  .option('--seed <n>', 'the same seed asks the same', positiveInteger, 1)
  .option('--as <caller...>', 'only these: nobody, citizen, lme, gro, tenant_admin, API key …', [])
  .action(fuzz)
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    print(error.message);
    process.exitCode = 1;
  });
