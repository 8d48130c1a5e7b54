import { expect, test } from 'vitest';
import { isPlaceholder, isPlaceholderUuid } from './placeholder.ts';

// Each was seen in the place of a serial number: recordings, issue threads, firmware defaults.
test.each([
  '',
  '   ',
  'N/A',
  '[N/A]',
  'NA',
  '0',
  '0000000000000',
  '0x0000000000000000',
  '00:00:00:00:00:00',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'unknown',
  'NUMBER',
  '000000000000',
  'AS14********',
  'REDACTED',
  '[REDACTED]',
  'To be filled by O.E.M.',
  'To Be Filled By O.E.M.',
  'Default string',
  'Not Specified',
  'System Serial Number',
  '0123456789',
  '123456789',
  'GPU-00000000-0000-0000-0000-000000000000',
])('%j names nothing', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

test.each([
  '1650522003820',
  '0322218049033',
  '7N62AI2',
  '.7N62AI2.GRTCL6944100GP.',
  'S680HF8N190894I',
  'MT2340J88735',
  'CNIVC007CV0803',
  'ILC34600ZK',
  'GPU-11111111-2222-3333-4444-555555555555',
  '0x737bb8d09327f7d9',
  '10000',
])('%j is a name', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

test('nothing at all names nothing', () => {
  expect(isPlaceholder(undefined)).toBe(true);
  expect(isPlaceholder(null)).toBe(true);
});

test.each([
  ['03000200-0400-0500-0006-000700080009', true],
  ['00000000-0000-0000-0000-020a00008086', true],
  ['00000000-0000-0000-0000-000000000000', true],
  ['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', true],
  ['83340ca8-cb49-4474-8c29-d2088ca84dd9', false],
  ['4c4c4544-0046-4c10-8037-c3c04f564d32', false],
])('the UUID %s: placeholder %s', (uuid, expected) => {
  expect(isPlaceholderUuid(uuid)).toBe(expected);
});
