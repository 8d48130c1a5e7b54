import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kernelText, readKernelFile } from './kernel-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-kernel-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('gives the text without its line end', async () => {
  writeFileSync(join(folder, 'class'), '0x030200\n');
  expect(await readKernelFile(join(folder, 'class'))).toEqual({ state: 'read', text: '0x030200' });
  expect(await kernelText(join(folder, 'class'))).toBe('0x030200');
});

test('tells what is not there from what cannot be read', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await readKernelFile(join(folder, 'none'))).toEqual({ state: 'absent' });
  expect(await readKernelFile(join(folder, 'file/below'))).toEqual({ state: 'absent' });
  expect(await readKernelFile(folder)).toEqual({ state: 'failed', reason: 'EISDIR' });
  expect(await kernelText(join(folder, 'none'))).toBeUndefined();
});

test('reads no further than its limit, also where there is no end', async () => {
  const answer = await readKernelFile('/dev/zero', 100);
  expect(answer.state === 'read' && answer.text.length).toBe(100);
});
