/** What a hostile or broken server says, for the tests of every client that reads bytes from a connection. */
import type { Socket } from 'node:net';
import type { Reading } from '../contract.ts';
import type { NetworkProbe, Target } from '../network/contract.ts';
import { runTarget } from '../network/serve-targets.ts';

export const hostileReplies: readonly [what: string, say: (socket: Socket) => void][] = [
  ['closes at once', (socket) => socket.destroy()],
  ['says nothing', () => {}],
  ['says zeros', (socket) => socket.write(Buffer.alloc(4096))],
  ['says bytes that are no UTF-8', (socket) => socket.write(Buffer.from([0xff, 0xfe, 0xc0, 0x0a, 0xff, 0x0a]))],
  ['says a line without an end', (socket) => socket.write('x'.repeat(10 * 2 ** 20))],
  ['says lines without an end', (socket) => pour(socket, 'OK nothing here\n'.repeat(4096))],
  ['drips', (socket) => drip(socket)],
  ['speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n<html>')],
];

function pour(socket: Socket, block: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}

function drip(socket: Socket): void {
  const timer = setInterval(() => {
    if (!socket.destroyed) socket.write('.');
  }, 50);
  socket.on('close', () => clearInterval(timer));
}

/** Reads one target as a worker does, with the contacts it told of. */
export async function readTarget(probe: NetworkProbe, target: Target): Promise<Reading> {
  const contacted: string[] = [];
  const reading = await runTarget(probe, target, (address, port) => contacted.push(`${address}:${port}`));
  return { ...reading, contacted };
}
