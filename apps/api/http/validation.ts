import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { CaseworkProblem } from '#libs/casework/problem';
import type { FieldProblem } from '#libs/domain/case/types';

const PROBLEMS: Readonly<Record<string, string>> = {
  isString: 'wrong_type',
  isArray: 'wrong_type',
  isObject: 'wrong_type',
  isNumber: 'wrong_type',
  isInt: 'wrong_type',
  isIn: 'unknown',
  isLength: 'out_of_range',
  arrayMinSize: 'required',
  arrayMaxSize: 'too_long',
  matches: 'invalid',
};

/** Checks bodies against their classes and tells every field that is wrong, how, and what was expected. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    stopAtFirstError: false,
    exceptionFactory: (errors) => CaseworkProblem.invalid(errors.flatMap((error) => problemsOf(error))),
  });
}

function problemsOf(error: ValidationError, path = ''): FieldProblem[] {
  const field = `${path}${error.property}`;
  const [constraint] = Object.keys(error.constraints ?? {}).sort(
    (a, b) => Number(b.startsWith('is')) - Number(a.startsWith('is')),
  );
  const own: FieldProblem[] = [];
  if (constraint !== undefined) {
    const absent = error.value === undefined || error.value === null || error.value === '';
    own.push({
      field,
      problem: absent ? 'required' : (PROBLEMS[constraint] ?? 'invalid'),
      expected: expectedOf(error, constraint),
    });
  }
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, `${field}.`))];
}

function expectedOf(error: ValidationError, constraint: string): string {
  const context = error.contexts?.[constraint] as { expected?: string } | undefined;
  return context?.expected ?? error.constraints?.[constraint] ?? 'another value';
}
