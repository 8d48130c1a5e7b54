/** The settings of a home, in one file a person can read. A file that cannot be read counts as no file, and is kept. */
import { readFileSync } from 'node:fs';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { type Settings, settings } from '#domain/settings.ts';

export function readSettings(path: string): Settings {
  try {
    const parsed = settings.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : settings.parse({});
  } catch {
    return settings.parse({});
  }
}

/** @throws the file system's error, which the failure catalogue knows */
export async function writeSettings(path: string, changed: Settings): Promise<void> {
  await replaceFile(path, `${JSON.stringify(changed, null, 2)}\n`, { mode: 0o644 });
}
