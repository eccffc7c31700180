const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const DOTS = '...';

/** One line, without control characters: a line break inside a variable breaks the match with the registered text. */
export function singleLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}

/**
 * At most `limit` UTF-16 units, cut where no character as a reader sees it (a conjunct, an emoji) is torn apart.
 * Three dots mark the cut: the one-character ellipsis would double the price of an English SMS.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > limit - DOTS.length) break;
    kept += segment;
  }
  return kept.trimEnd() + DOTS;
}
