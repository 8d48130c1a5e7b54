import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generationOfSpeed, joinPciId, normalisePciAddress, pciAddress, unpackPciId } from './pci-address.ts';

test.each([
  ['00000000:01:00.0', '0000:01:00.0'],
  ['0000:A1:00.0', '0000:a1:00.0'],
  ['01:00.0', '0000:01:00.0'],
  ['0000:a1:00', '0000:a1:00.0'],
  ['GPU0000:A1:00.0', '0000:a1:00.0'],
  ['GPU 0000:0B:00.0', '0000:0b:00.0'],
  ['000b:00:00.0', '000b:00:00.0'],
  ['10000:e1:00.0', '10000:e1:00.0'],
  [' 0002:00:1f.7 ', '0002:00:1f.7'],
])('%j is %s', (text, expected) => {
  expect(normalisePciAddress(text)).toBe(expected);
});

test.each(['', 'N/A', '01', '01:00.8', '0000:01:20.0', '1:2:3:4', 'zz:00.0', '0000:01:00.0.0'])(
  '%j is no address',
  (text) => {
    expect(normalisePciAddress(text)).toBeUndefined();
  },
);

test('an address in its spelling is what it is', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(0xff), fc.nat(0x1f), fc.nat(7), (domain, bus, device, part) => {
      const address = pciAddress(domain, bus, device, part);
      expect(address).toBeDefined();
      expect(normalisePciAddress(address ?? '')).toBe(address);
      expect(normalisePciAddress((address ?? '').toUpperCase())).toBe(address);
    }),
  );
});

test('anything else gives an address in the one spelling, or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(normalisePciAddress(text) ?? '0000:00:00.0').toMatch(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/);
    }),
  );
});

test('ids come apart vendor last, and go together vendor first', () => {
  expect(unpackPciId(0x20b210de)).toBe('10de:20b2');
  expect(unpackPciId(0xffff10de)).toBe('10de:ffff');
  expect(joinPciId('0x10de', '0x20B2')).toBe('10de:20b2');
  expect(joinPciId('', '0x20b2')).toBeUndefined();
});

test('transfer rates are generations', () => {
  expect([2.5e9, 5e9, 8e9, 16e9, 32e9, 64e9, 1].map(generationOfSpeed)).toEqual([1, 2, 3, 4, 5, 6, undefined]);
});
