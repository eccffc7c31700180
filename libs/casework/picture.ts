import exif from 'exif-reader';
import sharp from 'sharp';
import { CaseworkProblem } from './problem.js';

export interface Picture {
  mime: 'image/jpeg' | 'image/png' | 'image/webp';
  extension: 'jpg' | 'png' | 'webp';
  /** Re-encoded; holds nothing but pixels. */
  bytes: Buffer;
  /** Where it was taken, when the camera had written it down. */
  place: { lat: number; lon: number } | null;
}

/** 50 megapixels: above any telephone's camera, below what a small picture may unfold to in order to fill memory. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 2560;

const KINDS = [
  { format: 'jpeg', mime: 'image/jpeg', extension: 'jpg', magic: (b: Buffer) => b.readUIntBE(0, 3) === 0xffd8ff },
  { format: 'png', mime: 'image/png', extension: 'png', magic: (b: Buffer) => b.readUInt32BE(0) === 0x89504e47 },
  {
    format: 'webp',
    mime: 'image/webp',
    extension: 'webp',
    magic: (b: Buffer) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP',
  },
] as const;

/** What makes a file mean something else to another program than the picture it shows. */
const FOREIGN = [/%PDF-/i, /<\?php/i, /<script/i, /<html/i, /<!doctype/i, /<svg/i, /#!\/(usr\/)?bin/];
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ZIP_START = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/**
 * Takes a picture apart and makes a new one of its pixels: nothing but the picture itself survives.
 * @throws CaseworkProblem 415 for what is no picture or more than one, 422 for one that cannot be decoded
 */
export async function readPicture(bytes: Buffer): Promise<Picture> {
  const kind = bytes.length < 12 ? undefined : KINDS.find(({ magic }) => magic(bytes));
  if (!kind) throw refused('unsupported_media_type', 415, 'a picture: JPEG, PNG or WebP');
  if (isPolyglot(bytes)) throw refused('polyglot', 415, 'a picture that is nothing else beside');
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false, sequentialRead: true });
  try {
    const { exif: raw } = await image.metadata();
    const upright = image
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true });
    const encoded = kind.format === 'png' ? upright.png() : upright[kind.format]({ quality: 82 });
    return { mime: kind.mime, extension: kind.extension, bytes: await encoded.toBuffer(), place: placeOf(raw) };
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw refused(
      tooLarge ? 'too_many_pixels' : 'undecodable',
      422,
      tooLarge ? `a picture of at most ${MOST_PIXELS / 1_000_000} megapixels` : 'a picture that can be shown',
    );
  }
}

/** Beginnings and ends are where other formats look for themselves; pixels in between may hold any bytes by chance. */
function isPolyglot(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 4096);
  const tail = bytes.subarray(Math.max(0, bytes.length - 65_557));
  const tailText = tail.toString('latin1', Math.max(0, tail.length - 4096));
  if (FOREIGN.some((pattern) => pattern.test(head) || pattern.test(tailText))) return true;
  return tail.includes(ZIP_END) && bytes.includes(ZIP_START);
}

function placeOf(raw: Buffer | undefined): Picture['place'] {
  if (!raw) return null;
  try {
    const gps = exif(raw).GPSInfo;
    const lat = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef, 'S');
    const lon = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef, 'W');
    if (lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
    // Cameras without a fix write zeros.
    return lat === 0 && lon === 0 ? null : { lat, lon };
  } catch {
    return null;
  }
}

function degrees(parts: unknown, reference: unknown, negative: string): number | null {
  if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => Number.isFinite(part))) return null;
  const [d, m, s] = parts as [number, number, number];
  const value = Math.round((d + m / 60 + s / 3600) * 1e6) / 1e6;
  return reference === negative ? -value : value;
}

function refused(code: string, status: 415 | 422, expected: string): CaseworkProblem {
  return new CaseworkProblem({
    status,
    code: status === 415 ? 'unsupported_media_type' : 'validation',
    detail: `The file is refused; expected ${expected}.`,
    errors: [{ field: 'file', problem: code, expected }],
  });
}
