import sharp from 'sharp';
import { readPicture } from './picture.js';

const pixels = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } });

/** A photograph as a telephone takes it: turned, with place and maker written into it. */
function photograph(): Promise<Buffer> {
  return pixels()
    .withExif({
      IFD0: { Make: 'Telephone', Orientation: '6' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '22/1 34/1 2136/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '88/1 21/1 4992/100',
      },
    })
    .jpeg()
    .toBuffer();
}

describe('pictures', () => {
  it('read the place, then keep nothing but the picture', async () => {
    const { mime, bytes, place } = await readPicture(await photograph());
    expect(mime).toBe('image/jpeg');
    expect(place?.lat).toBeCloseTo(22.5726, 4);
    expect(place?.lon).toBeCloseTo(88.3639, 4);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.toString('latin1')).not.toContain('Telephone');
  });

  it('become smaller when they are larger than anybody looks at', async () => {
    const { bytes } = await readPicture(await pixels(4000, 1000).png().toBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 2560, height: 640 });
  });

  it.each([
    ['a text', Buffer.from('this is no picture at all')],
    ['nothing', Buffer.alloc(0)],
    ['a drawing that may hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a film', Buffer.from('GIF89a..............')],
  ])('%s is refused as no picture', async (_what, bytes) => {
    await expect(readPicture(bytes)).rejects.toMatchObject({ details: { status: 415 } });
  });

  it('that break off are refused', async () => {
    const whole = await photograph();
    await expect(readPicture(whole.subarray(0, whole.length >> 1))).rejects.toMatchObject({
      details: { status: 422, errors: [{ problem: 'undecodable' }] },
    });
  });

  it('that unfold to more than memory should hold are refused', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: 'black' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    await expect(readPicture(bomb)).rejects.toMatchObject({
      details: { status: 422, errors: [{ problem: 'too_many_pixels' }] },
    });
  }, 60_000);

  it.each([
    ['an archive behind it', Buffer.from('PK\u0003\u0004 evil PK\u0005\u0006'.padEnd(60), 'latin1')],
    ['a page behind it', Buffer.from('<html><script>alert(1)</script></html>')],
    ['a program behind it', Buffer.from('<?php system($_GET["c"]); ?>')],
  ])('with %s are refused', async (_what, tail) => {
    const polyglot = Buffer.concat([await photograph(), tail]);
    await expect(readPicture(polyglot)).rejects.toMatchObject({ details: { errors: [{ problem: 'polyglot' }] } });
  });
});
