/** What comes in on a connection, bounded in length and in time, taken piece by piece. */
import type { Socket } from 'node:net';
import { endpoint, Unanswered, unansweredBy } from './connect.ts';

export interface ByteLimits {
  /** All that may come in on this connection, bytes. */
  total: number;
  /** How long one piece may take, milliseconds. */
  ms: number;
  /** What a piece is called in sentences; `answer` where left out. */
  piece?: string;
}

export interface Bytes {
  write(bytes: string | Uint8Array): void;
  /**
   * The next piece: as many bytes as `length` says of what has come in so far, once it says a number. Undefined when the
   * other side closed before. A piece longer than `longest` is nonsense. Throws `Unanswered`.
   */
  take(length: (buffered: Buffer) => number | undefined, longest: number): Promise<Buffer | undefined>;
  /** Exactly so many bytes. */
  read(length: number): Promise<Buffer | undefined>;
  close(): void;
}

/** @param socket connected; owned from here on */
export function openBytes(socket: Socket, limits: ByteLimits): Bytes {
  const where = endpoint(socket.remoteAddress ?? 'the target', socket.remotePort ?? 0);
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { piece: called = 'answer' } = limits;
  let buffered = Buffer.alloc(0);
  let total = 0;
  let ended = false;

  function give(outcome: 'timeout' | 'nonsense', sentence: string): never {
    socket.destroy();
    throw new Unanswered(outcome, `${where} ${sentence}`);
  }

  async function more(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), limits.ms);
    try {
      const next = await Promise.race([chunks.next(), late]);
      if (next === 'late') return give('timeout', `stopped answering: no ${called} within ${limits.ms / 1000} s.`);
      if (next.done === true) {
        ended = true;
        return;
      }
      total += next.value.length;
      if (total > limits.total) give('nonsense', `said more than ${limits.total} bytes.`);
      buffered = Buffer.concat([buffered, next.value]);
    } catch (error) {
      socket.destroy();
      throw unansweredBy(error, where);
    } finally {
      clearTimeout(timer);
    }
  }

  async function take(length: (buffered: Buffer) => number | undefined, longest: number): Promise<Buffer | undefined> {
    const deadline = performance.now() + limits.ms;
    for (;;) {
      const whole = length(buffered);
      if ((whole ?? 0) > longest) give('nonsense', `said a ${called} of more than ${longest} bytes.`);
      if (whole !== undefined && whole <= buffered.length) {
        const piece = buffered.subarray(0, whole);
        buffered = buffered.subarray(whole);
        return piece;
      }
      if (buffered.length > longest) give('nonsense', `said a ${called} of more than ${longest} bytes.`);
      if (ended) return undefined;
      // One byte now and then keeps a connection busy for ever: the piece as a whole has a limit too.
      if (performance.now() > deadline) give('timeout', `drips: no whole ${called} within ${limits.ms / 1000} s.`);
      await more();
    }
  }

  return {
    write: (bytes) => void socket.write(bytes),
    take,
    read: (length) => take(() => length, length + limits.total),
    close: () => void socket.destroy(),
  };
}
