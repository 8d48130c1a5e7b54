/**
 * `npm run package`: packs the desktop app into release/ as electron-builder.yml says. Without words it packs a folder for
 * this system and reaches nothing; with the names of targets (deb AppImage …) it makes those, for which electron-builder
 * fetches tools of its own. Electron's program is taken from where it is installed, and is never fetched from here.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, Platform } from 'electron-builder';
import { installedElectron } from '../../main/hosts/electron/start.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface PackOptions {
  /** Folder of Electron's program. */
  electronDist: string;
  output: string;
  /** `dir` packs a folder only. */
  targets: string[];
}

/** Packs dist/ as it is, for this system. */
export async function pack({ electronDist, output, targets }: PackOptions): Promise<void> {
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets),
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist,
      directories: { output },
      // Electron's own example app, which would open where ours were missing.
      afterPack: ({ packager, appOutDir }) =>
        rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true }),
    },
  });
}

async function main(words: string[]): Promise<number> {
  const electron = installedElectron();
  if (electron === undefined) {
    console.error("✗ Electron's program is not installed here.\n  to do     npx install-electron, which fetches it");
    return 1;
  }
  if (!existsSync(join(root, 'dist/electron/shell.js'))) {
    console.error('✗ The program is not built.\n  to do     npm run build');
    return 1;
  }
  const targets = words.length === 0 ? ['dir'] : words;
  await pack({ electronDist: electron.distribution, output: join(root, 'release'), targets });
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
