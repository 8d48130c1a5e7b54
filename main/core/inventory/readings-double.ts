/** TEST DOUBLE: readings as probes give them, made up for the tests of the inventory; no product code imports it. */
import type { Observed, ProbeReading, ReadDevice, ReadingProblem } from '#domain/reading.ts';

type Values = Record<string, string | number | boolean>;

interface MadeDevice {
  kind?: ReadDevice['kind'];
  locator?: string;
  name?: string;
  facts?: Values;
  identity?: Record<string, string>;
  problems?: ReadingProblem[];
}

export function device({
  kind = 'gpu',
  locator = '0000:18:00.0',
  name,
  facts = {},
  identity = {},
  problems = [],
}: MadeDevice): ReadDevice {
  return {
    kind,
    locator,
    name: name ?? String(facts.model ?? kind),
    identity: Object.entries(identity).map(
      ([scheme, value]) => ({ scheme, value, trust: 'host' }) as ReadDevice['identity'][number],
    ),
    observations: Object.entries(facts).map(
      ([name, value]): Observed => ({
        name,
        value,
        trust: 'host',
        ...(name.startsWith('memory-') ? { unit: 'By' } : {}),
      }),
    ),
    problems,
  };
}

export function reading(probe: string, devices: ReadDevice[], rest: Partial<ProbeReading> = {}): ProbeReading {
  return {
    probe,
    startedAt: '2026-11-24T12:00:00.000Z',
    elapsedMs: 5,
    outcome: devices.length > 0 ? 'present' : 'absent',
    devices,
    problems: [],
    ...rest,
  };
}

const MiB = 1_048_576;
const uuid = 'GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1';
const place = { 'pci-address': '0000:18:00.0', 'pci-device-id': '10de:2330', 'pci-subsystem-id': '10de:16c1' };

/** One H100 as NVML, CUDA and the bus see it; `facts` in place of those. */
export const h100 = {
  nvml: (facts: Values = {}, identity: Record<string, string> = {}) =>
    device({
      facts: {
        maker: 'NVIDIA Corporation',
        model: 'NVIDIA H100 80GB HBM3',
        uuid,
        serial: '1654423001593',
        architecture: 'Hopper',
        'compute-capability': '9.0',
        'memory-total': 81559 * MiB,
        'driver-version': '565.57.01',
        ...place,
        ...facts,
      },
      identity: { 'gpu-uuid': uuid, 'part-and-serial': 'nvidia:692-2G520-0200-000:1654423001593', ...identity },
    }),
  cuda: (facts: Values = {}) =>
    device({
      facts: {
        maker: 'NVIDIA Corporation',
        model: 'NVIDIA H100 80GB HBM3',
        uuid,
        'pci-address': '0000:18:00.0',
        'compute-capability': '9.0',
        'memory-usable': 81008 * MiB,
        multiprocessors: 132,
        ...facts,
      },
      identity: { 'gpu-uuid': String(facts.uuid ?? uuid) },
    }),
  bus: (facts: Values = {}) =>
    device({
      kind: 'gpu',
      name: 'GH100 [H100 SXM5 80GB]',
      facts: {
        ...place,
        'pci-device-name': 'GH100 [H100 SXM5 80GB]',
        'pci-vendor-name': 'NVIDIA Corporation',
        'pci-driver': 'nvidia',
        ...facts,
      },
    }),
};

export const linuxHost = device({
  kind: 'host',
  locator: 'host',
  name: 'Dell Inc. PowerEdge XE9680',
  facts: { maker: 'Dell Inc.', model: 'PowerEdge XE9680', 'os-name': 'Ubuntu', kernel: '5.15.0-171-generic' },
  identity: { 'system-uuid': '4c4c4544-0053-5210-8038-c8c04f583034' },
});
