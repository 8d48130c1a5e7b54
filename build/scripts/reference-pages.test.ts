import { expect, test } from 'vitest';
import { catalogue } from '#domain/failures/catalogue.ts';
import { driftedPages, referencePages } from './reference-pages.ts';

test('the pages of failures and commands are what the program says (npm run docs)', async () => {
  expect(await driftedPages()).toEqual([]);
});

test('every command says what it does, shows an example, and lists how it can end', async () => {
  for (const [path, text] of await referencePages()) {
    if (!path.includes('/cli/') || path.endsWith('README.md')) continue;
    for (const part of ['Usage: gaib-onboard ', 'Examples:', 'Exit status:']) expect(text, path).toContain(part);
  }
});

test('every exit status belongs to one failure', () => {
  const statuses = Object.values(catalogue).map(({ exit }) => exit);
  expect(new Set(statuses).size).toBe(statuses.length);
});
