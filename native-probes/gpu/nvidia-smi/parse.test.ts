/** Every recorded log against the facts a person read in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { type Expected, MiB, sections, xml } from './expected-facts.ts';
import { readSmiLog } from './parse.ts';
import { parseSmiText } from './text.ts';
import { parseSmiXml } from './tree.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
function facts(device: DeviceReading): Record<string, unknown> {
  return Object.fromEntries(device.observations.map((entry) => [entry.name, entry.value]));
}

function check(device: DeviceReading | undefined, expected: Expected): void {
  expect(device?.name).toBe(expected.name);
  expect(device?.locator).toBe(expected.locator);
  expect(device?.identity.map((claim) => `${claim.scheme} ${claim.value}`)).toEqual(expected.identity);
  const found = facts(device!);
  expect(found).toMatchObject(expected.facts);
  for (const name of expected.absent) expect(found, name).not.toHaveProperty([name]);
}

describe('XML', () => {
  test('every recording has its expected facts here', () => {
    expect(readdirSync(join(fixtures, 'xml')).sort()).toEqual(Object.keys(xml).sort());
  });

  test.each(Object.entries(xml))('%s', (file, expected) => {
    const answer = readSmiLog(parseSmiXml(readFileSync(join(fixtures, 'xml', file), 'utf8')));
    expect(answer.outcome).toBe('present');
    expect(answer.devices).toHaveLength(1);
    check(answer.devices[0], expected);
  });

  test('a log that counts more GPUs than it describes says so', () => {
    const answer = readSmiLog(parseSmiXml(readFileSync(join(fixtures, 'xml/telegraf-a100-sxm4-v12.xml'), 'utf8')));
    expect(answer.problems).toEqual([
      {
        code: 'mismatch',
        field: 'attached_gpus',
        sentence: 'nvidia-smi counts 4 GPUs and describes 1: the others are not in its answer.',
      },
    ]);
  });

  test('a share of a GPU is shown and has no identity', () => {
    const log = readFileSync(join(fixtures, 'xml/telegraf-tesla-t4.xml'), 'utf8');
    const shared = log.replace('<virtualization_mode>Pass-Through', '<virtualization_mode>VGPU');
    expect(shared).not.toBe(log);
    const [device] = readSmiLog(parseSmiXml(shared)).devices;
    expect(facts(device!)).toMatchObject({ uuid: 'GPU-d37e67a5-91dd-3774-a5cb-99096249601a' });
    expect(device?.identity).toEqual([]);
    expect(device?.problems.at(-1)?.sentence).toBe(
      'Tesla T4 at 0000:00:1e.0 is a share of a GPU (vGPU): onboard the whole GPU from its host.',
    );
  });

  test('two GPUs in one log are two devices', () => {
    const one = readFileSync(join(fixtures, 'xml/telegraf-tesla-t4.xml'), 'utf8');
    const gpu = /<gpu id[\s\S]*<\/gpu>/.exec(one)?.[0] ?? '';
    const second = gpu.replaceAll('00:1E', '00:1F').replace('GPU-d37e67a5', 'GPU-d37e67a6');
    const answer = readSmiLog(
      parseSmiXml(one.replace(gpu, `${gpu}${second}`).replace('<attached_gpus>1', '<attached_gpus>2')),
    );
    expect(answer.devices.map((device) => device.locator)).toEqual(['0000:00:1e.0', '0000:00:1f.0']);
    expect(answer.problems).toEqual([]);
  });
});

describe('text', () => {
  test('every capture of sections has its expected facts here', () => {
    const captures = readdirSync(join(fixtures, 'sections')).filter((file) => file.includes('x86_64'));
    expect(captures.sort()).toEqual(Object.keys(sections).sort());
  });

  test.each(Object.entries(sections))('%s', (file, expected) => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'sections', file), 'utf8')));
    expect(answer.devices).toHaveLength(1);
    expect(answer.problems).toEqual([]);
    check(answer.devices[0], expected);
  });

  test('eight H100 keep their eight names apart', () => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'text/thamada-H100SXMx8.txt'), 'utf8')));
    const buses = ['18', '2a', '3a', '5d', '9a', 'ab', 'ba', 'db'];
    expect(answer.devices.map((device) => device.locator)).toEqual(buses.map((bus) => `0000:${bus}:00.0`));
    expect(new Set(answer.devices.map((device) => facts(device).uuid)).size).toBe(8);
    expect(new Set(answer.devices.map((device) => facts(device).serial)).size).toBe(8);
    expect(facts(answer.devices[7]!)).toMatchObject({
      uuid: 'GPU-33135771-a848-ece1-b61e-489e221d663c',
      'memory-total': 81559 * MiB,
      'driver-version': '565.57.01',
      'power-limit': 700,
    });
  });

  test.each([
    ['thamada-A100SXMx4.txt', 4, 'NVIDIA A100-SXM4-80GB', 81920],
    ['thamada-RTX4090.txt', 8, 'NVIDIA GeForce RTX 4090', 24564],
    ['thamada-L4.txt', 1, 'NVIDIA L4', 23034],
  ])('%s', (file, count, name, memory) => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'text', file), 'utf8')));
    expect(answer.devices.map((device) => device.name)).toEqual(Array.from({ length: count }, () => name));
    for (const device of answer.devices) {
      expect(facts(device)['memory-total']).toBe(memory * MiB);
      expect(device.identity.some((claim) => claim.scheme === 'gpu-uuid')).toBe(true);
    }
    expect(answer.problems).toEqual([]);
  });
});

test('no recording gives a placeholder as an identity, a value that is no number, or another answer the second time', () => {
  for (const [folder, parse] of [
    ['xml', parseSmiXml],
    ['sections', parseSmiText],
    ['text', parseSmiText],
  ] as const) {
    for (const file of readdirSync(join(fixtures, folder))) {
      if (file.includes('fields')) continue;
      const text = readFileSync(join(fixtures, folder, file), 'utf8');
      const answer = readSmiLog(parse(text));
      expect(readSmiLog(parse(text))).toEqual(answer);
      for (const { value } of answer.devices.flatMap((device) => device.observations)) {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        else if (typeof value === 'string') expect(value).not.toMatch(/N\/A|Not Supported|REDACTED|^$/i);
      }
      for (const claim of answer.devices.flatMap((device) => device.identity))
        expect(claim.value).not.toMatch(/0000000000/);
    }
  }
});
