/** A conversation in lines over a connection: what comes in is bounded in length, in number and in time. */
import type { Socket } from 'node:net';
import { type ByteLimits, openBytes } from './bytes.ts';

export interface LineLimits extends ByteLimits {
  /** Longest line, bytes. */
  line: number;
}

export interface Lines {
  write(text: string): void;
  /** The next line without its end, or undefined once the other side has closed. Throws `Unanswered`. */
  next(): Promise<string | undefined>;
  close(): void;
}

/** @param socket connected; owned from here on */
export function openLines(socket: Socket, limits: LineLimits): Lines {
  const bytes = openBytes(socket, { piece: 'line', ...limits });
  return {
    write: bytes.write,
    close: bytes.close,
    async next() {
      const line = await bytes.take((buffered) => {
        const end = buffered.indexOf(0x0a);
        return end < 0 ? undefined : end + 1;
      }, limits.line);
      return line?.toString('utf8').replace(/\r?\n$/, '');
    },
  };
}
