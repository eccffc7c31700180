/** First and last byte, counted from 0. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * The part of a file that a player asks for: without parts some play nothing at all. Null: the whole is asked for, or
 * several parts, which may be answered with the whole; `outside`: the file has no such part.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'outside' | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return null;
  const [, from = '', to = ''] = asked;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? 'outside' : { first, last };
}
