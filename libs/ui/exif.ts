const START_OF_IMAGE = 0xffd8;
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
const HEADING = 'Exif\0\0';
const ORIENTATION = 0x0112;

/** The segment in which a JPEG says where and when it was taken; null: it has none. */
export function exifOf(jpeg: Uint8Array): Uint8Array | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (jpeg.length < 4 || view.getUint16(0) !== START_OF_IMAGE) return null;
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1];
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === START_OF_SCAN || end > jpeg.length) return null;
    const heading = String.fromCharCode(...jpeg.subarray(at + 4, at + 4 + HEADING.length));
    if (marker === APP1 && heading === HEADING) return jpeg.slice(at, end);
    at = end;
  }
  return null;
}

/** A JPEG whose pixels stand upright already, with the segment of the one it was made from. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array {
  const upright = segment.slice();
  setUpright(upright);
  const whole = new Uint8Array(jpeg.length + upright.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(upright, 2);
  whole.set(jpeg.subarray(2), 2 + upright.length);
  return whole;
}

/** Else whoever reads it would turn the picture a second time. */
function setUpright(segment: Uint8Array): void {
  const base = 4 + HEADING.length;
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  if (segment.length < base + 8) return;
  const little = view.getUint16(base) === 0x4949;
  const directory = base + view.getUint32(base + 4, little);
  if (directory + 2 > segment.length) return;
  const entries = view.getUint16(directory, little);
  for (let n = 0; n < entries; n++) {
    const entry = directory + 2 + n * 12;
    if (entry + 12 > segment.length) return;
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
  }
}
