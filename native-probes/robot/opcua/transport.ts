/**
 * The connection under the library's secure channel: one socket to one target, whatever address a server names in its
 * answers, and nothing that is no whole, bounded chunk reaches the library, which takes more on trust than it should.
 * Hello, acknowledge and framing: OPC 10000-6, 7.1 (UA TCP).
 */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { OPCUAClientOptions } from 'node-opcua-client';
import { Unanswered } from '../../network/connect.ts';
import { printable } from '../../printable.ts';

type Factory = NonNullable<OPCUAClientOptions['transportFactory']>;
type Transport = ReturnType<Factory['create']>;
type Acknowledge = NonNullable<Transport['parameters']>;

const chunkBytes = 65_536;
/** The smallest buffer the protocol allows. */
const leastBytes = 8192;
const chunksAtMost = 256;
const messageBytes = 8 * 1_048_576;
const totalBytes = 64 * 1_048_576;
const headerBytes = 8;
const incoming = new Set(['MSG', 'OPN', 'CLO', 'ERR']);
const outgoing = new Set(['MSG', 'OPN', 'CLO']);

/**
 * Hands the library its one connection.
 * @param socket connected; owned from here on
 * @param onBroken told once why the conversation cannot go on
 */
export function oneConnection(socket: Socket, where: string, onBroken: (why: Unanswered) => void): Factory {
  let given = false;
  return {
    create: () => {
      const transport = new BoundedTransport(socket, where, onBroken, given);
      given = true;
      return transport as unknown as Transport;
    },
  };
}

class BoundedTransport extends EventEmitter {
  readonly name = 'bounded';
  protocolVersion = 0;
  timeout = 5000;
  numberOfRetry = 0;
  endpointUrl = '';
  serverUri = '';
  parameters: Acknowledge | undefined;
  readonly receiveBufferSize = chunkBytes;
  sendBufferSize = chunkBytes;
  readonly maxChunkCount = chunksAtMost;
  readonly maxMessageSize = messageBytes;
  bytesRead = 0;
  bytesWritten = 0;
  chunkReadCount = 0;
  chunkWrittenCount = 0;
  readonly #socket: Socket;
  readonly #where: string;
  readonly #onBroken: (why: Unanswered) => void;
  readonly #spent: boolean;
  #buffered: Buffer = Buffer.alloc(0);
  #hello: ((error: Error | null) => void) | undefined;
  #ended = false;

  constructor(socket: Socket, where: string, onBroken: (why: Unanswered) => void, spent: boolean) {
    super();
    this.#socket = socket;
    this.#where = where;
    this.#onBroken = onBroken;
    this.#spent = spent;
  }

