import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCpuinfo } from './parse.ts';

function read(file: string, meminfo?: string) {
  const { devices } = readCpuinfo(readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8'), meminfo);
  const facts = Object.fromEntries((devices[0]?.observations ?? []).map((entry) => [entry.name, entry.value]));
  return { facts, problems: devices[0]?.problems ?? [] };
}

test('a laptop of one package, four cores, eight threads', () => {
  expect(read('procfs-cpuinfo.txt', 'MemTotal:       15666184 kB\nMemFree: 1 kB\n')).toEqual({
    facts: {
      'cpu-maker': 'Intel',
      'cpu-model': 'Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz',
      'cpu-threads': 8,
      'cpu-sockets': 1,
      'cpu-cores': 4,
      'cpu-features': 'aes avx2',
      'memory-total': 15_666_184 * 1024,
    },
    problems: [],
  });
});

test('a virtual machine of two packages of one core', () => {
  const { facts, problems } = read('jc-cpuinfo2.txt');
  expect(facts).toMatchObject({ 'cpu-threads': 2, 'cpu-sockets': 2, 'cpu-cores': 2, virtual: true });
  expect(problems).toEqual([]);
});

test('a list that was cut after four of 112 threads says so', () => {
  const { facts, problems } = read('telegraf-cpuinfo.txt');
  expect(facts).toMatchObject({
    'cpu-model': 'Intel(R) Xeon(R) Platinum 8480+',
    'cpu-cores': 56,
    'cpu-threads': 4,
    'cpu-features': 'aes sha_ni avx2 avx512f avx512_vnni avx512_bf16 avx512_fp16 amx_tile amx_int8 amx_bf16',
  });
  expect(problems).toEqual([
    {
      code: 'mismatch',
      field: 'cpu-threads',
      sentence:
        'Processor 0 has 112 threads and 4 of them are listed: the others are switched off, or the list was cut.',
    },
  ]);
});

test('a processor without a name is counted all the same', () => {
  const answer = readCpuinfo(
    'processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd aes sve\n\nprocessor\t: 1\n',
    undefined,
  );
  const [host] = answer.devices;
  expect(host?.observations.map((entry) => [entry.name, entry.value])).toEqual([
    ['cpu-threads', 2],
    ['cpu-features', 'aes asimd sve'],
  ]);
  expect(host?.problems[0]?.field).toBe('cpu-model');
});

test('any text gives an answer', () => {
  const line = fc.constantFrom(
    'processor : 0',
    'physical id : -1',
    'cpu cores : 1e9',
    'siblings : x',
    '',
    'flags :',
    ':::',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), fc.string(), (lines, meminfo) => {
      const { outcome, devices } = readCpuinfo(lines.join('\n'), meminfo);
      expect(outcome === 'failed' ? devices.length : 1).toBe(devices.length);
    }),
  );
});
