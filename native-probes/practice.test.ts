import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Reading } from './contract.ts';
import { readers } from './practice/recording.ts';
import { PracticeUnreadable, readPractice } from './practice.ts';

const smi = join(import.meta.dirname, 'gpu/nvidia-smi/fixtures');
const dmi = join(import.meta.dirname, 'host/dmi/fixtures/procfs-dmi.json');
const all = mkdtempSync(join(tmpdir(), 'gaib-practice-test-'));
afterAll(() => rmSync(all, { recursive: true, force: true }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(all, 'case-'));
});

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function facts(reading: Reading | undefined): Record<string, unknown> {
  return Object.fromEntries((reading?.devices[0]?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('a recording', () => {
  test('of nvidia-smi -q -x gives the GPU, and a host of which nothing is known', async () => {
    const path = join(smi, 'xml/telegraf-a100-sxm4-v12.xml');
    const { readings, sha256, files } = await readPractice(path);
    expect(sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    expect(files).toEqual([path]);
    expect(readings.map((reading) => reading.probe)).toEqual(['nvidia-smi', 'host-recording']);
    expect(readings.map((reading) => reading.recording)).toEqual([sha256, sha256]);
    expect(readings[1]?.devices).toEqual([
      {
        kind: 'host',
        locator: 'host',
        name: 'recorded host',
        identity: [],
        observations: [],
        problems: [{ code: 'absent', sentence: 'The recording says nothing of the machine it was made on.' }],
      },
    ]);
  });

  test('of many commands gives its own time, the system and the compute capability', async () => {
    const { readings } = await readPractice(join(smi, 'sections/linux-x86_64__nvidia-h200__590.48.01.txt'));
    expect(readings.map((reading) => [reading.probe, reading.startedAt])).toEqual([
      ['nvidia-smi', '2026-07-03T22:10:45.000Z'],
      ['host-recording', '2026-07-03T22:10:45.000Z'],
    ]);
    expect(facts(readings[0])).toMatchObject({ model: 'NVIDIA H200', 'compute-capability': '9.0' });
    expect(facts(readings[1])).toEqual({
      'os-name': 'Ubuntu 22.04.5 LTS',
      kernel: '5.15.0-171-generic',
      architecture: 'x86_64',
    });
  });

  test.each([
    ['linux-x86_64__nvidia-geforce-rtx-2080-super__610.57.04.txt', '7.5'],
    ['linux-x86_64__nvidia-geforce-rtx-4080-super__595.71.05.txt', '8.9'],
    ['linux-x86_64__nvidia-h100-mig__590.48.01.txt', '9.0'],
    ['linux-x86_64__nvidia-l40s__595.80.txt', '8.9'],
    ['windows-x86_64__nvidia-geforce-rtx-2080-super__610.62.txt', '7.5'],
  ])('%s has compute capability %s', async (file, capability) => {
    const { readings } = await readPractice(join(smi, 'sections', file));
    expect(facts(readings[0])['compute-capability']).toBe(capability);
  });

  test('of kernel files is read by the probes that read such files', async () => {
    const { readings } = await readPractice(dmi);
    expect(readings.map((reading) => reading.probe)).toEqual(['host-dmi']);
    expect(readings[0]?.devices[0]?.name).toBe('Dell Inc. PowerEdge R6515');
  });

  test('of a bus is a bus', async () => {
    const { readings } = await readPractice(join(import.meta.dirname, 'gpu/pci/fixtures/lspci/gpud-a100-nn.txt'));
    expect(readings[0]).toMatchObject({ probe: 'gpu-pci', outcome: 'present' });
    expect(readings[0]?.devices).toHaveLength(8);
  });

  test('with Windows line ends and a byte order mark is the same', async () => {
    const text = readFileSync(join(smi, 'text/thamada-L4.txt'), 'utf8');
    const { readings } = await readPractice(write('l4.txt', `\uFEFF${text.replaceAll('\n', '\r\n')}`));
    const plain = await readPractice(join(smi, 'text/thamada-L4.txt'));
    expect(readings[0]?.devices).toEqual(plain.readings[0]?.devices);
  });

  test('is one machine when it is a folder of two files', async () => {
    copyFileSync(join(import.meta.dirname, 'host/dmi/fixtures/dmidecode/gpud-host.txt'), join(folder, 'dmidecode.txt'));
    copyFileSync(join(smi, 'text/thamada-H100SXMx8.txt'), join(folder, 'smi.txt'));
    write('README.md', 'not a recording');
    const { readings, files, sha256 } = await readPractice(folder);
    expect(readings.map((reading) => reading.probe)).toEqual(['host-dmi', 'nvidia-smi']);
    expect(files).toHaveLength(2);
    const sum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    const lines = files.map((path) => `${sum(path)}  ${path.split('/').at(-1)}\n`).join('');
    expect(sha256).toBe(createHash('sha256').update(lines).digest('hex'));
  });

  test('of any kind in this project is read or refused, and says the same twice', async () => {
    for (const kind of ['xml', 'sections', 'text', 'errors']) {
      for (const file of readdirSync(join(smi, kind))) {
        const path = join(smi, kind, file);
        const known = kind !== 'errors' && !file.includes('fields');
        if (!known) await expect(readPractice(path), file).rejects.toThrow(PracticeUnreadable);
        else
          expect((await readPractice(path)).readings[0]?.devices).toEqual(
            (await readPractice(path)).readings[0]?.devices,
          );
      }
    }
  });
});

describe('what is no recording is refused in one sentence:', () => {
  async function reasonOf(path: string, as?: string): Promise<string> {
    try {
      await readPractice(path, as === undefined ? {} : { as });
    } catch (error) {
      if (error instanceof PracticeUnreadable) return error.reason;
      throw error;
    }
    return '';
  }

  test('a file that is not there', async () => {
    expect(await reasonOf(join(folder, 'none'))).toBe('there is no such file or folder');
  });

  test('an empty folder', async () => {
    expect(await reasonOf(folder)).toBe('the folder is empty');
  });

  test('a text of another kind', async () => {
    expect(await reasonOf(write('poem.txt', 'roses are red'))).toBe('its content is of no kind this program knows');
  });

  test('bytes that are no UTF-8', async () => {
    expect(await reasonOf(write('x.xml', Buffer.from([0x3c, 0xff, 0xfe])))).toBe('it is not UTF-8 text');
  });

  test('a name for --as that no reader has', async () => {
    expect(await reasonOf(write('x', 'x'), 'tea-leaves')).toBe(
      `no recordings are read as tea-leaves; known are ${readers.map((reader) => reader.source).join(', ')}`,
    );
  });

  test('an XML bomb', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "b">]><nvidia_smi_log>&a;</nvidia_smi_log>';
    expect(await reasonOf(write('bomb.xml', bomb))).toBe(
      'it cannot be read as output of nvidia-smi -q -x: it declares entities, which nvidia-smi never does',
    );
  });

  test('a log without a GPU', async () => {
    expect(await reasonOf(write('none.xml', '<nvidia_smi_log></nvidia_smi_log>'))).toMatch(
      /^it (was|cannot be) read as/,
    );
  });

  test('a file that is too large', async () => {
    expect(await reasonOf(write('large.xml', Buffer.alloc(17 * 1_048_576, 0x20)))).toBe('it is larger than 16 MiB');
  });

  test('recordings of two machines in one folder', async () => {
    copyFileSync(join(smi, 'xml/telegraf-a100-sxm4-v12.xml'), join(folder, 'a.xml'));
    copyFileSync(join(smi, 'xml/telegraf-gtx-1070-ti.xml'), join(folder, 'b.xml'));
    expect(await reasonOf(folder)).toMatch(
      /^its files are of several machines: 0000:01:00\.0 is GPU-.+ in one and GPU-/,
    );
  });

  test('paths and links in kernel files that lead out of the folder', async () => {
    const path = write(
      'out.json',
      JSON.stringify({
        '/sys/../../../../tmp/gaib-was-here': 'x',
        '/sys/class/dmi/id/sys_vendor': '-> ../../../../../../../../../../etc/hostname',
        '/sys/class/dmi/id/product_name': '-> /etc/machine-id',
      }),
    );
    expect(await reasonOf(path)).toMatch(/holds no machine and no device$/);
  });

  test('anything else', async () => {
    const start = fc.constantFrom(
      '',
      '<nvidia_smi_log>',
      '==============NVSMI LOG==============\n',
      '{"/sys/',
      'Slot:\t',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.string({ unit: 'binary' }), async (head, tail) => {
        expect(await reasonOf(write('any', head + tail))).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});
