/**
 * Lengths of time as counts in 128 classes, each 13 % longer than the one before: the first ends at 10 s, the last begins
 * at a year and a half. Sums of such counts give quantiles to within 7 % whatever the number of cases.
 */
const CLASSES = 128;
const FIRST_ENDS_MS = 10_000;
const RATIO = 1.13;
const BYTES = 4;

export type Durations = Uint32Array;

export function noDurations(): Durations {
  return new Uint32Array(CLASSES);
}

export function classOf(ms: number): number {
  if (ms <= FIRST_ENDS_MS) return 0;
  return Math.min(CLASSES - 1, 1 + Math.floor(Math.log(ms / FIRST_ENDS_MS) / Math.log(RATIO)));
}

/** The length that stands for a class: its geometric middle. */
function lengthOf(index: number): number {
  return index === 0 ? FIRST_ENDS_MS / 2 : FIRST_ENDS_MS * RATIO ** (index - 0.5);
}

export function addInto(sum: Durations, more: Durations): void {
  for (let index = 0; index < CLASSES; index++) sum[index] = (sum[index] ?? 0) + (more[index] ?? 0);
}

/** The length that this share of the cases did not exceed, milliseconds; null without any. */
export function quantile(durations: Durations, share: number): number | null {
  const total = durations.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(total * share));
  let seen = 0;
  for (let index = 0; index < CLASSES; index++) {
    seen += durations[index] ?? 0;
    if (seen >= rank) return Math.round(lengthOf(index));
  }
  return null;
}

export function toBytes(durations: Durations): Buffer {
  const bytes = Buffer.alloc(CLASSES * BYTES);
  durations.forEach((count, index) => bytes.writeUInt32LE(count, index * BYTES));
  return bytes;
}

export function fromBytes(bytes: Uint8Array): Durations {
  const durations = noDurations();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < CLASSES && (index + 1) * BYTES <= bytes.byteLength; index++)
    durations[index] = view.getUint32(index * BYTES, true);
  return durations;
}
