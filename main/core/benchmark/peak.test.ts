import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AcceleratorTable, acceleratorOf, peakOf, withPeaks } from './peak.ts';

const path = new URL('../../../native-probes/reference/accelerators.json', import.meta.url);
const table = JSON.parse(readFileSync(path, 'utf8')) as AcceleratorTable;
const h200 = { name: 'NVIDIA H200', pciId: '10de:2335', memoryBytes: 143_771 * 2 ** 20 };

describe('the row of a device', () => {
  it('is found by PCI id whatever the name says, in either case', () => {
    expect(acceleratorOf({ name: 'renamed', pciId: '10DE:2335' }, table)?.model).toBe('H200 SXM 141GB');
  });

  it('is found by name where there is no PCI id, with or without the maker', () => {
    expect(acceleratorOf({ name: 'NVIDIA H200' }, table)?.model).toBe('H200 SXM 141GB');
    expect(acceleratorOf({ name: 'h200' }, table)?.model).toBe('H200 SXM 141GB');
  });

  it('is not guessed from the beginning of a name', () => {
    expect(acceleratorOf({ name: 'NVIDIA H20' }, table)?.model).not.toBe('H200 SXM 141GB');
    expect(acceleratorOf({ name: 'NVIDIA H2' }, table)).toBeUndefined();
  });

  it('is none for a device that the table does not list', () => {
    expect(acceleratorOf({ name: 'NVIDIA L20X', pciId: '10de:ffff' }, table)).toBeUndefined();
  });

  it('is told by memory, then by name, where several products share an id; and left open where neither does', () => {
    const row = table.accelerators[0]!;
    const shared: AcceleratorTable = {
      accelerators: [
        { ...row, model: 'small', names: ['One'], pciDeviceIds: ['aa:1'], vramGiB: 16 },
        { ...row, model: 'large', names: ['Two'], pciDeviceIds: ['aa:1'], vramGiB: 24 },
        { ...row, model: 'twin', names: ['Three'], pciDeviceIds: ['aa:1'], vramGiB: 24 },
      ],
    };
    const model = (name: string, memoryBytes?: number) =>
      acceleratorOf({ name, pciId: 'aa:1', ...(memoryBytes === undefined ? {} : { memoryBytes }) }, shared)?.model;
    expect(model('?', 15.7 * 2 ** 30)).toBe('small');
    expect(model('Three', 23.9 * 2 ** 30)).toBe('twin');
    expect(model('Two')).toBe('large');
    expect(model('?', 23.9 * 2 ** 30)).toBeUndefined();
    expect(model('?')).toBeUndefined();
  });
});

it('an id that a product shares with one outside the table counts only together with the name', () => {
  expect(acceleratorOf({ name: 'NVIDIA A16', pciId: '10de:25b6' }, table)?.model).toContain('A16');
  expect(acceleratorOf({ name: 'NVIDIA A2', pciId: '10de:25b6' }, table)).toBeUndefined();
});

describe('the peak of a figure', () => {
  const copy = { id: 'gpu-copy', unit: 'By/s', median: 4.08e12 };

  it('is the published memory bandwidth for a copy, with its source', () => {
    const peak = peakOf(copy, h200, table);
    expect(peak).toMatchObject({ value: 4.8e12, unit: 'By/s' });
    expect(peak?.fraction).toBeCloseTo(0.85, 10);
    expect(peak?.source).toContain('H200 SXM 141GB');
  });

  it('is the link for transfers to and from the host', () => {
    const peak = peakOf({ id: 'gpu-host-to-device', unit: 'By/s', median: 50e9 }, h200, table);
    expect(peak?.fraction).toBeCloseTo(50 / 63.015, 6);
  });

  it('is none for the host, an unlisted device, a figure that was not measured, or another unit', () => {
    expect(peakOf({ id: 'memory-triad', unit: 'By/s', median: 1 }, { name: 'host' }, table)).toBeUndefined();
    expect(peakOf(copy, { name: 'NVIDIA L20X' }, table)).toBeUndefined();
    expect(peakOf({ id: 'gpu-copy', unit: 'By/s' }, h200, table)).toBeUndefined();
    expect(peakOf({ ...copy, unit: 'GiBy/s' }, h200, table)).toBeUndefined();
  });

  it('is put beside each result of the device it is of', () => {
    const results = [
      { ...copy, subject: '0000:01:00.0' },
      { id: 'cpu-fp64', unit: '{op}/s', subject: 'host', median: 1 },
    ];
    const [gpu, host] = withPeaks(results, [{ ...h200, locator: '0000:01:00.0' }], table);
    expect(gpu?.peak?.value).toBe(4.8e12);
    expect(host).not.toHaveProperty('peak');
  });
});
