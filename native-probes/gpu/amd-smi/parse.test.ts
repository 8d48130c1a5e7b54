/**
 * amd-smi's answers. No recording of a machine was to be had: the two forms below follow AMD's documentation of the
 * command line and its own unit tests (list up to version 25, `gpu_data` from 26 on), the values are made up.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { NotAmdSmi, parseAmdSmi, readAmdSmi } from './parse.ts';

const runs = Number(process.env.FC_RUNS ?? 200);
const facts = (device: DeviceReading | undefined): Record<string, unknown> =>
  Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));

const asic = {
  market_name: 'AMD Instinct MI300X',
  vendor_id: '0x1002',
  vendor_name: 'Advanced Micro Devices Inc. [AMD/ATI]',
  subvendor_id: '0x1002',
  device_id: '0x74a1',
  subsystem_id: '0x74a1',
  rev_id: '0x00',
  asic_serial: '0x8D1457E2C20F59D2',
  oam_id: 6,
  num_compute_units: 304,
  target_graphics_version: 'gfx942',
};
const gpu = {
  gpu: 0,
  asic,
  bus: { bdf: '0000:26:00.0', max_pcie_width: 16, max_pcie_speed: { value: 32, unit: 'GT/s' }, slot_type: 'OAM' },
  ifwi: { name: 'AMD MI300X', version: '022.040.003.042.000001' },
  limit: {
    max_power: { value: 750, unit: 'W' },
    socket_power: { value: 750, unit: 'W' },
    min_power: { value: 0, unit: 'W' },
  },
  driver: { name: 'amdgpu', version: '6.12.12' },
  board: { model_number: '102-G30211-0C', product_serial: '692347006052', product_name: 'AMD Instinct MI300X OAM' },
  vram: { type: 'HBM3', vendor: 'HYNIX', size: { value: 196592, unit: 'MB' }, bit_width: 8192 },
  partition: { accelerator_partition: 'SPX', memory_partition: 'NPS1' },
  numa: { node: 0, affinity: 0 },
};

describe('a GPU', () => {
  test('as version 26 lists it, with what moves from another answer', () => {
    const metric = {
      gpu: 0,
      power: { socket_power: { value: 133, unit: 'W' } },
      temperature: { edge: 'N/A', hotspot: { value: 35, unit: 'C' }, mem: { value: 33, unit: 'C' } },
      usage: { gfx_activity: { value: 0, unit: '%' }, umc_activity: 'N/A' },
      mem_usage: { total_vram: { value: 196592, unit: 'MB' }, used_vram: { value: 283, unit: 'MB' } },
      clock: { gfx_0: { clk: { value: 132, unit: 'MHz' }, max_clk: { value: 2100, unit: 'MHz' } } },
      pcie: { width: 16, speed: { value: 32, unit: 'GT/s' }, replay_count: 0 },
      ecc: { total_correctable_count: 0, total_uncorrectable_count: 1 },
    };
    const text = `Some words first\n${JSON.stringify({ gpu_data: [gpu] })}`;
    const { devices } = readAmdSmi([parseAmdSmi(text), parseAmdSmi(JSON.stringify({ gpu_data: [metric] }))]);
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ name: 'AMD Instinct MI300X', locator: '0000:26:00.0', problems: [] });
    expect(devices[0]?.identity).toEqual([
      { scheme: 'gpu-uuid', value: 'amd:0x8d1457e2c20f59d2', trust: 'host' },
      { scheme: 'part-and-serial', value: 'amd:102-G30211-0C:692347006052', trust: 'host' },
    ]);
    expect(facts(devices[0])).toMatchObject({
      'pci-device-id': '1002:74a1',
      'pci-subsystem-id': '1002:74a1',
      multiprocessors: 304,
      architecture: 'gfx942',
      'memory-total': 196592 * 1_048_576,
      'memory-used': 283 * 1_048_576,
      'memory-type': 'HBM3',
      'memory-bus-width': 8192,
      'power-limit': 750,
      'power-draw': 133,
      temperature: 35,
      'temperature-memory': 33,
      'clock-graphics': 132e6,
      'clock-graphics-max': 2100e6,
      'pci-generation': 5,
      'pci-generation-max': 5,
      'ecc-uncorrected-since-load': 1,
      'compute-partition': 'SPX',
      'driver-version': '6.12.12',
    });
    expect(facts(devices[0])).not.toHaveProperty('utilization-memory');
  });

  test('as earlier versions list it, with units inside the text', () => {
    const older = { ...gpu, vram: { type: 'HBM3', size: '196592 MB' }, limit: { max_power: '750 W' } };
    const { devices } = readAmdSmi([parseAmdSmi(JSON.stringify([older]))]);
    expect(facts(devices[0])).toMatchObject({ 'memory-total': 196592 * 1_048_576, 'power-limit-max': 750 });
  });

  test('with vendor and subsystem in the other order', () => {
    const card = { gpu: 0, asic: { ...asic, subvendor_id: '0x7550', subsystem_id: '0x1002' } };
    expect(facts(readAmdSmi([parseAmdSmi(JSON.stringify([card]))]).devices[0])['pci-subsystem-id']).toBe('1002:7550');
  });

  test('without a number has no name, and says so', () => {
    const card = { gpu: 0, asic: { ...asic, asic_serial: '0x0' }, board: { product_serial: 'N/A' } };
    const { devices } = readAmdSmi([parseAmdSmi(JSON.stringify([card]))]);
    expect(devices[0]?.identity).toEqual([]);
    expect(devices[0]?.problems.map(({ field }) => field)).toEqual(['device-identifier']);
  });

  test('in eight compute partitions is one', () => {
    const parts = Array.from({ length: 8 }, (_, index) => ({
      ...gpu,
      gpu: index,
      bus: { bdf: `0000:26:00.${index}` },
      partition: { accelerator_partition: 'CPX' },
    }));
    const { devices } = readAmdSmi([parseAmdSmi(JSON.stringify(parts))]);
    expect(devices).toHaveLength(1);
    expect(facts(devices[0])).toMatchObject({ partitions: 8, 'compute-partition': 'CPX' });
    expect(facts(devices[0])).not.toHaveProperty('multiprocessors');
  });
});

describe('answers that are none', () => {
  test.each([
    ["'CTRL' + 'C' to stop watching output:", 'it holds no JSON'],
    ['[{]', 'it is no well-formed JSON'],
    ['{"gpu_data": []}', 'it lists no GPU'],
    ['[]', 'it lists no GPU'],
  ])('%s', (text, sentence) => {
    expect(() => parseAmdSmi(text)).toThrow(new NotAmdSmi(sentence));
  });

  test('any tree in place of a GPU gives facts that can be', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('N/A', '1 MB', '-1 W', null), fc.double()),
        fc.dictionary(fc.constantFrom('value', 'unit', 'size', 'bdf', 'asic_serial', '__proto__'), tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    const sections = fc.constantFrom('asic', 'bus', 'vram', 'limit', 'board', 'power', 'temperature', 'pcie', 'clock');
    fc.assert(
      fc.property(fc.dictionary(sections, tree), (card) => {
        const text = JSON.stringify([{ ...card, gpu: 0 }]);
        for (const device of readAmdSmi([parseAmdSmi(text)]).devices) {
          for (const { name, value } of device.observations)
            if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
