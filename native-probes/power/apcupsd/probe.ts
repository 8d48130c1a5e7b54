/** The UPS behind an apcupsd, by its network server (NIS). */
import type { ProbeAnswer } from '../../contract.ts';
import { type Bytes, openBytes } from '../../network/bytes.ts';
import { answerOf, openTcp, targetLocator, Unanswered } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { describeStatus, NotApcupsd, readStatus } from './parse.ts';

const port = 3551;
/** A frame is its length, two bytes, and so many bytes; one of length nothing ends the answer. */
const maxFrame = 4096;
const maxBytes = 256 * 1024;

export const reads = ['status'] as const;

export const apcupsdProbe: NetworkProbe = {
  id: 'power-apcupsd',
  subject: 'power',
  protocol: 'apcupsd',
  what: 'the UPS that an apcupsd looks after',
  defaultPort: port,
  limitMs: 15_000,
  reads,
  read: (target, context) => answerOf(() => read(target, context)),
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const bytes = openBytes(await openTcp(target, port, context), { total: maxBytes, ms: 5000 });
  try {
    const [question] = reads;
    bytes.write(Buffer.concat([Buffer.from([0, question.length]), Buffer.from(question)]));
    const device = describeStatus(readStatus(await answer(bytes)), targetLocator(target, port));
    return { outcome: 'present', devices: [device], problems: [] };
  } catch (error) {
    if (!(error instanceof NotApcupsd)) throw error;
    throw new Unanswered('nonsense', `It does not speak as apcupsd does: ${error.message}.`);
  } finally {
    bytes.close();
  }
}

async function answer(bytes: Bytes): Promise<string> {
  const frames: Buffer[] = [];
  for (;;) {
    const frame = await bytes.take((there) => (there.length < 2 ? undefined : there.readUInt16BE() + 2), maxFrame);
    if (frame === undefined) throw new Unanswered('failed', 'It closed the connection in the middle of its answer.');
    if (frame.length === 2) return Buffer.concat(frames).toString('utf8');
    frames.push(frame.subarray(2));
  }
}
