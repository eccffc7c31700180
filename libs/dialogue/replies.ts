import type { ChatButton, ChatContent, ChatRow } from '#libs/contracts/chat';

/** What messengers show at most: rows and buttons in number, the rest in UTF-16 units. */
export const LIMITS = {
  text: 4096,
  body: 1024,
  rows: 10,
  buttons: 3,
  rowTitle: 24,
  rowDescription: 72,
  button: 20,
} as const;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts between letters as they are read, so that no vowel sign is torn off. */
export function fit(text: string, limit: number): string {
  const whole = text.trim();
  if (whole.length <= limit) return whole;
  let kept = '';
  for (const { segment } of graphemes.segment(whole)) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export function text(body: string): ChatContent {
  return { kind: 'text', body: fit(body, LIMITS.text) };
}

export function place(body: string): ChatContent {
  return { kind: 'place', body: fit(body, LIMITS.body) };
}

export function buttons(body: string, ...choices: readonly ChatButton[]): ChatContent {
  return {
    kind: 'buttons',
    body: fit(body, LIMITS.body),
    buttons: choices.slice(0, LIMITS.buttons).map(({ id, title }) => ({ id, title: fit(title, LIMITS.button) })),
  };
}

/** A row whose title must be cut says the whole of it below. */
export function list(body: string, open: string, rows: readonly ChatRow[]): ChatContent {
  return {
    kind: 'list',
    body: fit(body, LIMITS.body),
    open: fit(open, LIMITS.button),
    rows: rows.slice(0, LIMITS.rows).map(({ id, title, description }) => {
      const short = fit(title, LIMITS.rowTitle);
      const below = description ?? (short === title.trim() ? undefined : title);
      return { id, title: short, ...(below ? { description: fit(below, LIMITS.rowDescription) } : {}) };
    }),
  };
}

/** Buttons while they are few, else a list. */
export function choices(body: string, open: string, rows: readonly ChatRow[]): ChatContent {
  return rows.length <= LIMITS.buttons && rows.every(({ title }) => title.length <= LIMITS.button)
    ? buttons(body, ...rows)
    : list(body, open, rows);
}
