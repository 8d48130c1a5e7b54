import { beforeAll, describe, expect, test } from 'vitest';
import { loadReference } from '#adapters/probes/reference.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Reference } from '#ports/reference.ts';
import { assembleInventory, type Inventory } from './assemble-inventory.ts';
import { changesBetween } from './changes.ts';
import { device, h100, reading } from './readings-double.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
});
const take = (...readings: ProbeReading[]): Inventory =>
  assembleInventory(readings, { machineAddress: '0xabc', practice: false, reference });
const shown = (before: Inventory, after: Inventory) =>
  changesBetween(before, after).map(({ kind, asset, sentence }) => `${kind} ${asset}: ${sentence}`);

describe('two scans of one machine', () => {
  test('that find the same differ in nothing, whatever moves by itself', () => {
    const figures = (power: number) => h100.nvml({ 'power-draw': power, 'performance-state': `P${power % 8}` });
    expect(shown(take(reading('nvidia-nvml', [figures(100)])), take(reading('nvidia-nvml', [figures(301)])))).toEqual(
      [],
    );
  });

  test('a card that comes and one that goes', () => {
    const other = device({
      locator: '0000:2a:00.0',
      facts: { model: 'NVIDIA L4' },
      identity: { 'gpu-uuid': 'GPU-7c3cadbd-17e5-0913-f69b-c618122ea0cd' },
    });
    expect(shown(take(reading('nvidia-nvml', [h100.nvml()])), take(reading('nvidia-nvml', [other])))).toEqual([
      'vanished gpu0: It was at 0000:18:00.0, and no source speaks of it any more.',
      'appeared gpu0: 0000:2a:00.0, ready.',
    ]);
  });

  test('a card that moves to another slot is the same one', () => {
    const moved = { ...h100.nvml({ 'pci-address': '0000:2a:00.0' }), locator: '0000:2a:00.0' };
    expect(shown(take(reading('nvidia-nvml', [h100.nvml()])), take(reading('nvidia-nvml', [moved])))).toEqual([
      'fact gpu0: pci-address: 0000:18:00.0 became 0000:2a:00.0 (nvidia-nvml).',
    ]);
  });

  test('a GPU that the driver loses, and that comes back', () => {
    const whole = take(reading('nvidia-nvml', [h100.nvml()]), reading('gpu-pci', [h100.bus()]));
    const lost = take(
      reading('nvidia-nvml', [{ ...h100.nvml(), problems: [{ code: 'lost', sentence: 'GPU 0 stopped answering.' }] }]),
      reading('gpu-pci', [h100.bus()]),
    );
    expect(shown(whole, lost)).toEqual([
      'state gpu0: It was ready and is cannot be onboarded.',
      'reason gpu0: GPU 0 stopped answering.',
    ]);
    expect(shown(lost, whole)).toEqual([
      'state gpu0: It was cannot be onboarded and is ready.',
      'mended gpu0: No longer: GPU 0 stopped answering.',
    ]);
  });

  test('a source that falls silent', () => {
    const both = take(reading('nvidia-nvml', [h100.nvml()]), reading('nvidia-cuda', [h100.cuda()]));
    expect(shown(both, take(reading('nvidia-nvml', [h100.nvml()])))).toEqual([
      'source-lost gpu0: nvidia-cuda says no more of it.',
    ]);
  });
});
