/**
 * The two questions asked of a NUT server (https://networkupstools.org/docs/developer-guide.chunked/net-protocol.html),
 * out of the many it knows: which devices it has, and their variables. No login, no instant command, no setting.
 */
import { Unanswered } from '../../network/connect.ts';
import type { Lines } from '../../network/lines.ts';
import { printable } from '../../printable.ts';
import { maxVariables } from './parse.ts';

export const reads = ['LIST UPS', 'LIST VAR'] as const;

const maxDevices = 256;
/** Names go back to the server in the next question: nothing but what NUT allows in a name. */
const deviceName = /^[\w.-]{1,64}$/;

export interface NutDevice {
  name: string;
  description: string;
}

/** A server's refusal, in its own word: `DRIVER-NOT-CONNECTED`, `DATA-STALE`, `ACCESS-DENIED`, … */
export class NutRefused extends Error {
  readonly word: string;
  constructor(word: string) {
    super(`the server answered ERR ${word}`);
    this.name = 'NutRefused';
    this.word = word;
  }
}

/** @throws Unanswered, NutRefused */
export async function listDevices(lines: Lines): Promise<NutDevice[]> {
  const rows = await ask(lines, 'LIST UPS', maxDevices);
  return rows.map((row) => {
    const { words, quoted } = split(row);
    const [kind, name = ''] = words;
    if (kind !== 'UPS' || !deviceName.test(name)) throw nonsense(row);
    return { name, description: quoted ?? '' };
  });
}

/** @throws Unanswered, NutRefused */
export async function listVariables(lines: Lines, device: string): Promise<Map<string, string>> {
  if (!deviceName.test(device)) throw new Unanswered('failed', `"${printable(device, 40)}" is no name of a device.`);
  const rows = await ask(lines, `LIST VAR ${device}`, maxVariables);
  return new Map(
    rows.map((row) => {
      const { words, quoted } = split(row);
      const [kind, owner, name = ''] = words;
      if (kind !== 'VAR' || owner !== device || quoted === undefined) throw nonsense(row);
      return [name, quoted] as const;
    }),
  );
}

async function ask(lines: Lines, question: string, most: number): Promise<string[]> {
  lines.write(`${question}\n`);
  const first = await lines.next();
  if (first === undefined) throw new Unanswered('failed', 'The server closed the connection without an answer.');
  const refusal = /^ERR ([A-Z-]{1,60})/.exec(first);
  if (refusal) throw new NutRefused(refusal[1] ?? '');
  if (first !== `BEGIN ${question}`) throw nonsense(first);
  const rows: string[] = [];
  for (;;) {
    const row = await lines.next();
    if (row === undefined) throw new Unanswered('nonsense', `The server stopped in the middle of ${question}.`);
    if (row === `END ${question}`) return rows;
    if (rows.length >= most) throw new Unanswered('nonsense', `The server lists more than ${most} of ${question}.`);
    rows.push(row);
  }
}

/** Words before the quoted text, and the text without its quotes and backslashes. */
function split(row: string): { words: string[]; quoted: string | undefined } {
  const quote = row.indexOf('"');
  if (quote < 0) return { words: row.trim().split(/\s+/), quoted: undefined };
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*$/.exec(row.slice(quote))?.[1]?.replace(/\\(.)/g, '$1');
  return { words: row.slice(0, quote).trim().split(/\s+/), quoted };
}

function nonsense(row: string): Unanswered {
  return new Unanswered('nonsense', `The server does not speak NUT: it said "${printable(row, 60)}".`);
}
