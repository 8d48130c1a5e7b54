/**
 * The page's files, listed once. A request is answered from the list or not at all: no path is ever joined from what
 * somebody sent, so none can lead out of the folder. Links inside the folder are left out.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fail } from '#domain/failures/failure.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface PageFile {
  contentType: string;
  /** Whether the name carries the hash of the content, so that a browser may keep it. */
  lasting: boolean;
  read(): Promise<Buffer>;
}

export type PageFiles = ReadonlyMap<string, PageFile>;

/** Lists the built page. Throws `console.page_missing` where there is none. */
export async function listPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || !contentType) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(name, { contentType, lasting: name.startsWith('/assets/'), read: () => readFile(path) });
  }
  const index = files.get('/index.html');
  if (!index) fail('console.page_missing', { subject: join(folder, 'index.html') });
  return files.set('/', index);
}

/** The file a request's path names, if it is one of the list. */
export function pageFile(files: PageFiles, pathname: string): PageFile | undefined {
  try {
    return files.get(decodeURIComponent(pathname));
  } catch {
    return undefined;
  }
}
