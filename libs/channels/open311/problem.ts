import type { Document } from './document.js';

/** A refusal as the protocol knows it: an HTTP status that is also the code, and a sentence for a developer. */
export class Open311Problem extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 405 | 503 | 500 | 413 | 415,
    readonly descriptions: readonly string[],
  ) {
    super(descriptions.join(' '));
    this.name = 'Open311Problem';
  }

  static missing(parameter: string): Open311Problem {
    return new Open311Problem(400, [`${parameter} was not provided.`]);
  }

  static wrong(parameter: string, expected: string): Open311Problem {
    return new Open311Problem(400, [`${parameter} is not valid; expected ${expected}.`]);
  }

  static unknown(parameter: string): Open311Problem {
    return new Open311Problem(404, [`${parameter} provided was not found.`]);
  }

  document(): Document {
    return {
      root: 'errors',
      value: this.descriptions.map((description) => ({ code: this.status, description })),
    };
  }
}
