/** Digits that a number cannot hold without changing them. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** JSON with integers of sixteen digits and more as text: ids of gateways are longer than a number is exact. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
  } catch {
    return undefined;
  }
}

/** What a gateway sent in query, form or JSON, by name; names count without regard to case. */
export class Fields {
  private readonly values = new Map<string, string>();

  /** @param json the body where it was JSON */
  constructor(
    entries: Iterable<readonly [string, string]>,
    readonly json?: unknown,
  ) {
    for (const [name, value] of entries) if (value.trim() !== '') this.values.set(name.toLowerCase(), value.trim());
    if (isRecord(json)) {
      for (const [name, value] of Object.entries(json)) {
        if (typeof value === 'string' || typeof value === 'number') this.values.set(name.toLowerCase(), String(value));
      }
    }
  }

  /** The first of these names that was sent. */
  text(...names: string[]): string | undefined {
    for (const name of names) {
      const value = this.values.get(name.toLowerCase());
      if (value !== undefined && value !== '') return value;
    }
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path such as `SMSMessage.Sid` or `sms.0.id`, as text. */
export function at(value: unknown, path: string): string | undefined {
  let found = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : undefined;
}
