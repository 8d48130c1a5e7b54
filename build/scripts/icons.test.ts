import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsOf, iconDigest, iconFolder, icoOf, pngSizes } from './icons.ts';

const png = (size: number) => readFileSync(join(iconFolder, `${size}x${size}.png`));
const images = new Map(pngSizes.map((size) => [size, png(size)]));

test('the icons are those of the SVG as it is now (npm run icons)', () => {
  expect(readFileSync(join(iconFolder, 'source.sha256'), 'utf8').split(' ')[0]).toBe(iconDigest());
});

test('each PNG is as large as its name says', () => {
  for (const [size, image] of images) {
    // Signature, then the header chunk: width and height.
    expect(image.subarray(1, 4).toString()).toBe('PNG');
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([size, size]);
  }
});

test('the containers hold those very images', () => {
  const [ico, icns] = [readFileSync(join(iconFolder, 'icon.ico')), readFileSync(join(iconFolder, 'icon.icns'))];
  expect(ico.equals(icoOf(images))).toBe(true);
  expect(icns.equals(icnsOf(images))).toBe(true);
  const at = 6 + 16 * 3;
  expect(ico.subarray(ico.readUInt32LE(at + 12)).equals(png(256))).toBe(true);
  expect([icns.subarray(0, 4).toString(), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  expect(() => icoOf(new Map())).toThrow('16 pixels');
});
