import { describe, expect, test } from 'vitest';
import { deedNumber, formatAmount, formatFigure, formatMoment, grouped, shortened } from './number-format.ts';

describe('a figure', () => {
  test.each([
    [12_345_678_901, 'By/s', '12.35 GB/s'],
    [12_345_678_901, '{op}/s', '12.35 billion operations/s'],
    [9.895e14, '{op}/s', '989.5 trillion operations/s'],
    [999_999_999, '{op}/s', '1 billion operations/s'],
    [48_754.2, '{read}/s', '48,750 reads/s'],
    [3_804, '{event}/s', '3,804 events/s'],
    [0, '{event}/s', '0 events/s'],
    [12, '{frame}/s', '12 frame/s'],
    [65_536, 'By', '64 KiB'],
    [80 * 2 ** 30, 'By', '80 GiB'],
    [25_276_502_016, 'By', '25.28 GB'],
    [1000, 'By', '1 kB'],
    [2, '1', '2'],
    [37.5, 'Cel', '37.5 Cel'],
    [Number.POSITIVE_INFINITY, '{op}/s', 'Infinity operations/s'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(formatFigure(value, unit)).toBe(text);
  });
});

test('an amount is cut off, never rounded up', () => {
  expect(formatAmount('1234567899999999999999', 18)).toBe('1,234.567899');
  expect(formatAmount('1', 18)).toBe('<0.000001');
  expect(formatAmount('0', 18)).toBe('0');
  expect(formatAmount('-1500000000000000000', 18)).toBe('-1.5');
});

test('long numbers', () => {
  expect(grouped('1234567.25')).toBe('1,234,567.25');
  expect(deedNumber('255')).toBe(`0x${'0'.repeat(62)}ff`);
  expect(shortened(deedNumber('255'))).toBe('0x00000000…000000ff');
  expect(shortened('0x926e6A05760D06142475ea3F559cc61e4DCc9140')).toBe('0x926e6A05760D06142475ea3F559cc61e4DCc9140');
  expect(formatMoment('2026-12-25T23:42:40.000Z')).toBe('2026-12-25 23:42 UTC');
});
