/**
 * How a failure crosses the border: whatever is thrown behind the API leaves as one {@link Failure} in the error's
 * `data.failure`, the same object the terminal and `--json` show. Stack traces never leave.
 */
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { type Failure, failure, failureOf } from '#domain/failures/failure.ts';

type RefusalCode = ConstructorParameters<typeof TRPCError>[0]['code'];

/** The failure behind an error of the API, whichever layer threw it. */
export function failureBehind(thrown: unknown): Failure {
  if (!(thrown instanceof TRPCError)) return failureOf(thrown);
  if (thrown.code === 'BAD_REQUEST' && thrown.cause instanceof ZodError)
    return failure('request.invalid', { subject: sentenceOf(thrown.cause) });
  if (thrown.cause && thrown.cause !== thrown) return failureBehind(thrown.cause);
  if (thrown.code === 'INTERNAL_SERVER_ERROR') return failure('internal.unexpected', { found: thrown.message });
  return failure('request.invalid', { subject: thrown.message });
}

/**
 * The thrown thing as an error of tRPC. A failure of the catalogue is an answer, not a fault: it gets a code that no
 * client takes for a hiccup to retry.
 */
export function refusal(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError && thrown.code !== 'INTERNAL_SERVER_ERROR') return thrown;
  const found = failureBehind(thrown);
  return new TRPCError({ code: refusalCode(found), message: found.what, cause: thrown });
}

function refusalCode(found: Failure): RefusalCode {
  switch (found.code) {
    case 'internal.unexpected':
      return 'INTERNAL_SERVER_ERROR';
    case 'request.invalid':
      return 'BAD_REQUEST';
    case 'run.unknown':
      return 'NOT_FOUND';
    case 'run.locked':
      return 'CONFLICT';
    default:
      return 'UNPROCESSABLE_CONTENT';
  }
}

/**
 * Passes a stream on; what it throws becomes an error that the client shows. Wrap the whole of a subscription in it: what
 * it throws bare counts as a hiccup for tRPC's clients, which would ask again for ever, in process without a pause.
 */
export async function* refusing<T>(stream: AsyncIterable<T>): AsyncGenerator<T, void, unknown> {
  try {
    yield* stream;
  } catch (thrown) {
    const error = refusal(thrown);
    if (error.code !== 'INTERNAL_SERVER_ERROR') throw error;
    throw new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message: error.message, cause: thrown });
  }
}

/** tRPC's shape plus the failure; the message is the failure's own sentence. */
export function formatError<Shape extends { code: number; data: { code: string; httpStatus: number; path?: string } }>({
  shape,
  error,
}: {
  shape: Shape;
  error: TRPCError;
}) {
  const found = failureBehind(error);
  const { code, httpStatus, path } = shape.data;
  return {
    code: shape.code,
    message: found.what,
    data: { code, httpStatus, ...(path === undefined ? {} : { path }), failure: found },
  };
}

function sentenceOf(error: ZodError): string {
  const [first] = error.issues;
  if (!first) return 'it does not have the shape asked for';
  const where = first.path.length > 0 ? `${first.path.join('.')}: ` : '';
  return `${where}${first.message}`.slice(0, 300);
}
