/** A conversation in lines over a connection: what comes in is bounded in length, in number and in time. */
import type { Socket } from 'node:net';
import { endpoint, Unanswered, unansweredBy } from './connect.ts';

export interface LineLimits {
  /** Longest line, bytes. */
  line: number;
  /** All that may come in on this connection, bytes. */
  total: number;
  /** How long one line may take, milliseconds. */
  ms: number;
}

export interface Lines {
  write(text: string): void;
  /** The next line without its end, or undefined once the other side has closed. Throws `Unanswered`. */
  next(): Promise<string | undefined>;
  close(): void;
}

/** @param socket connected; owned from here on */
export function openLines(socket: Socket, limits: LineLimits): Lines {
  const where = endpoint(socket.remoteAddress ?? 'the target', socket.remotePort ?? 0);
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let buffered = Buffer.alloc(0);
  let total = 0;
  let ended = false;

  async function more(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Unanswered('timeout', `${where} stopped answering: no line within ${limits.ms / 1000} s.`)),
      limits.ms,
    );
    try {
      const { done, value } = await Promise.race([chunks.next(), late]);
      if (done === true) {
        ended = true;
        return;
      }
      total += value.length;
      if (total > limits.total) throw new Unanswered('nonsense', `${where} said more than ${limits.total} bytes.`);
      buffered = Buffer.concat([buffered, value]);
    } catch (error) {
      socket.destroy();
      throw unansweredBy(error, where);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    write: (text) => void socket.write(text),
    async next() {
      const deadline = performance.now() + limits.ms;
      for (;;) {
        const end = buffered.indexOf(0x0a);
        if (end >= 0) {
          const line = buffered.subarray(0, end).toString('utf8').replace(/\r$/, '');
          buffered = buffered.subarray(end + 1);
          return line;
        }
        if (buffered.length > limits.line) {
          socket.destroy();
          throw new Unanswered('nonsense', `${where} said a line of more than ${limits.line} bytes.`);
        }
        if (ended) return undefined;
        // One byte now and then keeps a connection busy for ever: the line as a whole has a limit too.
        if (performance.now() > deadline) {
          socket.destroy();
          throw new Unanswered('timeout', `${where} drips: no whole line within ${limits.ms / 1000} s.`);
        }
        await more();
      }
    },
    close: () => void socket.destroy(),
  };
}
