/** One answer of the protocol, before its format is known. */
export interface Document {
  /** Root element in XML; JSON has none. */
  root: string;
  value: JsonValue;
}

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue | undefined };

export const FORMATS = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;
export type Format = keyof typeof FORMATS;

/** What one entry of a list is called in XML. */
const ENTRIES: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  service_request_updates: 'request_update',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};

export function write(document: Document, format: Format): string {
  if (format === 'json') return JSON.stringify(document.value);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(document.root, document.value)}\n`;
}

function element(name: string, value: JsonValue): string {
  if (value === null || value === '') return `<${name}/>`;
  if (isList(value)) {
    const entry = ENTRIES[name] ?? 'item';
    return `<${name}>${value.map((each) => element(entry, each)).join('')}</${name}>`;
  }
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const inside = Object.entries(value).map(([key, each]) => (each === undefined ? '' : element(key, each)));
  return `<${name}>${inside.join('')}</${name}>`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 cannot hold most control characters and half surrogates in any spelling: they are left out. */
function escaped(text: string): string {
  return text
    .replace(/[\ud800-\udfff]/gu, '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character: string) => ENTITIES[character] ?? '');
}
