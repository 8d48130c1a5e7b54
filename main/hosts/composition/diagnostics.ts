/** What a person needs to know to help, gathered by a list of what may go out; keys and passphrases are not on it. */
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { arch, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { keystoreAddress } from '#adapters/keys/keystore.ts';
import type { Diagnostics } from '#domain/diagnostics.ts';
import type { RunRecord } from '#domain/run.ts';
import type { Home } from './home.ts';
import { productVersion } from './version.ts';

const logTail = 4_000;
const newestRuns = 5;

export async function gatherDiagnostics(home: Home, runs: () => Promise<RunRecord[]>): Promise<Diagnostics> {
  const disk = existsSync(home.folder) ? statfsSync(home.folder) : undefined;
  return {
    program: { version: productVersion, node: process.version },
    system: { platform: platform(), release: release(), arch: arch(), memoryBytes: totalmem() },
    home: { folder: home.folder, freeBytes: disk ? disk.bavail * disk.bsize : null },
    keys: { owner: keystoreAddress(join(home.keys, 'owner.json')) ?? null },
    runs: existsSync(home.journal) ? (await runs()).slice(0, newestRuns) : [],
    logs: logsOf(home),
  };
}

function logsOf({ sandbox, validators }: Home): Record<string, string> {
  const files = [
    join(sandbox, 'chain.log'),
    ...[1, 2, 3].map((number) => join(validators, `validator-${number}`, 'validator.log')),
  ];
  const present = files.filter((file) => existsSync(file));
  return Object.fromEntries(present.map((file) => [file, withoutKeys(readFileSync(file, 'utf8').slice(-logTail))]));
}

/** Anvil prints the keys of its own development accounts; 32 bytes of hex are never let through. */
const withoutKeys = (text: string) => text.replaceAll(/(?:0x)?[0-9a-fA-F]{64}/g, '0x…');
