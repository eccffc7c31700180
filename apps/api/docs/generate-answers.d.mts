/** What answers.gen.ts has to be. */
export function answersSource(): Promise<string>;
