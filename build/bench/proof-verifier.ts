/** Checks a transcript of `deviceTranscript` in a process that does nothing else, and says how long and in how much memory. */
import { readFileSync } from 'node:fs';
import { drawOpenings } from '#core/proof/transcript.ts';
import { checkOpenings } from '#core/proof/verify.ts';
import type { DeviceTranscript } from './device-transcript.ts';

const { sizes, commitment, drawn, opening } = JSON.parse(
  readFileSync(process.argv[2] as string, 'utf8'),
) as DeviceTranscript;
const before = performance.now();
// The draw is made and left unused: its time counts, its places are not those of this transcript.
drawOpenings(sizes, commitment, { nonce: opening.nonce });
const verdict = checkOpenings(sizes, commitment, drawn, opening);
const verifyMs = performance.now() - before;
if (!verdict.ok) throw new Error(verdict.why);
// ru_maxrss, KiB on Linux.
console.log(JSON.stringify({ verifyMs, rssMiB: process.resourceUsage().maxRSS / 1024 }));
