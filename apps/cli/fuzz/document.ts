import { mapValues } from '../bench/map-values.js';

/** Of an OpenAPI document, what is changed before it drives the fuzzing. */
interface Document {
  servers?: unknown;
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters?: Parameter[];
}
interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema?: object;
}

/**
 * Routes that would end the fuzzing itself: they log the caller out, change the password they log in by, or hold the
 * connection open on purpose.
 */
const LEFT_OUT = [/\/auth\/logout$/, /\/auth\/password$/, /\/users\/\{username\}\/password$/, /\/events$/];

/** With the number of a real case among what is tried, so that not every request ends at "no such case". */
export function documentToFuzz(text: string, numbers: readonly string[]): string {
  const { servers: _elsewhere, paths, ...document } = JSON.parse(text) as Document;
  const fuzzed = Object.entries(paths)
    .filter(([path]) => !LEFT_OUT.some((left) => left.test(path)))
    .map(([path, operations]) => [
      path,
      mapValues(operations, (operation) => ({
        ...operation,
        parameters: operation.parameters?.flatMap((parameter) => toFuzz(parameter, numbers)) ?? [],
      })),
    ]);
  return JSON.stringify({ ...document, paths: Object.fromEntries(fuzzed) as unknown });
}

function toFuzz(parameter: Parameter, numbers: readonly string[]): Parameter[] {
  const text = { type: 'string', maxLength: 60 };
  if (parameter.name === 'number')
    return [{ ...parameter, schema: { anyOf: [{ type: 'string', enum: numbers }, text] } }];
  // The list names its many filters in the words of one parameter: `ward, overdue, sla (met, missed, decided)`.
  if (parameter.name !== 'filters') return [parameter];
  const names = (parameter.description ?? '').replace(/\([^)]*\)/g, '').split(',');
  return names.map((name) => ({ in: 'query', name: name.trim(), schema: text }));
}
