/** xpu-smi's outputs as Intel documents them, intel_gpu_top as it was recorded, and texts that are neither. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { isGpuTop, readGpuTop } from './gpu-top.ts';
import { NotXpuSmi, parseXpuJson, parseXpuTable, readXpuSmi } from './parse.ts';

const runs = Number(process.env.FC_RUNS ?? 200);
const fixture = (file: string) => readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8');
const facts = (device: DeviceReading | undefined): Record<string, unknown> =>
  Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));

describe('xpu-smi', () => {
  test('the documented tables: one GPU, whose UUID and serial number are none', () => {
    const { devices } = readXpuSmi(parseXpuTable(fixture('xpu-smi-user-guide-outputs.txt')));
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ name: 'Intel(R) Graphics [0x020a]', locator: '0000:4d:00.0', identity: [] });
    expect(facts(devices[0])).toEqual({
      'pci-address': '0000:4d:00.0',
      maker: 'Intel Corporation',
      model: 'Intel(R) Graphics [0x020a]',
      'memory-total': 32768 * 1_048_576,
      'memory-bus-width': 128,
      'clock-graphics-max': 1_400_000_000,
      'pci-generation-max': 4,
      'pci-width-max': 16,
      'execution-units': 512,
      tiles: 2,
      ecc: true,
      'driver-version': '16929133',
      vbios: 'ATS0_1.1',
    });
    expect(devices[0]?.problems.map(({ code, field }) => [code, field])).toEqual([
      ['placeholder', 'uuid'],
      ['placeholder', 'serial'],
    ]);
  });

  test('the documented JSON', () => {
    const block = /\{\s+"device_list"[\s\S]*?\n\}/.exec(fixture('xpu-smi-user-guide-outputs.txt'))?.[0] ?? '';
    const { devices } = readXpuSmi(parseXpuJson(block));
    expect(facts(devices[0])).toMatchObject({ 'pci-device-id': '8086:020a', model: 'Intel(R) Graphics [0x020a]' });
    expect(devices[0]?.identity).toEqual([]);
  });

  test('list and details of one GPU are one, and a serial number is a name', () => {
    const list = [
      new Map([
        ['pci_bdf_address', '0000:4d:00.0'],
        ['device_name', 'Intel(R) Data Center GPU Flex 170'],
      ]),
    ];
    const details = parseXpuJson(
      JSON.stringify({
        pci_bdf_address: '0000:4d:00.0',
        serial_number: 'LQAC13401434',
        memory_physical_size_byte: '15230566400',
      }),
    );
    const { devices } = readXpuSmi([...list, ...details]);
    expect(devices).toHaveLength(1);
    expect(devices[0]?.identity).toEqual([
      { scheme: 'part-and-serial', value: 'intel:intel(r) data center gpu flex 170:LQAC13401434', trust: 'host' },
    ]);
    expect(facts(devices[0])['memory-total']).toBe(15_230_566_400);
  });

  test('a virtual function is a share of a GPU, and is left out', () => {
    const functions = ['physical', 'virtual'].map((type, index) => ({
      pci_bdf_address: `0000:4d:00.${index}`,
      device_function_type: type,
    }));
    const { devices } = readXpuSmi(parseXpuJson(JSON.stringify({ device_list: functions })));
    expect(devices.map(({ locator }) => locator)).toEqual(['0000:4d:00.0']);
  });

  test.each(['', '{}', '[]', 'no devices'])('%j is no answer', (text) => {
    expect(() => parseXpuJson(text)).toThrow(NotXpuSmi);
    expect(() => parseXpuTable(text)).toThrow(NotXpuSmi);
  });

  test('any values and any lines give facts that can be', () => {
    const keys = fc.constantFrom(
      'pci_bdf_address',
      'serial_number',
      'uuid',
      'memory_physical_size_byte',
      'memory_ecc_state',
    );
    const line = fc.constantFrom(
      '| Device ID | Device Information |',
      '| 0         | PCI BDF Address: 0000:4d:00.0  |',
      '|           | Memory Physical Size: 9e9 MiB  |',
      '+---+',
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.oneof(fc.string(), fc.integer())),
        fc.array(fc.oneof(line, fc.string())),
        (device, lines) => {
          for (const parse of [() => parseXpuJson(JSON.stringify(device)), () => parseXpuTable(lines.join('\n'))]) {
            try {
              for (const reading of readXpuSmi(parse()).devices)
                for (const { value } of reading.observations)
                  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
            } catch (error) {
              if (!(error instanceof NotXpuSmi)) throw error;
            }
          }
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('intel_gpu_top', () => {
  const recorded = fixture('netdata-intel_gpu_top.json');

  test('says what a GPU does, and not which one it is', () => {
    expect(isGpuTop(recorded)).toBe(true);
    const { devices } = readGpuTop(recorded);
    expect(facts(devices[0])).toEqual({
      maker: 'Intel Corporation',
      'clock-graphics': 1_253_085_184,
      'power-draw': 3.233528,
      utilization: 96.092944,
    });
    expect(devices[0]?.identity).toEqual([]);
  });

  test('of which the tool was ended in the middle of its list', () => {
    expect(readGpuTop(`[${recorded},\n`).devices).toHaveLength(1);
  });

  test('any JSON gives an answer', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          readGpuTop(text);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
        }
      }),
      { numRuns: runs },
    );
  });
});
