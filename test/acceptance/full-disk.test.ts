/**
 * A home on a disk that fills up at different moments of the run. The disk is a small tmpfs where the tests may mount
 * one (root); elsewhere a limit on the size of files plays it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countIn, once } from './chain-reader.ts';
import { failureIn, filesIn, onboardRecording, scratch } from './command-line.ts';

const place = scratch();
const disk = place.at('disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]).status === 0;
if (!mounted) console.info('test/acceptance/full-disk: no tmpfs may be mounted here; ulimit -f plays the full disk');

afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  place.remove();
});

const hidden = (folder: string) => filesIn(folder).filter((name) => /(^|\/)\.[^/]+$/.test(name));

describe.skipIf(!mounted)('on a disk with little room left', () => {
  const filler = join(disk, 'filler');
  let number = 0;
  let home = '';

  /** Leaves so many KiB free. */
  function fill(left: number): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - left * 1_024));
  }

  test.each([0, 16, 400, 1_500, 3_000, 6_500])(
    '%i KiB: says that the disk is full, leaves nothing half written, and goes on when there is room',
    async (left) => {
      rmSync(filler, { force: true });
      if (home !== '') rmSync(home, { recursive: true });
      rmSync(`${home}.out`, { recursive: true, force: true });
      home = await place.home(`disk/home-${++number}`);
      fill(left);
      const full = await onboardRecording(home);
      expect([full.status, failureIn(full)?.code]).toEqual([40, 'disk.full']);
      expect(full.stderr).toMatch(/^✗ The disk is full: \/.*\.(sqlite|json|lock|key) could not be written\.$/m);
      expect(hidden(disk)).toEqual([]);
      for (const name of filesIn(disk).filter((file) => file.endsWith('.json'))) {
        expect(() => JSON.parse(readFileSync(join(disk, name), 'utf8'))).not.toThrow();
      }
      rmSync(filler);
      const whole = await onboardRecording(home);
      expect([whole.status, failureIn(whole)]).toEqual([0, undefined]);
      expect(await countIn(home)).toEqual(once);
    },
  );

  test('papers that do not fit are not there at all', async () => {
    rmSync(filler, { force: true });
    const outside = await place.home('outside');
    await onboardRecording(outside);
    fill(40);
    const full = await onboardRecording(outside, { words: ['--out', join(disk, 'papers')] });
    expect([full.status, failureIn(full)?.code]).toEqual([40, 'disk.full']);
    expect(filesIn(join(disk, 'papers'))).toEqual([]);
  });
});

describe.skipIf(mounted)('with a limit on the size of files', () => {
  // In blocks of 512 bytes (POSIX, ulimit): the journal meets the lower ones, the chain's state the highest.
  test.each([200, 1_000, 3_000])(
    'of %i blocks ends with a code of the disk, and goes on without it',
    async (blocks) => {
      const home = await place.home(`limited-${blocks}`);
      const limited = await onboardRecording(home, { through: `ulimit -f ${blocks}; exec "$@"` });
      expect(['disk.full', 'disk.unusable']).toContain(failureIn(limited)?.code);
      expect(limited.status).toBe(failureIn(limited)?.exit);
      expect(hidden(home)).toEqual([]);
      const whole = await onboardRecording(home);
      expect([whole.status, failureIn(whole)]).toEqual([0, undefined]);
      expect(await countIn(home)).toEqual(once);
    },
  );
});
