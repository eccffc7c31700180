import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_TYPE } from '../http/problem-details.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const TEXT = { type: 'string' };

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: TEXT,
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; what clients switch on' },
    detail: { type: 'string', description: 'In the language of the reader' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'problem', 'expected'],
        properties: { field: TEXT, problem: TEXT, expected: TEXT },
      },
    },
    state: { type: 'string', description: 'Of the case, where the state forbids the command' },
    allowed: { type: 'array', items: TEXT, description: 'Commands that the caller may give now' },
  },
};

/** What any route may answer instead of what was asked for. */
const ANYWHERE: Readonly<Record<string, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is logged in, or the key is none',
  403: 'The role does not allow it',
  404: 'There is no such thing, or none that the caller may know of',
  406: 'None of the accepted formats is offered',
  422: 'What was sent does not fit; `errors` says where',
  429: 'Too many requests',
  503: 'A part is away; repeat it after `Retry-After` seconds',
};
const WITH_BODY: Readonly<Record<string, string>> = {
  409: 'The state of things does not allow it',
  413: 'The body is too large',
  415: 'The body is of another media type',
};
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Answers in the form of that standard. */
const OPEN311 = '/open311/';

/** Declares at every operation the problems that the filter makes of what is thrown, whatever the handler. */
export function declareProblems(document: OpenAPIObject): OpenAPIObject {
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) declare(operation, path, method === 'get' ? ANYWHERE : { ...ANYWHERE, ...WITH_BODY });
    }
  }
  return document;
}

function declare(operation: Operation, path: string, problems: Readonly<Record<string, string>>): void {
  const content = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const [status, description] of Object.entries(problems)) {
    operation.responses[status] ??= path.startsWith(OPEN311) ? { description } : { description, content };
  }
}
