/**
 * Draws the app's icons from the page's one SVG, with the Chromium that the browser specs bring. Run after the SVG changed:
 * npm run icons.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Images, icnsOf, iconDigest, iconFolder, iconSource, icoOf, pngSizes } from '../../build/scripts/icons.ts';
import { startBrowser } from './browser.ts';

async function draw(): Promise<Images> {
  const started = await startBrowser();
  if (!('browser' in started)) throw new Error(started.skip);
  const svg = readFileSync(iconSource).toString('base64');
  const images = new Map<number, Buffer>();
  try {
    for (const size of pngSizes) {
      const page = await started.browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(
        `<style>*{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="data:image/svg+xml;base64,${svg}">`,
      );
      images.set(size, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
  } finally {
    await started.browser.close();
  }
  return images;
}

const images = await draw();
mkdirSync(iconFolder, { recursive: true });
for (const [size, image] of images) writeFileSync(join(iconFolder, `${size}x${size}.png`), image);
writeFileSync(join(iconFolder, 'icon.ico'), icoOf(images));
writeFileSync(join(iconFolder, 'icon.icns'), icnsOf(images));
writeFileSync(join(iconFolder, 'source.sha256'), `${iconDigest()}  renderer/public/icon.svg\n`);
