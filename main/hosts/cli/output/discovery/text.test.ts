import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, pad, widthOf, wrap } from './text.ts';

test('text is cut with an ellipsis, padded and wrapped by columns', () => {
  expect(cut('NVIDIA H100 80GB HBM3', 12)).toBe('NVIDIA H100…');
  expect(pad('gpu0', 6)).toBe('gpu0  ');
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrap('GPU-b42dd28e-ffdd', 8)).toEqual(['GPU-b42d', 'd28e-ffd', 'd']);
  expect(widthOf('显卡')).toBe(4);
});

test('no line is wider than it may be, and no word is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme-ascii' })), fc.integer({ min: 4, max: 40 }), (words, width) => {
      const text = words.join(' ').replaceAll(/\s+/g, ' ').trim();
      const lines = wrap(text, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
