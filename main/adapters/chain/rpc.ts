/**
 * JSON-RPC over HTTP with one rule ethers' provider lacks: an endpoint that is silent, wrong or talks something else is
 * a failure with a sentence at once, never an endless retry (docs/adr/0004-json-rpc.md).
 */
import { fail } from '#domain/failures/failure.ts';

/** An error the node answered with. `data` holds revert data where there is any. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: string | undefined;
  constructor(code: number, message: string, data: string | undefined) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

export interface Rpc {
  readonly endpoint: string;
  call<T>(method: string, params?: readonly unknown[]): Promise<T>;
}

const timeoutMs = 20_000;
const sizeLimit = 256 * 2 ** 20;

/** @throws (on call) FailureError `chain.unreachable`, `chain.nonsense`; {@link RpcError} */
export function connectRpc(endpoint: string): Rpc {
  let last = 0;
  const shown = withoutCredentials(endpoint);
  return {
    endpoint: shown,
    async call<T>(method: string, params: readonly unknown[] = []) {
      last += 1;
      const id = last;
      const reply = await post(endpoint, shown, JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      if (reply.id !== id || (!('result' in reply) && !isRpcError(reply.error))) nonsense(shown, JSON.stringify(reply));
      if (isRpcError(reply.error))
        throw new RpcError(reply.error.code, reply.error.message, revertData(reply.error.data));
      return reply.result as T;
    },
  };
}

/** An endpoint may carry an API key in its path or user part; what is shown and logged is the host alone. */
function withoutCredentials(endpoint: string): string {
  try {
    const { protocol, host } = new URL(endpoint);
    return `${protocol}//${host}`;
  } catch {
    return fail('chain.unreachable', {
      subject: 'the endpoint given',
      expected: 'an http or https address',
      found: 'something else',
    });
  }
}

interface Reply {
  id?: unknown;
  result?: unknown;
  error?: unknown;
}

async function post(endpoint: string, shown: string, body: string): Promise<Reply> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (error) {
    return fail('chain.unreachable', { subject: shown, expected: 'an answer', found: reasonOf(error), cause: error });
  }
  if (text.length > sizeLimit) nonsense(shown, `${text.length} characters`);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Reply;
  } catch {
    // What it is instead is said below.
  }
  return nonsense(shown, `HTTP ${response.status}: ${text.slice(0, 120)}`);
}

function nonsense(shown: string, found: string): never {
  return fail('chain.nonsense', { subject: shown, expected: 'a JSON-RPC 2.0 reply', found: found.slice(0, 200) });
}

function isRpcError(error: unknown): error is { code: number; message: string; data?: unknown } {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  return typeof code === 'number' && typeof message === 'string';
}

function revertData(data: unknown): string | undefined {
  if (typeof data === 'string' && data.startsWith('0x')) return data;
  const inner = (data as { data?: unknown } | undefined)?.data;
  return typeof inner === 'string' && inner.startsWith('0x') ? inner : undefined;
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  if (cause?.code === 'ECONNREFUSED') return 'the connection was refused';
  if (cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN') return 'the name is unknown';
  if ((error as Error).name === 'TimeoutError') return `no answer in ${timeoutMs / 1000} s`;
  return cause?.message ?? (error as Error).message;
}
