/**
 * Reads the small text files in which a kernel says what it knows. Bounded in size, never writes, and tells "not there"
 * from "not allowed".
 */
import { open } from 'node:fs/promises';

export type KernelText =
  | { state: 'read'; text: string }
  | { state: 'absent' }
  | { state: 'denied' }
  | { state: 'failed'; reason: string };

const limit = 65_536;

export async function readKernelFile(path: string, bytes = limit): Promise<KernelText> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(bytes);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, bytes - length, null);
        length += bytesRead;
        if (bytesRead === 0 || length === bytes) break;
      }
      return { state: 'read', text: buffer.toString('utf8', 0, length).trim() };
    } finally {
      await file.close();
    }
  } catch (error) {
    return classify(error);
  }
}

/** The text of a kernel file, or nothing for whatever reason. */
export async function kernelText(path: string): Promise<string | undefined> {
  const answer = await readKernelFile(path);
  return answer.state === 'read' ? answer.text : undefined;
}

function classify(error: unknown): KernelText {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ENXIO') return { state: 'absent' };
  if (code === 'EACCES' || code === 'EPERM') return { state: 'denied' };
  return { state: 'failed', reason: code || String(error) };
}
