/** Witnesses against each other, with the rules and the table that ship. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadReference } from '#adapters/probes/reference.ts';
import type { Asset } from '#domain/asset.ts';
import { asset as assetShape } from '#domain/asset.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Reference } from '#ports/reference.ts';
import { assembleInventory, type Inventory } from './assemble-inventory.ts';
import { device, h100, linuxHost, reading } from './readings-double.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
});

function take(...readings: ProbeReading[]): Inventory {
  return assembleInventory(readings, { machineAddress: '0xabc', practice: false, reference });
}

function gpuOf(...readings: ProbeReading[]): Asset {
  const found = take(reading('host-dmi', [linuxHost]), ...readings).assets.find(({ kind }) => kind !== 'host');
  expect(found).toBeDefined();
  return found!;
}

const whole = () => [
  reading('nvidia-nvml', [h100.nvml()]),
  reading('nvidia-cuda', [h100.cuda()]),
  reading('gpu-pci', [h100.bus()]),
];
const contradicted = (asset: Asset) =>
  asset.checks.filter(({ verdict }) => verdict === 'contradicts').map(({ rule }) => rule);
const reasonsOf = (asset: Asset) => asset.reasons.map(({ code }) => code);

describe('a GPU that all witnesses agree on', () => {
  test('is one asset, ready and corroborated, with every fact and its source', () => {
    const inventory = take(reading('host-dmi', [linuxHost]), ...whole());
    expect(inventory.assets.map(({ id, state }) => [id, state])).toEqual([
      ['host', 'ready'],
      ['gpu0', 'ready'],
    ]);
    const gpu = inventory.assets[1]!;
    expect(gpu).toMatchObject({
      name: 'NVIDIA H100 80GB HBM3',
      verification: 'corroborated',
      tokenizable: true,
      parent: 'host',
      sources: ['nvidia-nvml', 'nvidia-cuda', 'gpu-pci'],
      disagreements: [],
      identity: { scheme: 'gpu-uuid', source: 'nvidia-nvml' },
    });
    expect(gpu.otherNames.map(({ scheme }) => scheme)).toEqual(['part-and-serial']);
    expect(contradicted(gpu)).toEqual([]);
    const agreed = gpu.checks.filter(({ verdict }) => verdict === 'agrees').map(({ rule }) => rule);
    expect(agreed).toEqual(
      expect.arrayContaining([
        'nvidia-on-bus-and-driver',
        'same-uuid',
        'same-model',
        'same-capability',
        'model-of-pci-id',
        'memory-of-model',
        'units-of-model',
        'capability-of-model',
        'board-maker',
        'nvidia-sxm',
        'usable-within-total',
        'nvidia-linux',
        'driver-of-architecture',
      ]),
    );
    expect(inventory.gpus).toHaveLength(1);
    expect(inventory.asset).toMatchObject({ kind: 'gpu', name: '1× NVIDIA H100 80GB HBM3' });
    for (const asset of inventory.assets) expect(assetShape.parse(asset)).toEqual(asset);
  });

  test('has the key of its UUID, whoever else speaks', () => {
    const alone = gpuOf(reading('nvidia-nvml', [h100.nvml()]));
    expect(gpuOf(...whole()).key).toBe(alone.key);
    expect(alone.verification).toBe('unverified');
  });

  test('is the same whatever the order of the readings', () => {
    const [nvml, cuda, bus] = whole();
    const other = gpuOf(bus!, cuda!, nvml!);
    expect(other.key).toBe(gpuOf(...whole()).key);
    expect(other.name).toBe('NVIDIA H100 80GB HBM3');
    expect(other.state).toBe('ready');
  });
});

describe('what one witness does not see', () => {
  test('on the bus and not in the driver, while the driver sees another', () => {
    const dead = device({
      locator: '0000:2a:00.0',
      facts: { 'pci-address': '0000:2a:00.0', 'pci-device-id': '10de:2330', 'pci-driver': 'nvidia' },
    });
    const inventory = take(reading('nvidia-nvml', [h100.nvml()]), reading('gpu-pci', [h100.bus(), dead]));
    const [, lost] = inventory.assets;
    expect(lost).toMatchObject({ state: 'cannot-be-onboarded', tokenizable: false });
    expect(lost?.reasons[0]?.sentence).toBe(
      "It is on the bus at 0000:2a:00.0, and NVIDIA's driver does not list it: it has fallen off, is broken, or another driver holds it.",
    );
    expect(lost?.reasons[0]?.mend).toMatch(/^See dmesg/);
    // The other one is not held back by it, and is what is counted.
    expect(inventory.assets[0]?.state).toBe('ready');
    expect(inventory.gpus.map(({ locator }) => locator)).toEqual(['0000:18:00.0']);
    expect(inventory.components).toHaveLength(2);
  });

  test('on the bus while the driver answers that it was updated', () => {
    const sentence =
      "NVIDIA's library does not start: the NVIDIA driver was updated while its old version still runs; restart the machine.";
    const gpu = gpuOf(reading('nvidia-nvml', [], { outcome: 'failed', sentence }), reading('gpu-pci', [h100.bus()]));
    expect(gpu.state).toBe('cannot-be-onboarded');
    expect(gpu.reasons[0]?.sentence).toContain(sentence);
  });

  test('on the bus with no driver installed: says how to install it', () => {
    const gpu = gpuOf(reading('nvidia-nvml', []), reading('gpu-pci', [h100.bus()]));
    expect(gpu.reasons[0]?.mend).toMatch(/^Install NVIDIA's driver/);
  });

  test('a recording of the bus alone says nothing against it', () => {
    const gpu = gpuOf(reading('gpu-pci', [h100.bus()]));
    expect(contradicted(gpu)).toEqual([]);
    expect(reasonsOf(gpu)).toEqual(['no-identity']);
  });

  test('in the driver and not on the bus', () => {
    const other = device({ locator: '0000:99:00.0', facts: { 'pci-device-id': '1002:74a1' } });
    const inventory = take(reading('nvidia-nvml', [h100.nvml()]), reading('gpu-pci', [other]));
    const gpu = inventory.assets.find(({ locator }) => locator === '0000:18:00.0')!;
    expect(contradicted(gpu)).toEqual(['nvidia-on-bus-and-driver']);
    expect(gpu).toMatchObject({ state: 'needs-attention', verification: 'contradicted' });
  });

  test('in the driver where the machine has no bus to see it on (WSL)', () => {
    const wsl = device({ kind: 'host', locator: 'host', facts: { hypervisor: 'wsl', 'os-name': 'Ubuntu' } });
    const inventory = take(
      reading('host-virtualization', [wsl]),
      reading('nvidia-nvml', [h100.nvml()]),
      reading('gpu-pci', [], { problems: [{ code: 'unsupported', sentence: 'a screen' }] }),
    );
    const gpu = inventory.assets.find(({ kind }) => kind === 'gpu')!;
    expect(gpu.state).toBe('ready');
    expect(gpu.checks.find(({ rule }) => rule === 'nvidia-on-bus-and-driver')?.verdict).toBe('unverified');
  });
});

describe('what cannot be true together', () => {
  test('a card that calls itself an H100 and carries the id of an RTX 3090', () => {
    const id = { 'pci-device-id': '10de:2204', 'pci-device-name': 'GA102 [GeForce RTX 3090]' };
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml()]), reading('gpu-pci', [h100.bus(id)]));
    expect(contradicted(gpu)).toContain('same-pci-id');
    expect(gpu).toMatchObject({ state: 'cannot-be-onboarded', verification: 'contradicted', tokenizable: false });
    expect(gpu.disagreements).toEqual([
      {
        name: 'pci-device-id',
        said: [
          { value: '10de:2330', source: 'nvidia-nvml', trust: 'host' },
          { value: '10de:2204', source: 'gpu-pci', trust: 'host' },
        ],
      },
    ]);
  });

  test.each([
    ['10de:2204', 'It calls itself NVIDIA H100 80GB HBM3, and its PCI id 10de:2204 is that of NVIDIA RTX 3090.'],
    // Not in the table: the chip in the list of PCI ids is another one.
    [
      '10de:2208',
      'It calls itself NVIDIA H100 80GB HBM3, a GH100, and its PCI id 10de:2208 is that of a GA102 [GeForce RTX 3080 Ti].',
    ],
  ])('both the driver and the bus say %s', (id, sentence) => {
    const name = 'GA102 [GeForce RTX 3080 Ti]';
    const gpu = gpuOf(
      reading('nvidia-nvml', [h100.nvml({ 'pci-device-id': id })]),
      reading('gpu-pci', [h100.bus({ 'pci-device-id': id, 'pci-device-name': name })]),
    );
    expect(gpu.checks.find(({ rule }) => rule === 'model-of-pci-id')).toMatchObject({
      verdict: 'contradicts',
      sentence,
    });
  });

  test('memory that the model never had', () => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml({ 'memory-total': 160e9 })]), reading('gpu-pci', [h100.bus()]));
    expect(gpu.checks.find(({ rule }) => rule === 'memory-of-model')).toEqual({
      rule: 'memory-of-model',
      weight: 'refuse',
      verdict: 'contradicts',
      sentence: 'It shows 160 GB of memory, and PCI id 10de:2330 was made with 80 GB only.',
    });
    expect(gpu.state).toBe('cannot-be-onboarded');
  });

  test.each([
    ['565.57.01', 'agrees'],
    ['595.80', 'agrees'],
    // A branch of Windows only.
    ['566.36', 'contradicts'],
    ['565.57.01.02', 'contradicts'],
    ['999.10', 'unverified'],
  ])('driver %s on Linux: %s', (version, verdict) => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml({ 'driver-version': version })]));
    expect(gpu.checks.find(({ rule }) => rule === 'nvidia-linux')?.verdict).toBe(verdict);
  });

  test('a driver older than the GPU', () => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml({ 'driver-version': '470.82.01' })]));
    expect(contradicted(gpu)).toEqual(['driver-of-architecture']);
  });

  test('CUDA that counts other multiprocessors and another capability than the model has', () => {
    const cuda = h100.cuda({ multiprocessors: 108, 'compute-capability': '8.0' });
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml()]), reading('nvidia-cuda', [cuda]));
    expect(contradicted(gpu)).toEqual(expect.arrayContaining(['same-capability', 'units-of-model']));
  });

  test('more usable memory than there is', () => {
    const cuda = h100.cuda({ 'memory-usable': 90e9 });
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml()]), reading('nvidia-cuda', [cuda]));
    expect(contradicted(gpu)).toEqual(['usable-within-total']);
  });

  test('an SXM module on a board of somebody else', () => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml({ 'pci-subsystem-id': '1458:4000' })]));
    expect(contradicted(gpu)).toEqual(['nvidia-sxm']);
    expect(gpu.state).toBe('needs-attention');
  });

  test('a board maker nobody lists is unverified, never failed', () => {
    const gpu = gpuOf(
      reading('nvidia-nvml', [h100.nvml({ 'pci-device-id': '10de:2684', 'pci-subsystem-id': 'abcd:0001' })]),
    );
    expect(gpu.checks.find(({ rule }) => rule === 'board-maker')?.verdict).toBe('unverified');
  });

  test('a GPU that nobody lists is kept, unverified, and can be onboarded', () => {
    const facts = { maker: 'Moore Threads', model: 'MTT S4000', 'pci-device-id': '1ed5:0300', 'memory-total': 48e9 };
    const gpu = gpuOf(reading('some-tool', [device({ facts, identity: { 'gpu-uuid': 'mtt-00112233-4455' } })]));
    expect(gpu).toMatchObject({ state: 'ready', verification: 'unverified', tokenizable: true });
    expect(contradicted(gpu)).toEqual([]);
    expect(gpu.facts.map(({ name }) => name)).toEqual(Object.keys(facts));
  });
});

describe('identity', () => {
  test('two UUIDs in one slot stay two assets, and neither is onboarded', () => {
    const inventory = take(
      reading('nvidia-nvml', [h100.nvml()]),
      reading('nvidia-cuda', [h100.cuda({ uuid: 'GPU-7c3cadbd-17e5-0913-f69b-c618122ea0cd' })]),
    );
    expect(inventory.assets.map(reasonsOf)).toEqual([['identity-clash'], ['identity-clash']]);
    expect(inventory.gpus).toEqual([]);
    expect(inventory.findings.map(({ sentence }) => sentence)).toContain(
      'Two devices are said to be at 0000:18:00.0: nvidia-nvml names GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1, nvidia-cuda names GPU-7c3cadbd-17e5-0913-f69b-c618122ea0cd.',
    );
  });

  test('one UUID in two slots of one source is claimed twice', () => {
    const twin = { ...h100.nvml({ 'pci-address': '0000:2a:00.0' }), locator: '0000:2a:00.0' };
    const inventory = take(reading('nvidia-nvml', [h100.nvml(), twin]));
    expect(inventory.assets.map(({ state }) => state)).toEqual(['cannot-be-onboarded', 'cannot-be-onboarded']);
    expect(inventory.assets[0]?.reasons[0]?.sentence).toMatch(
      /^The devices at 0000:18:00\.0 and 0000:2a:00\.0 claim one identity, gpu-uuid GPU-b42dd28e/,
    );
  });

  test('two GPUs of one board share its serial number and stay two', () => {
    const sibling = device({
      locator: '0000:19:00.0',
      facts: { model: 'NVIDIA GB300', uuid: 'GPU-2' },
      identity: { 'gpu-uuid': 'GPU-22222222-0000-0000-0000-000000000002', 'part-and-serial': 'nvidia:900:1' },
    });
    const first = device({
      locator: '0000:18:00.0',
      facts: { model: 'NVIDIA GB300', uuid: 'GPU-1' },
      identity: { 'gpu-uuid': 'GPU-11111111-0000-0000-0000-000000000001', 'part-and-serial': 'nvidia:900:1' },
    });
    const inventory = take(reading('nvidia-nvml', [first, sibling]));
    expect(inventory.assets.map(({ state }) => state)).toEqual(['ready', 'ready']);
    expect(new Set(inventory.assets.map(({ key }) => key)).size).toBe(2);
  });

  test('the management controller and the driver meet in the serial number, across all slots', () => {
    const controller = device({
      locator: '/redfish/v1/Chassis/1/PCIeDevices/8',
      facts: { model: 'H100 SXM5 80GB', serial: '1654423001593' },
      identity: { 'part-and-serial': 'nvidia:692-2G520-0200-000:1654423001593' },
    });
    const inventory = take(
      reading('nvidia-nvml', [h100.nvml()]),
      reading('host-redfish', [controller], { target: 'bmc1' }),
    );
    expect(inventory.assets).toHaveLength(1);
    expect(inventory.assets[0]).toMatchObject({
      verification: 'corroborated',
      sources: ['nvidia-nvml', 'host-redfish at bmc1'],
    });
  });

  test('one slot name of two machines joins nothing', () => {
    const ups = (serial: string) =>
      device({ kind: 'power', locator: 'ups', name: 'UPS', identity: { 'thing-serial': `apc:smart-ups:${serial}` } });
    const inventory = take(
      reading('power-nut', [ups('A1')], { target: 'left' }),
      reading('power-nut', [ups('B2')], { target: 'right' }),
      reading('power-snmp', [{ ...ups('a1'), locator: 'system' }], { target: 'left-snmp' }),
    );
    expect(inventory.assets.map(({ id, locator, sources }) => [id, locator, sources])).toEqual([
      ['power0', 'left/ups', ['power-nut at left', 'power-snmp at left-snmp']],
      ['power1', 'right/ups', ['power-nut at right']],
    ]);
    expect(inventory.assets.every(({ tokenizable }) => tokenizable)).toBe(true);
  });

  test('a name or a slot alone never joins', () => {
    const cards = ['0000:18:00.0', '0000:2a:00.0'].map((locator) => device({ locator, facts: { model: 'NVIDIA L4' } }));
    const inventory = take(reading('nvidia-nvml', [cards[0]!]), reading('gpu-pci', [cards[1]!]));
    expect(inventory.assets).toHaveLength(2);
    for (const asset of inventory.assets) expect(asset).toMatchObject({ tokenizable: false });
    expect(inventory.assets[0]).not.toHaveProperty('key');
  });

  test('a host known by its installation only needs attention, and is for the sandbox', () => {
    const bare = device({ kind: 'host', locator: 'host', identity: { 'machine-id': '0123' } });
    const { assets, asset } = take(reading('host-machine-id', [bare]));
    expect(assets[0]).toMatchObject({ state: 'needs-attention', tokenizable: false });
    expect(reasonsOf(assets[0]!)).toEqual(['weak-identity']);
    expect(asset.identity.scheme).toBe('machine-id');
  });
});

describe('states of a GPU', () => {
  test.each([
    [{ mig: true, 'mig-instances': 7 }, 'needs-attention', 'mig', 'It is split into 7 instances (MIG).'],
    [{ 'virtualization-mode': 'vgpu guest' }, 'cannot-be-onboarded', 'vgpu', 'a share is no asset'],
    [{ 'pci-driver': 'vfio-pci' }, 'cannot-be-onboarded', 'passed-through', 'handed to a virtual machine'],
    [{ 'rows-remapped-failed': true }, 'cannot-be-onboarded', 'rows-failed', 'could not be remapped'],
    [{ 'rows-remapped-pending': true }, 'needs-attention', 'rows-pending', 'wait to be taken out of use'],
    [{ 'fabric-state': 'In Progress' }, 'needs-attention', 'fabric', 'NVLink fabric'],
    [{ 'throttle-reasons': 'idle, hardware power brake' }, 'needs-attention', 'throttled', 'hardware power brake'],
  ])('%j', (facts, state, code, sentence) => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml(facts as Record<string, string>)]));
    expect(gpu.state).toBe(state);
    expect(reasonsOf(gpu)).toEqual([code]);
    expect(gpu.reasons[0]?.sentence).toContain(sentence);
  });

  test('one that the driver has lost', () => {
    const lost = { ...h100.nvml(), problems: [{ code: 'lost', sentence: 'GPU 5 stopped answering.' }] };
    const gpu = gpuOf(reading('nvidia-nvml', [lost]));
    expect(gpu).toMatchObject({
      state: 'cannot-be-onboarded',
      reasons: [{ code: 'lost', sentence: 'GPU 5 stopped answering.' }],
    });
  });

  test('one whose driver hangs elsewhere needs attention, and says what is missing', () => {
    const sentence = 'nvidia-cuda did not answer within 15 s and was ended; its facts are missing.';
    const gpu = gpuOf(
      reading('nvidia-nvml', [h100.nvml()]),
      reading('nvidia-cuda', [], { outcome: 'timeout', sentence }),
    );
    expect(gpu).toMatchObject({ state: 'needs-attention', reasons: [{ code: 'source-silent', sentence }] });
  });

  test('of a split GPU, memory and units are not held against the model', () => {
    const gpu = gpuOf(reading('nvidia-nvml', [h100.nvml({ mig: true, 'memory-total': 10e9 })]));
    expect(gpu.checks.some(({ rule }) => rule === 'memory-of-model')).toBe(false);
  });

  test('every GPU of a mixed machine counts', () => {
    const a100 = device({
      locator: '0000:2a:00.0',
      facts: { maker: 'NVIDIA Corporation', model: 'NVIDIA A100-SXM4-80GB', 'pci-device-id': '10de:20b2' },
      identity: { 'gpu-uuid': 'GPU-513536b6-7d19-9063-b049-1e69664bb298' },
    });
    const { gpus, asset } = take(reading('nvidia-nvml', [h100.nvml(), a100]));
    expect(gpus).toHaveLength(2);
    expect(asset.name).toBe('2 GPUs (NVIDIA H100 80GB HBM3, NVIDIA A100-SXM4-80GB)');
  });
});
