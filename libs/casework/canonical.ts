import { createHash } from 'node:crypto';

/** JSON with sorted keys, so that the same request sent by two clients has one hash. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 40);
}

/** Hash of what was asked for: the command and its body. */
export function bodyHash(command: string, body: unknown): string {
  return hashOf(command, canonicalJson(body ?? {}));
}

/** Two people may choose the same key without meeting each other's requests. */
export function keyHash(actor: string, key: string): string {
  return hashOf(actor, key);
}
