import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from './contract.ts';
import { NotAMessage, readMessage } from './wire.ts';

const reading: Reading = {
  probe: 'nvidia-nvml',
  startedAt: '2026-11-24T16:00:00.000Z',
  elapsedMs: 12,
  outcome: 'present',
  sentence: 'one sentence',
  recording: 'ab',
  devices: [
    {
      kind: 'gpu',
      locator: '0000:01:00.0',
      name: 'NVIDIA H200',
      identity: [{ scheme: 'gpu-uuid', value: 'GPU-1', trust: 'host' }],
      observations: [
        { name: 'memory-total', value: 1, unit: 'By', trust: 'host', raw: '1 B' },
        { name: 'ecc', value: true, trust: 'host' },
      ],
      problems: [{ code: 'unsupported', field: 'fan-speed', sentence: 'none', raw: 'NVML 3' }],
    },
  ],
  problems: [{ code: 'lost', sentence: 'gone' }],
};

function bytes(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

describe('a message', () => {
  test('of readings comes through whole', () => {
    const message = { type: 'readings' as const, readings: [reading] };
    expect(readMessage(bytes(message))).toEqual(message);
  });

  test('loses fields nobody knows, at every depth', () => {
    const device = {
      ...reading.devices[0],
      owner: 'mallory',
      observations: [{ name: 'ecc', value: true, trust: 'host', evil: 1 }],
    };
    const message = { type: 'readings', extra: 1, readings: [{ ...reading, verified: true, devices: [device] }] };
    const text = JSON.stringify(readMessage(bytes(message)));
    expect(text).not.toMatch(/mallory|evil|verified|extra/);
  });

  test('has its text cleaned', () => {
    const message = { type: 'readings', readings: [{ ...reading, sentence: '\u001b[31mred\u001b[0m' }] };
    expect(readMessage(bytes(message))).toMatchObject({ readings: [{ sentence: '[31mred[0m' }] });
  });

  test.each([
    ['no bytes', Buffer.alloc(0), 'it ended without saying anything'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'it said bytes that are no UTF-8'],
    ['half a message', Buffer.from('{"type":"rea'), 'it said something that is no reading ("{"type":"rea")'],
    ['two messages', Buffer.from('{}\n{}\n'), 'it said something that is no reading ("{} {}")'],
    ['a number', bytes(7), 'the message is no object'],
    ['another type', bytes({ type: 'poem' }), 'its message is of no known type'],
    [
      'an outcome nobody knows',
      bytes({ type: 'readings', readings: [{ ...reading, outcome: 'splendid' }] }),
      'its outcome is none that is known',
    ],
    [
      'devices in an object',
      bytes({ type: 'readings', readings: [{ ...reading, devices: {} }] }),
      'its devices are no list',
    ],
    [
      'a value in a list',
      bytes({
        type: 'readings',
        readings: [
          { ...reading, devices: [{ ...reading.devices[0], observations: [{ name: 'a', value: [], trust: 'host' }] }] },
        ],
      }),
      'its value is no text',
    ],
    [
      'too many problems',
      bytes({ type: 'readings', readings: [{ ...reading, problems: Array(10_001).fill(reading.problems[0]) }] }),
      'its problems are 10001',
    ],
  ])('of %s is refused', (_, message, sentence) => {
    expect(() => readMessage(message)).toThrow(NotAMessage);
    expect(() => readMessage(message)).toThrow(sentence);
  });

  test('made of anything is refused by its own error or comes through', () => {
    const from = (value: unknown) => {
      try {
        readMessage(Buffer.from(JSON.stringify(value) ?? ''));
      } catch (error) {
        if (!(error instanceof NotAMessage)) throw error;
      }
    };
    fc.assert(fc.property(fc.anything(), from));
    fc.assert(fc.property(fc.record({ type: fc.constant('readings'), readings: fc.array(fc.anything()) }), from));
    fc.assert(
      fc.property(fc.uint8Array(), (random) => {
        try {
          readMessage(Buffer.from(random));
        } catch (error) {
          if (!(error instanceof NotAMessage)) throw error;
        }
      }),
    );
  });
});
