import { editDistance, nameKey } from './text.js';

export type Found = { code: string } | { problem: 'unknown' | 'ambiguous'; expected: string };

const MOST_ANSWERS = 1_000;

/** Codes and the names people write instead of them. Exact but for case, spaces and punctuation; never a guess. */
export class Vocabulary {
  private readonly codes = new Map<string, string>();
  private readonly names = new Map<string, Set<string>>();
  private readonly answers = new Map<string, Found>();

  /** @param what in the message: `a department`, `a ward` */
  constructor(private readonly what: string) {}

  get size(): number {
    return this.codes.size;
  }

  add(code: string, names: readonly (string | null | undefined)[] = []): void {
    this.answers.clear();
    this.codes.set(code.toUpperCase(), code);
    for (const name of names) {
      const key = name ? nameKey(name) : '';
      if (key) this.names.set(key, (this.names.get(key) ?? new Set()).add(code));
    }
  }

  has(code: string): boolean {
    return this.codes.has(code.toUpperCase());
  }

  /** The code itself in any case, else what bears that name. */
  find(text: string): Found {
    let found = this.answers.get(text);
    if (!found) {
      found = this.lookUp(text);
      // The same few mistakes fill a file; searching for a near miss each time would take minutes.
      if (this.answers.size < MOST_ANSWERS) this.answers.set(text, found);
    }
    return found;
  }

  private lookUp(text: string): Found {
    const code = this.codes.get(text.trim().toUpperCase());
    if (code !== undefined) return { code };
    const [only, ...others] = this.names.get(nameKey(text)) ?? [];
    if (only === undefined) return { problem: 'unknown', expected: this.expectation(text) };
    if (others.length === 0) return { code: only };
    return { problem: 'ambiguous', expected: `the code: ${[only, ...others].sort().join(' or ')}` };
  }

  private expectation(text: string): string {
    const near = this.nearest(nameKey(text));
    return `the code or name of ${this.what}${near === null ? '' : `; did you mean ${near}?`}`;
  }

  /** A near miss is named to the reader, but never taken. */
  private nearest(key: string): string | null {
    const limit = Math.min(3, Math.floor(key.length / 4));
    if (limit === 0 || key.length > 80 || this.codes.size > 1_000) return null;
    let best: { code: string; distance: number } | null = null;
    const consider = (word: string, code: string): void => {
      const distance = editDistance(key, word, limit);
      if (distance <= limit && distance < (best?.distance ?? limit + 1)) best = { code, distance };
    };
    for (const [code, spelling] of this.codes) consider(code.toLowerCase(), spelling);
    for (const [name, codes] of this.names) for (const code of codes) consider(name, code);
    return (best as { code: string } | null)?.code ?? null;
  }
}
