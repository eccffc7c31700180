import { fastify } from 'fastify';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: Schema }>> }>>;
}
interface Document {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}
interface Judge {
  (body: unknown): boolean;
  errors?: { instancePath: string; message?: string; params: object }[] | null;
}
type Compile = (schema: Schema) => Judge;

/** Holds answers against the OpenAPI document of the server that gave them. */
export class DocumentedAnswers {
  private readonly paths: { pattern: RegExp; placeholders: number; operations: Readonly<Record<string, Operation>> }[];
  private readonly judges = new Map<string, Judge>();
  private readonly schemas: Schema;

  private constructor(
    document: Document,
    private readonly compile: Compile,
  ) {
    this.schemas = closed(document.components.schemas) as Schema;
    this.paths = Object.entries(document.paths)
      .map(([path, operations]) => ({
        pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
        placeholders: path.split('{').length,
        operations,
      }))
      .sort((a, b) => a.placeholders - b.placeholders);
  }

  static async of(baseUrl: string): Promise<DocumentedAnswers> {
    const response = await fetch(`${baseUrl}/openapi.json`);
    return new DocumentedAnswers((await response.json()) as Document, await strictCompiler());
  }

  /** @throws Error when the document does not promise this answer; routes that it does not name may answer anything */
  hold(method: string, path: string, status: number, type: string, body: unknown): void {
    const [bare = ''] = path.split('?');
    const operation = this.paths.find(({ pattern }) => pattern.test(bare))?.operations[method.toLowerCase()];
    if (!operation) return;
    const answer = operation.responses[status];
    const what = `${method} ${path} answered ${status}`;
    if (!answer) throw new Error(`${what}, which its description does not know`);
    const schema = answer.content?.[type]?.schema;
    if (!schema) {
      if (type === 'application/json') throw new Error(`${what}, which its description knows without JSON`);
      return;
    }
    const key = JSON.stringify(schema);
    const judge =
      this.judges.get(key) ?? this.compile({ ...(closed(schema) as Schema), components: { schemas: this.schemas } });
    this.judges.set(key, judge);
    if (judge(body)) return;
    const faults = (judge.errors ?? []).map(
      (fault) => `${fault.instancePath} ${fault.message ?? ''} ${JSON.stringify(fault.params)}`,
    );
    throw new Error(`${what}, not as described: ${faults.join('; ')}\n${JSON.stringify(body)}`);
  }
}

/** A document leaves room for more; here every member has to stand in it. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const within = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const open = 'properties' in schema && !('additionalProperties' in schema) && (schema as Schema)['type'] === 'object';
  return open ? { ...within, additionalProperties: false } : within;
}

/** Fastify comes with a compiler of JSON Schema; as it is set up for servers it would mend what it should judge. */
async function strictCompiler(): Promise<Compile> {
  const customOptions = { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false } as const;
  const app = fastify({ ajv: { customOptions } });
  // Without a schema of its own a server makes no compiler.
  app.post('/', { schema: { body: { type: 'object' } } }, () => ({}));
  await app.ready();
  const { validatorCompiler } = app;
  if (!validatorCompiler) throw new Error('Fastify has no compiler of schemas');
  return (schema) => validatorCompiler({ schema, method: 'POST', url: '/', httpPart: 'body' }) as Judge;
}
