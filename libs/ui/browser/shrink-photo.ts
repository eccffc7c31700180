import { exifOf, withExif } from '../exif.js';

/** Pixels: enough to read a meter or a house number, a tenth of what a telephone's camera gives. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.82;
/** Below this a photo travels as it is. */
const SMALL_BYTES = 400_000;

/**
 * A photo as it is sent from a telephone: at most 1600 pixels wide or high, JPEG, still knowing where and when it was
 * taken. What is no picture to this browser, or would not become smaller, comes back as it was.
 */
export async function shrinkPhoto(file: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || file.size <= SMALL_BYTES) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const small = await drawn(picture);
    picture.close();
    if (!small || small.size >= file.size) return file;
    const exif = file.type === 'image/jpeg' ? exifOf(new Uint8Array(await file.arrayBuffer())) : null;
    const bytes = new Uint8Array(await small.arrayBuffer());
    const kept = exif ? withExif(bytes, exif) : bytes;
    const name = file.name.replace(/\.\w+$/, '') || 'photo';
    return new File([kept as Uint8Array<ArrayBuffer>], `${name}.jpg`, {
      type: 'image/jpeg',
      lastModified: file.lastModified,
    });
  } catch {
    return file;
  }
}

function drawn(picture: ImageBitmap): Promise<Blob | null> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(null);
  // JPEG knows no transparency, and black is what would show in its place.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
}
