/** Robots as assets: one for each, whoever speaks of it, and what stands against it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadReference } from '#adapters/probes/reference.ts';
import type { Reference } from '#ports/reference.ts';
import { assembleInventory } from './assemble-inventory.ts';
import { device, reading } from './readings-double.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
});

const take = (readings: ReturnType<typeof reading>[]) =>
  assembleInventory(readings, { machineAddress: '0x00', practice: false, reference }).assets;

const facts = { maker: 'Universal Robots', model: 'UR10', serial: '20255100083', axes: 6 };
const identity = { 'thing-serial': 'universal robots:UR10:20255100083' };
const arm = (rest: object = {}, target = 'arm') =>
  reading(
    'robot-universal-robots',
    [device({ kind: 'robot', locator: 'ur', facts: { ...facts, ...rest }, identity })],
    {
      target,
    },
  );

describe('a robot', () => {
  test('with a name is ready', () => {
    const [asset] = take([arm({ 'emergency-stop': false, 'safety-state': 'NORMAL' })]);
    expect(asset).toMatchObject({ kind: 'robot', state: 'ready', reasons: [] });
    expect(asset?.identity?.value).toBe('universal robots:UR10:20255100083');
  });

  test('that two protocols speak of is one asset', () => {
    const opcua = reading(
      'robot-opcua',
      [
        device({
          kind: 'robot',
          locator: 'opcua',
          facts: { ...facts, 'operating-time': 36_000_000 },
          identity: { 'part-and-serial': 'universal robots:110310:20255100083', ...identity },
        }),
      ],
      { target: 'cell' },
    );
    const assets = take([arm(), opcua]);
    expect(assets).toHaveLength(1);
    expect(assets[0]?.identity?.value).toBe('universal robots:110310:20255100083');
    expect(new Set(assets[0]?.facts.map(({ source }) => source))).toEqual(
      new Set(['robot-universal-robots at arm', 'robot-opcua at cell']),
    );
  });

  test.each([
    [{ 'emergency-stop': true }, 'emergency-stop'],
    [{ 'protective-stop': true }, 'protective-stop'],
    [{ 'safety-state': 'FAULT' }, 'safety-fault'],
    [{ 'connection-state': 'CONNECTIONBROKEN' }, 'not-connected'],
    [{ 'connection-state': 'CONNECTION_BROKEN' }, 'not-connected'],
    [{ errors: 'WARNING low battery, FATAL bumper' }, 'robot-errors'],
  ])('with %j needs attention', (rest, code) => {
    const [asset] = take([arm(rest)]);
    expect(asset?.state).toBe('needs-attention');
    expect(asset?.reasons.map((reason) => reason.code)).toEqual([code]);
    expect(asset?.reasons[0]?.mend).toMatch(/\.$/);
  });

  test.each([[{ errors: 'WARNING low battery' }], [{ 'connection-state': 'ONLINE' }], [{ 'safety-state': 'REDUCED' }]])(
    'with %j is ready',
    (rest) => {
      expect(take([arm(rest)])[0]?.state).toBe('ready');
    },
  );

  test('without a name is shown and cannot be onboarded, with a mend for robots', () => {
    const [asset] = take([
      reading('robot-rosbridge', [device({ kind: 'robot', facts: { axes: 7 } })], { target: 'r' }),
    ]);
    expect(asset?.state).toBe('cannot-be-onboarded');
    expect(asset?.reasons[0]?.mend).toMatch(/protocol of its own controller/);
  });
});
