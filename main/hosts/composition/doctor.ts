/** Looks at what a run needs, before it is started: program, disk, keys, chain, drivers, permissions, clock. Reads only. */
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keystoreAddress } from '#adapters/keys/keystore.ts';
import { anvilBinary } from '#adapters/sandbox/start-chain.ts';
import { isLocked } from '#adapters/store/lock.ts';
import type { DoctorCheck } from '#domain/doctor.ts';
import { failureOf } from '#domain/failures/failure.ts';
import type { Entries } from './entries.ts';
import type { Home } from './home.ts';

/** What a run writes at most: the disk benchmark's file, journal and chain. */
const neededBytes = 2 * 2 ** 30;
const leastNode = 24;
/** A clock before this program was made is wrong; TLS, epochs and validity all go by it. */
const earliest = Date.parse('2026-11-01T00:00:00Z');

export function examine(home: Home, entries: Entries): DoctorCheck[] {
  return [program(entries), clock(), disk(home), lock(home), key(home), chain(), nvidia(), serials(), pci()];
}

type Verdict = Omit<DoctorCheck, 'id' | 'what'>;
const check = (id: string, what: string, verdict: Verdict): DoctorCheck => ({ id, what, ...verdict });
const good = (found: string): Verdict => ({ level: 'good', found });
const warn = (found: string, mend: string): Verdict => ({ level: 'warn', found, mend });
const bad = (found: string, mend: string): Verdict => ({ level: 'bad', found, mend });

function program({ probeWorker, benchmarkWorker, commandLine }: Entries): DoctorCheck {
  const missing = [probeWorker, benchmarkWorker, commandLine].filter((path) => !existsSync(path));
  const isOld = Number(process.versions.node.split('.')[0]) < leastNode;
  return check(
    'program',
    'The program and its Node',
    missing.length > 0
      ? bad(`missing: ${missing.join(', ')}`, 'npm run build')
      : isOld
        ? bad(`Node ${process.versions.node}`, `Node ${leastNode} or newer is needed; npm ci brings one.`)
        : good(`Node ${process.versions.node}`),
  );
}

function clock(): DoctorCheck {
  const now = new Date();
  return check(
    'clock',
    'The clock',
    now.getTime() < earliest
      ? bad(now.toISOString(), 'Set the clock (timedatectl set-ntp true): epochs and validity go by it.')
      : good(now.toISOString()),
  );
}

function disk({ folder }: Home): DoctorCheck {
  const what = 'The home and its disk';
  try {
    const at = nearest(folder);
    accessSync(at, constants.W_OK);
    const { bavail, bsize } = statfsSync(at);
    const free = bavail * bsize;
    const shown = `${folder}, ${(free / 2 ** 30).toFixed(1)} GiB free`;
    return check(
      'disk',
      what,
      free < neededBytes ? bad(shown, 'Free some space, or choose another folder with --home DIR.') : good(shown),
    );
  } catch (error) {
    return check('disk', what, bad(failureOf(error).what, 'Choose another folder with --home DIR.'));
  }
}

/** The folder itself, or the nearest one above it that is there. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function lock({ lock: path, folder }: Home): DoctorCheck {
  const isBusy = existsSync(path) && isLocked(path);
  return check(
    'lock',
    'Other runs',
    isBusy
      ? warn(`another run is using ${folder}`, 'Wait for it to end, or look at it in the console.')
      : good('none at work'),
  );
}

function key({ keys }: Home): DoctorCheck {
  const what = "The owner's key";
  const path = join(keys, 'owner.json');
  if (!existsSync(path))
    return check('key', what, warn('none yet', 'gaib-onboard init makes one; on the sandbox, onboard does so itself.'));
  const address = keystoreAddress(path);
  if (address === undefined)
    return check('key', what, bad(`${path} is no keystore`, 'Restore the file from its backup.'));
  const mode = statSync(path).mode & 0o777;
  return check(
    'key',
    what,
    process.platform !== 'win32' && (mode & 0o077) !== 0
      ? bad(`${address}, and others can read ${path}`, `chmod 600 ${path}`)
      : good(address),
  );
}

function chain(): DoctorCheck {
  try {
    return check('chain', 'The embedded chain', good(anvilBinary()));
  } catch (error) {
    const { what, mend } = failureOf(error);
    return check('chain', 'The embedded chain', bad(what, mend));
  }
}

function nvidia(): DoctorCheck {
  const what = 'NVIDIA driver';
  const nodes = existsSync('/dev') ? readdirSync('/dev').filter((name) => /^nvidia(\d+|ctl)$/.test(name)) : [];
  if (nodes.length === 0) return check('nvidia', what, good('no NVIDIA device on this machine'));
  const closed = nodes.filter((name) => !canRead(join('/dev', name)));
  return check(
    'nvidia',
    what,
    closed.length > 0
      ? warn(
          `this user may not open ${closed.join(', ')}`,
          'Add the user to the group that owns them (often video), and log in again.',
        )
      : good(nodes.join(', ')),
  );
}

function serials(): DoctorCheck {
  const path = '/sys/class/dmi/id/product_uuid';
  return check(
    'serials',
    'Serial numbers of the host',
    !existsSync(path)
      ? warn(
          'this system shows no SMBIOS',
          'The host is then named by its GPUs, or by its installation on the sandbox.',
        )
      : canRead(path)
        ? good('readable')
        : warn('readable by root only', 'Run discovery once as root, so that the host has a name of its own.'),
  );
}

function pci(): DoctorCheck {
  const there = existsSync('/sys/bus/pci/devices');
  return check(
    'pci',
    'The PCI bus',
    there ? good('readable') : warn('not shown by this system', 'Devices without a driver cannot be seen here.'),
  );
}

function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
