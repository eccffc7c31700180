import { readFile } from 'node:fs/promises';
import { answersSource } from './generate-answers.mjs';

it('the OpenAPI document describes answers as the controllers have them: else node apps/api/docs/generate-answers.mjs', async () => {
  expect(await readFile('apps/api/docs/answers.gen.ts', 'utf8')).toBe(await answersSource());
}, 120_000);
