import type { OpenAPIObject } from '@nestjs/swagger';
import { ANSWER_SCHEMAS, ANSWERS } from './answers.gen.js';

const JSON_TYPE = 'application/json';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Declares at every operation what its JSON looks like, from the types of the code that answers. */
export function declareAnswers(document: OpenAPIObject): OpenAPIObject {
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, ...ANSWER_SCHEMAS };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const { operationId = '', responses = {} } = item[method] ?? {};
      const schema = ANSWERS[operationId];
      const status = Object.keys(responses).find((code) => /^2\d\d$/.test(code));
      if (status === undefined) continue;
      const { description = '', content } = responses[status] as { description?: string; content?: object };
      if (!schema && !content) continue;
      // What is no JSON is a text or a file, whatever the type of the code that answers.
      const others = Object.keys(content ?? {}).filter((type) => type !== JSON_TYPE);
      const said = Object.fromEntries(others.map((type) => [type, { schema: { type: 'string' } }]));
      responses[status] = { description, content: { ...said, ...(schema && { [JSON_TYPE]: { schema } }) } };
    }
  }
  return document;
}
