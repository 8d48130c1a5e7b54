/** `gaib-onboard verify`: checks a manifest or a deed again, from its bytes and the chain alone. */
import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import type { VerificationSubject } from '#api/context.ts';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { failureOfVerification } from '#core/verification/verify-manifest.ts';
import { type Failure, fail } from '#domain/failures/failure.ts';
import { manifestLimit } from '#domain/manifest.ts';
import { grouped } from '#domain/number-format.ts';
import type { Verification } from '#domain/verification.ts';
import { homeOption, jsonOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { plain, processTerminal, styled, type Terminal } from '../output/terminal.ts';

export function verifyCommand(moduleUrl: string): Command {
  const command = new Command('verify')
    .summary('check a manifest or a deed against the chain')
    .description(
      'Checks everything again from the manifest and the chain alone: canonical bytes, asset key, seed, the signatures of ' +
        'machine and owner, the deed, the attestation, the capacity in circulation. Names exactly what fails.',
    )
    .addArgument(new Argument('<manifest|deed>', 'a manifest.json, or the number of a deed'))
    .addOption(jsonOption())
    .addOption(new Option('--rpc <url>', "endpoint of the chain; the sandbox's where left out"))
    .addOption(
      new Option(
        '--deployment <file>',
        "JSON file with the contracts' addresses on that chain; the sandbox's where left out",
      ),
    )
    .addOption(homeOption());
  withManual(
    command,
    [
      ['gaib-onboard verify out/manifest.json', 'check a manifest against the sandbox'],
      ['gaib-onboard verify out/manifest.json --rpc http://127.0.0.1:8545', 'against another chain'],
    ],
    [
      'manifest.unreadable',
      'manifest.invalid',
      'deed.unreadable',
      'file.missing',
      'chain.unreachable',
      'chain.wrong_id',
      'verify.not_canonical',
      'verify.measurement_signature',
      'verify.owner_signature',
      'verify.machine_signature',
      'verify.asset_key',
      'verify.seed',
      'verify.no_deed',
      'verify.other_manifest',
      'verify.other_owner',
      'verify.unattested',
      'verify.attestation_expired',
      'verify.capacity',
      'verify.block_unknown',
    ],
  );
  return command.action(async (subject: string, options: SharedOptions) => {
    process.exitCode = await verify(subject, options, moduleUrl);
  });
}

async function verify(subject: string, options: SharedOptions, moduleUrl: string): Promise<number> {
  const terminal = processTerminal(process.env);
  const asked = askedOf(subject);
  const program = openProgram(programOptions(options, process.env, moduleUrl));
  try {
    const verification = (await localApi(program.context).verification.verify.mutate(asked)) as Verification;
    const failure = failureOfVerification(verification);
    if (options.json === true) terminal.print(JSON.stringify(verification, null, 2));
    else print(terminal, verification, failure);
    return failure?.exit ?? 0;
  } finally {
    await program.close();
  }
}

function askedOf(subject: string): VerificationSubject {
  if (/^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/.test(subject)) return { deed: BigInt(subject).toString() };
  if (existsSync(subject)) return { manifest: textOf(subject), name: subject };
  return fail(/^[0-9]/.test(subject) && !/[./]/.test(subject) ? 'deed.unreadable' : 'file.missing', { subject });
}

/** The file's characters. Bytes that are none would be read as replacement characters, and count as a changed file. */
function textOf(path: string): string {
  const stat = statSync(path);
  if (!stat.isFile()) fail('manifest.unreadable', { subject: path, expected: 'a file', found: 'none' });
  const { size } = stat;
  if (size > manifestLimit)
    fail('manifest.unreadable', {
      subject: path,
      expected: `at most ${grouped(String(manifestLimit))} bytes`,
      found: grouped(String(size)),
    });
  const bytes = readFileSync(path);
  if (!isUtf8(bytes))
    fail('manifest.unreadable', { subject: path, expected: 'text in UTF-8', found: 'bytes that are none' });
  return bytes.toString('utf8');
}

function print(terminal: Terminal, { subject, practice, checks }: Verification, failure: Failure | undefined): void {
  terminal.print(
    `${styled(terminal, 'bold', plain(subject))}${practice ? styled(terminal, 'yellow', '  PRACTICE: stands for no hardware') : ''}`,
  );
  for (const check of checks) {
    const mark = check.outcome === 'holds' ? styled(terminal, 'green', '✓') : styled(terminal, 'red', '✗');
    terminal.print(`${mark} ${check.what}`);
    const { failure: broken } = check;
    if (check.seen !== undefined) terminal.print(styled(terminal, 'dim', `    ${plain(check.seen)}`));
    if (broken === undefined) continue;
    terminal.print(`    ${plain(broken.what)}`);
    if (broken.expected !== undefined) terminal.print(`    expected  ${plain(broken.expected)}`);
    if (broken.found !== undefined) terminal.print(`    found     ${plain(broken.found)}`);
    terminal.print(`    to do     ${plain(broken.mend)}  [${broken.code}]`);
  }
  terminal.print(
    failure === undefined
      ? styled(terminal, 'green', 'Everything holds.')
      : styled(terminal, 'red', plain(failure.what)),
  );
}
