/**
 * The app's icons: which there are, and the containers of Windows (ICO) and macOS (ICNS), both of which hold PNG as it is.
 * They are drawn from the page's one SVG by test/e2e/draw-icons.ts.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const iconSource = join(root, 'renderer/public/icon.svg');
export const iconFolder = join(root, 'build/icons');

export const pngSizes = [16, 32, 48, 64, 128, 256, 512, 1024] as const;
const icoSizes = [16, 32, 48, 256] as const;
/** Types of Apple's icon container that take PNG, and the pixels of each. */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

export type Images = ReadonlyMap<number, Buffer>;

/** Says of which SVG the icons are. */
export function iconDigest(): string {
  return createHash('sha256').update(readFileSync(iconSource)).digest('hex');
}

/** https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10): a directory, then the images. */
export function icoOf(images: Images): Buffer {
  const parts = icoSizes.map((size) => imageOf(images, size));
  const head = Buffer.alloc(6 + 16 * parts.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(parts.length, 4);
  let offset = head.length;
  for (const [at, image] of parts.entries()) {
    const size = icoSizes[at] ?? 0;
    const entry = 6 + 16 * at;
    // A byte holds up to 255; 0 stands for 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return Buffer.concat([head, ...parts]);
}

/** `icns`, the length of all, then type, length and image of each; lengths count their own eight bytes. */
export function icnsOf(images: Images): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(icnsTypes.map(([type, size]) => chunk(type, imageOf(images, size)))));
}

function imageOf(images: Images, size: number): Buffer {
  const image = images.get(size);
  if (image === undefined) throw new Error(`there is no image of ${size} pixels`);
  return image;
}
