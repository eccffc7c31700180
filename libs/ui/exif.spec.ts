import exif from 'exif-reader';
import sharp from 'sharp';
import { exifOf, withExif } from './exif.js';

const blank = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#68b' } }).jpeg();

describe('what a photo knows of itself', () => {
  it('goes along to the smaller one, place and all, but turns it no second time', async () => {
    const taken = await blank()
      .withExif({
        IFD0: { Make: 'Camera', Orientation: '6' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '22/1 34/1 26/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '88/1 21/1 23/1',
        },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const segment = exifOf(taken);
    if (!segment) throw new Error('no segment');
    const { exif: raw, orientation, width } = await sharp(withExif(await blank().toBuffer(), segment)).metadata();
    expect({ orientation, width }).toEqual({ orientation: 1, width: 40 });
    expect(exif(raw ?? Buffer.alloc(0)).GPSInfo).toMatchObject({
      GPSLatitude: [22, 34, 26],
      GPSLongitude: [88, 21, 23],
    });
  });

  it('is nothing where the camera wrote nothing, or where the file is no photo', async () => {
    expect(exifOf(await blank().toBuffer())).toBeNull();
    expect(exifOf(await blank().png().toBuffer())).toBeNull();
    expect(exifOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]))).toBeNull();
    expect(exifOf(new Uint8Array())).toBeNull();
  });
});
