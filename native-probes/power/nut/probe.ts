/** Devices of a NUT server: every UPS, PDU and transfer switch it has, with all their variables. */
import type { DeviceReading, ProbeAnswer, Problem } from '../../contract.ts';
import { answerOf, openTcp, targetLocator, Unanswered } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { openLines } from '../../network/lines.ts';
import { printable } from '../../printable.ts';
import { listDevices, listVariables, NutRefused, reads } from './client.ts';
import { describeDevice } from './parse.ts';

const port = 3493;

export const nutProbe: NetworkProbe = {
  id: 'power-nut',
  subject: 'power',
  protocol: 'nut',
  what: 'power supplies that a NUT server looks after',
  defaultPort: port,
  limitMs: 20_000,
  reads,
  read: (target, context) => answerOf(() => read(target, context)),
};

/** Sentences for what a server says instead of an answer. */
const refusals: Readonly<Record<string, string>> = {
  'ACCESS-DENIED': 'The server answers this address nothing: allow it in upsd.conf.',
  'UNKNOWN-UPS': 'The server has no device of that name: see LIST UPS, or leave the option ups out.',
  'DRIVER-NOT-CONNECTED': 'The server has no driver running for it: start it with upsdrvctl.',
  'DATA-STALE': 'The driver has heard nothing from the device for a while: check its cable.',
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const lines = openLines(await openTcp(target, port, context), { line: 8192, total: 8 * 2 ** 20, ms: 5000 });
  try {
    const only = target.options?.ups;
    const listed = await refusing(() => listDevices(lines));
    const names = only === undefined ? listed.map(({ name }) => name) : [only];
    const devices: DeviceReading[] = [];
    const problems: Problem[] = [];
    for (const name of names) {
      const locator = targetLocator(target, port, name);
      try {
        devices.push(describeDevice(await listVariables(lines, name), locator, name));
      } catch (error) {
        // One device that its driver has lost costs no other.
        if (!(error instanceof NutRefused)) throw error;
        problems.push({ code: 'lost', field: name, sentence: `${printable(name, 60)}: ${sentenceOf(error)}` });
      }
    }
    if (devices.length > 0) return { outcome: 'present', devices, problems };
    const sentence = problems[0]?.sentence ?? 'The NUT server has no device.';
    return { outcome: problems.length > 0 ? 'failed' : 'absent', sentence, devices, problems };
  } finally {
    lines.close();
  }
}

async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NutRefused)) throw error;
    throw new Unanswered(error.word === 'ACCESS-DENIED' ? 'denied' : 'failed', sentenceOf(error));
  }
}

function sentenceOf({ word }: NutRefused): string {
  return Object.hasOwn(refusals, word) ? (refusals[word] ?? '') : `The server answered ERR ${word}.`;
}
