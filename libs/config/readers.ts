import { existsSync } from 'node:fs';
import { SettingsError } from './settings-error.js';
import type { Variable } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's trimmed value; an empty one counts as absent. */
export function optional(env: Environment, name: Variable): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

export function wholeNumber(env: Environment, name: Variable, absent: number, min: number, max: number): number {
  const text = optional(env, name);
  if (text === undefined) return absent;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new SettingsError(name, `"${text}" is no such number`, `a whole number from ${min} to ${max}`);
  return value;
}

const ON = ['on', 'true', '1', 'yes'];
const OFF = ['off', 'false', '0', 'no'];

export function onOff(env: Environment, name: Variable): boolean | undefined {
  const text = optional(env, name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (ON.includes(text)) return true;
  if (OFF.includes(text)) return false;
  throw new SettingsError(name, `"${text}" is neither`, '`on` or `off`');
}

export function oneOf<T extends string>(env: Environment, name: Variable, choices: readonly T[], absent: T): T {
  const text = optional(env, name)?.toLowerCase();
  if (text === undefined) return absent;
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new SettingsError(name, `"${text}" is not known`, `one of ${choices.join(', ')}`);
  return choice;
}

/** A URL with one of these schemes; what is wrong is told without repeating the value, which may hold a password. */
export function url(env: Environment, name: Variable, schemes: readonly string[], example: string): URL | undefined {
  const text = optional(env, name);
  if (text === undefined) return undefined;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed) throw new SettingsError(name, 'it is not a URL', example);
  if (!schemes.includes(parsed.protocol))
    throw new SettingsError(name, `the scheme "${parsed.protocol}//" is not supported`, example);
  return parsed;
}

export function list(env: Environment, name: Variable): string[] {
  return (optional(env, name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

export function existingFile(env: Environment, name: Variable): string | undefined {
  const path = optional(env, name);
  if (path !== undefined && !existsSync(path)) throw new SettingsError(name, `"${path}" does not exist`, 'a file');
  return path;
}

export function address(env: Environment, name: Variable): string | undefined {
  const text = optional(env, name);
  if (text === undefined) return undefined;
  if (!/^(\[[0-9a-f:]+\]|[a-z0-9._-]+):\d{1,5}$/i.test(text))
    throw new SettingsError(name, `"${text}" is no address`, 'host:port, such as 127.0.0.1:7233');
  return text;
}
