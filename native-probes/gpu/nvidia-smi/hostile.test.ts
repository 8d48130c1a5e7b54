/** Logs no nvidia-smi wrote: each ends in a sentence or in problems, never in a throw of another kind or a false fact. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readComputeCapabilities } from './csv.ts';
import { explainSmiFailure } from './failures.ts';
import { readSmiLog } from './parse.ts';
import { logMark, parseSmiText } from './text.ts';
import { NotSmi, parseSmiXml, type Tree } from './tree.ts';
import { quantity } from './words.ts';

const recorded = readFileSync(join(import.meta.dirname, 'fixtures/xml/telegraf-a100-sxm4-v12.xml'), 'utf8');
const recordedText = readFileSync(join(import.meta.dirname, 'fixtures/text/thamada-L4.txt'), 'utf8');
const runs = Number(process.env.FC_RUNS ?? 200);

function sentenceOf(parse: (text: string) => Tree, text: string): string {
  try {
    readSmiLog(parse(text));
  } catch (error) {
    if (error instanceof NotSmi) return error.message;
    throw error;
  }
  return '';
}

/** No fact of a log may be a number that cannot be, or text that moves a cursor. */
function checkBelievable(log: Tree): void {
  for (const device of readSmiLog(log).devices) {
    for (const { name, value } of device.observations) {
      if (typeof value === 'number') {
        expect(Number.isFinite(value), name).toBe(true);
        if (!name.startsWith('temperature')) expect(value, name).toBeGreaterThanOrEqual(0);
      }
      if (typeof value === 'string') {
        expect(value.length, name).toBeLessThanOrEqual(256);
        expect(value, name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }
  }
}

describe('XML', () => {
  test('an entity bomb is refused before it is parsed', () => {
    const bomb = `<!DOCTYPE nvidia_smi_log [<!ENTITY a "aaaa"><!ENTITY b "${'&a;'.repeat(1000)}">]><nvidia_smi_log><gpu>&b;</gpu></nvidia_smi_log>`;
    expect(sentenceOf(parseSmiXml, bomb)).toBe('it declares entities, which nvidia-smi never does');
  });

  test('ten megabytes are refused by their size', () => {
    expect(sentenceOf(parseSmiXml, `<nvidia_smi_log>${'x'.repeat(10 * 1_048_576)}`)).toMatch(
      /^the text is longer than/,
    );
  });

  test('a hundred thousand open tags are refused by their depth', () => {
    const deep = `<nvidia_smi_log>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</nvidia_smi_log>`;
    expect(sentenceOf(parseSmiXml, deep)).toBe('it is nested deeper than nvidia-smi ever is');
  });

  test.each([
    ['', /no nvidia_smi_log|no well-formed XML/],
    ['<html></html>', /^it holds no nvidia_smi_log$/],
    ['<nvidia_smi_log><gpu></nvidia_smi_log>', /^it is no well-formed XML/],
    [Buffer.from(recorded).toString('latin1').replace('A100', '\uFFFD'), /^the text is not UTF-8$/],
  ])('%j has its sentence', (text, sentence) => {
    expect(sentenceOf(parseSmiXml, text)).toMatch(sentence);
  });

  test.each([
    ['-81920 MiB', 'parse'],
    ['NaN', 'parse'],
    ['1e999 MiB', 'parse'],
    ['99999999999999999999 MiB', 'parse'],
    ['81920 furlongs', 'parse'],
    ['[GPU is lost]', 'lost'],
    ['[Insufficient Permissions]', 'denied'],
    ['[Unknown Error]', 'absent'],
  ])('a memory of %s is no fact and has one problem', (text, code) => {
    const log = parseSmiXml(recorded.replace('<total>81920 MiB</total>', `<total>${text}</total>`));
    const device = readSmiLog(log).devices[0]!;
    expect(device.observations.some((entry) => entry.name === 'memory-total')).toBe(false);
    const problems = device.problems.filter((problem) => problem.field === 'memory-total');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toBe(code);
    expect(problems[0]?.sentence).toMatch(/^memory-total .+\.$/);
  });

  test('a name with terminal escapes comes out as plain text', () => {
    const log = parseSmiXml(recorded.replace('NVIDIA A100-SXM4-80GB', '\u001b[2J\u202eGB08\u0007 A100'));
    expect(readSmiLog(log).devices[0]?.name).toBe('[2JGB08 A100');
  });

  test('names that would reach Object.prototype are refused', () => {
    const text = recorded.replace('<uuid>', '<constructor><prototype><x>1</x></prototype></constructor><uuid>');
    expect(sentenceOf(parseSmiXml, text)).toMatch(/^it is no well-formed XML/);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('any piece of a log, cut or filled with anything, gives facts that can be or a sentence', () => {
    fc.assert(
      fc.property(
        fc.nat(recorded.length),
        fc.nat(400),
        fc.string({ maxLength: 60, unit: 'binary' }),
        (at, cut, put) => {
          const text = recorded.slice(0, at) + put + recorded.slice(at + cut);
          try {
            checkBelievable(parseSmiXml(text));
          } catch (error) {
            if (!(error instanceof NotSmi)) throw error;
          }
        },
      ),
      { numRuns: runs },
    );
  });

  test('any tree in place of a log gives facts that can be', () => {
    const names = fc.constantFrom(
      'gpu',
      'uuid',
      'serial',
      'pci',
      'pci_bus_id',
      'fb_memory_usage',
      'total',
      'mig_mode',
      '$',
      '_',
      '__proto__',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(fc.string(), fc.constantFrom('N/A', '', '1 MiB', '-1 MiB'), fc.constant(null), fc.integer()),
        fc.dictionary(names, tie('tree'), { maxKeys: 5 }),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(names, tree), (log) => checkBelievable(log as Tree)),
      { numRuns: runs },
    );
  });
});

describe('text', () => {
  test('any piece of a log, cut or filled with anything, gives facts that can be or a sentence', () => {
    fc.assert(
      fc.property(
        fc.nat(recordedText.length),
        fc.nat(400),
        fc.string({ maxLength: 60, unit: 'binary' }),
        (at, cut, put) => {
          try {
            checkBelievable(parseSmiText(recordedText.slice(0, at) + put + recordedText.slice(at + cut)));
          } catch (error) {
            if (!(error instanceof NotSmi)) throw error;
          }
        },
      ),
      { numRuns: runs },
    );
  });

  test('one line of a megabyte takes no longer than a moment', () => {
    const started = performance.now();
    sentenceOf(
      parseSmiText,
      `${logMark}\nGPU 00000000:01:00.0\n    ${'a: '.repeat(350_000)}\n    ${'a'.repeat(1_000_000)}\n`,
    );
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('two thousand groups within each other take no longer than a moment', () => {
    const started = performance.now();
    const deep = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth + 1)}a`).join('\n');
    sentenceOf(parseSmiText, `${logMark}\nGPU 00000000:01:00.0\n${deep}\n`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('a quantity is a finite number or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?[0-9.]{0,30} ?[A-Za-z%]{0,4}$/)), (text) => {
      const number = quantity(text);
      expect(number === undefined || Number.isFinite(number)).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('any CSV gives compute capabilities of the right form', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (cells) => {
      const text = `name, pci.bus_id, compute_cap\n${cells.join(', ')}`;
      for (const value of readComputeCapabilities(text).values()) expect(value).toMatch(/^\d+\.\d+$/);
    }),
    { numRuns: runs },
  );
});

describe('what nvidia-smi says when it cannot answer', () => {
  const quoted: { tool: string; text: string; meaning?: string }[] = JSON.parse(
    readFileSync(join(import.meta.dirname, 'fixtures/errors/tool-error-texts.json'), 'utf8'),
  );
  const said = (part: string) =>
    quoted.find((entry) => entry.tool === 'nvidia-smi' && entry.text.includes(part))?.text ?? '';

  test.each([
    ['Driver/library version mismatch\n', 'failed', /restart the machine/],
    ["couldn't communicate with the NVIDIA driver", 'failed', /modprobe nvidia/],
    ['Unable to determine the device handle for GPU0000', 'failed', /One GPU no longer answers/],
    ['Failed to initialize NVML: Unknown Error', 'failed', /container/],
  ])('%s', (part, outcome, sentence) => {
    expect(said(part)).not.toBe('');
    const answer = explainSmiFailure(said(part));
    expect(answer.outcome).toBe(outcome);
    expect(answer.sentence).toMatch(sentence);
    expect(answer.devices).toEqual([]);
  });

  test('a program that is not there is absent, not failed', () => {
    expect(explainSmiFailure('Command failed: nvidia-smi -q -x\n/bin/sh: 1: nvidia-smi: not found')).toEqual({
      outcome: 'absent',
      sentence: 'nvidia-smi is not installed on this machine.',
      devices: [],
      problems: [],
    });
  });

  test('any other words are quoted, without what moves a cursor', () => {
    expect(explainSmiFailure('\u001b[31mfire\u0007').sentence).toBe('nvidia-smi failed and said: [31mfire');
  });
});
