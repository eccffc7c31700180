import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { OperatorError } from '../context.js';
import { print } from '../output.js';

/** The version whose findings are known; a newer one may find more. */
const VERSION = '4.32.5';

/** Path of the program, installed from PyPI into a cache of its own the first time. */
export function ensureSchemathesis(): string {
  const folder = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'pratikar',
    `schemathesis-${VERSION}`,
  );
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  print(`Installing schemathesis ${VERSION}`);
  mkdirSync(folder, { recursive: true });
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`],
  ] as const) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    // A half-made one would be taken for whole the next time.
    rmSync(folder, { recursive: true, force: true });
    const reason = error?.message ?? stderr.trim().split('\n').at(-1);
    throw new OperatorError(`schemathesis could not be installed (${reason}): it needs python3 with venv and PyPI`);
  }
  return program;
}

export interface FuzzRun {
  baseUrl: string;
  /** File of the OpenAPI document. */
  schema: string;
  headers: Readonly<Record<string, string>>;
  /** Test cases for each operation, and seconds for all of them. */
  examples: number;
  seconds: number;
  seed: number;
}

/** Neither a fault of ours, nor a status, a type or a body that the document does not promise. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** @returns what it printed, and whether everything kept to the document */
export function runSchemathesis(
  program: string,
  { baseUrl, schema, headers, examples, seconds, seed }: FuzzRun,
): Promise<{ ok: boolean; output: string }> {
  const args = [
    ...['run', schema, '--url', baseUrl, '--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing', '--max-examples', String(examples), '--max-time', String(seconds)],
    ...['--seed', String(seed), '--workers', '2', '--continue-on-failure', '--no-shrink', '--request-timeout', '30'],
    ...['--suppress-health-check', 'all', '--warnings', 'off', '--generation-database', 'none', '--no-color'],
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
  ];
  return new Promise((resolve, reject) => {
    // It leaves a cache where it runs.
    const child = spawn(program, args, { cwd: dirname(schema), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    // It also ends with an error of its own where a case fails the first time only; what it found is told as failures.
    child.once('close', () => resolve({ ok: /Tested: \d/.test(output) && !/^Failures:/m.test(output), output }));
  });
}
