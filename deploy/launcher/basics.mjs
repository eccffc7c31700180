/**
 * The few settings the launcher needs before anything is installed or built. The full check is `loadSettings`; it runs
 * as soon as there is a build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT, Trouble } from './prepare.mjs';

const SETTING = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/;

/** @returns environment for the parts, and the basics: host, port, dataDir (absolute), and what is embedded. */
export function readBasics(environment = process.env) {
  const env = { ...readDotEnv(join(ROOT, '.env')), ...environment };
  const port = env.PORT?.trim() || '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Trouble(`PORT: "${port}" is no such number; expected a whole number from 0 to 65535`);
  }
  const dataDir = resolve(ROOT, env.DATA_DIR?.trim() || '.data');
  return {
    env: { ...env, DATA_DIR: dataDir },
    host: env.HOST?.trim() || '127.0.0.1',
    port: Number(port),
    dataDir,
    temporalEmbedded: !env.TEMPORAL_ADDRESS?.trim(),
    namespace: env.TEMPORAL_NAMESPACE?.trim() || 'default',
  };
}

function readDotEnv(path) {
  if (!existsSync(path)) return {};
  const text = readFileSync(path, 'utf8');
  // A quoted value may run over several lines; then only the full check can tell what is wrong.
  if (!/["'`]/.test(text)) {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (/^\s*(#|$)/.test(line) || SETTING.test(line)) continue;
      throw new Trouble(`${relative(ROOT, path)}: line ${index + 1} is not a setting; expected NAME=value`);
    }
  }
  return parseEnv(text);
}

/** The host as a client on this machine reaches it. */
export function reachable(host) {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::' || host === '[::]') return '[::1]';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
