import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SettingsError } from './settings-error.js';

const ASSIGNMENT = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(.*)$/;

/** Node's parser skips what it does not understand; a typing error must not silently mean "absent". */
function refuseBrokenLines(path: string, text: string): void {
  let openQuote: { mark: string; line: number } | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (openQuote) {
      if (line.includes(openQuote.mark)) openQuote = null;
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    const value = ASSIGNMENT.exec(line)?.[1];
    if (value === undefined) throw new SettingsError(path, `line ${index + 1} is not a setting`, 'NAME=value');
    const mark = value[0];
    if (mark && '"\'`'.includes(mark) && !value.slice(1).includes(mark)) openQuote = { mark, line: index + 1 };
  }
  if (openQuote)
    throw new SettingsError(path, `a quote opened on line ${openQuote.line} is never closed`, openQuote.mark);
}

/** The variables of a `.env` file; an absent file has none. Throws `SettingsError` on a line that is no setting. */
export function readEnvFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  refuseBrokenLines(path, text);
  return parseEnv(text) as Record<string, string>;
}