  connect(endpointUrl: string, callback: (error?: Error | null) => void): void {
    if (this.#spent) {
      // A second connection would be to wherever the server says it is.
      callback(new Error('there is one connection and no other'));
      return;
    }
    this.endpointUrl = endpointUrl;
    this.#hello = callback;
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#socket.on('close', () => {
      this.#break('failed', `${this.#where} closed the connection.`);
      this.#close(new Error('the connection is closed'));
    });
    const url = Buffer.from(endpointUrl, 'utf8');
    const hello = Buffer.alloc(headerBytes + 24 + url.length);
    hello.write('HELF', 0, 'latin1');
    const fields = [hello.length, this.protocolVersion, chunkBytes, chunkBytes, messageBytes, chunksAtMost, url.length];
    for (const [index, value] of fields.entries()) hello.writeUInt32LE(value, 4 + index * 4);
    url.copy(hello, headerBytes + 24);
    this.#send(hello);
  }

  write(chunk: Buffer, callback?: (error?: Error | null) => undefined): void {
    const type = chunk.toString('latin1', 0, 3);
    if (!outgoing.has(type)) {
      callback?.(new Error(`this program sends no chunk of type ${printable(type, 10)}`));
      return;
    }
    this.#send(chunk);
    callback?.(null);
  }

  disconnect(callback: (error?: Error | null) => void): void {
    this.#close(null);
    setImmediate(() => callback());
  }

  dispose(): void {
    this.#close(null);
  }

  prematureTerminate(error: Error): void {
    this.#break('nonsense', `${this.#where} does not speak OPC UA as it should: ${printable(error.message, 120)}.`);
  }

  forceConnectionBreak(): void {
    this.#close(new Error('the connection is closed'));
  }

  isValid(): boolean {
    return !this.#ended && !this.#socket.destroyed;
  }

  isDisconnecting(): boolean {
    return this.#ended;
  }

  getTransportSettings() {
    const { maxChunkCount, maxMessageSize, receiveBufferSize, sendBufferSize } = this;
    return { maxChunkCount, maxMessageSize, receiveBufferSize, sendBufferSize };
  }

  #send(bytes: Buffer): void {
    this.bytesWritten += bytes.length;
    this.chunkWrittenCount += 1;
    this.#socket.write(bytes);
  }

  #take(bytes: Buffer): void {
    this.bytesRead += bytes.length;
    if (this.bytesRead > totalBytes) {
      this.#break('nonsense', `${this.#where} said more than ${totalBytes} bytes.`);
      return;
    }
    this.#buffered = Buffer.concat([this.#buffered, bytes]);
    while (!this.#ended && this.#buffered.length >= headerBytes) {
      const type = this.#buffered.toString('latin1', 0, 3);
      const size = this.#buffered.readUInt32LE(4);
      const expected = this.parameters === undefined ? type === 'ACK' || type === 'ERR' : incoming.has(type);
      if (!expected || size < headerBytes || size > chunkBytes) {
        this.#break('nonsense', `${this.#where} does not speak OPC UA: it sent no chunk of that protocol.`);
        return;
      }
      if (this.#buffered.length < size) return;
      const chunk = this.#buffered.subarray(0, size);
      this.#buffered = this.#buffered.subarray(size);
      this.chunkReadCount += 1;
      this.#chunk(type, chunk);
    }
  }

  #chunk(type: string, chunk: Buffer): void {
    if (type === 'ERR') {
      const code = chunk.length >= 12 ? `0x${chunk.readUInt32LE(8).toString(16)}` : 'no code';
      const length = chunk.length >= 16 ? Math.max(0, chunk.readInt32LE(12)) : 0;
      const reason = printable(chunk.toString('utf8', 16, 16 + length), 100);
      this.#break('failed', `${this.#where} refuses to talk: ${reason === '' ? code : reason}.`);
      return;
    }
    if (this.parameters === undefined) {
      this.#acknowledge(chunk);
      return;
    }
    try {
      this.emit('chunk', chunk);
    } catch (error) {
      // What the library throws while it decodes is the server's fault, and comes out here.
      const reason = printable(error instanceof Error ? error.message : String(error), 120);
      this.#break('nonsense', `${this.#where} does not speak OPC UA as it should: ${reason}.`);
    }
  }

  #acknowledge(chunk: Buffer): void {
    if (chunk.length < headerBytes + 20) {
      this.#break('nonsense', `${this.#where} does not speak OPC UA: its acknowledge is cut off.`);
      return;
    }
    const [protocolVersion = 0, receives = 0, sends = 0, messages = 0, chunks = 0] = [8, 12, 16, 20, 24].map((at) =>
      chunk.readUInt32LE(at),
    );
    if (receives < leastBytes || sends < leastBytes) {
      this.#break('nonsense', `${this.#where} does not speak OPC UA: it acknowledges buffers that are too small.`);
      return;
    }
    this.sendBufferSize = Math.min(receives, chunkBytes);
    this.parameters = {
      protocolVersion,
      receiveBufferSize: this.sendBufferSize,
      sendBufferSize: Math.min(sends, chunkBytes),
      maxMessageSize: messages,
      maxChunkCount: chunks,
    } as unknown as Acknowledge;
    const callback = this.#hello;
    this.#hello = undefined;
    this.emit('connect');
    callback?.(null);
  }

  #break(outcome: Unanswered['outcome'], sentence: string): void {
    if (this.#ended) return;
    const why = new Unanswered(outcome, sentence);
    this.#onBroken(why);
    this.#close(why);
  }

  #close(error: Error | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.destroy();
    const callback = this.#hello;
    this.#hello = undefined;
    if (callback !== undefined) callback(error ?? new Error('the connection was given up'));
    else this.emit('close', error);
  }
}
