/** What a person reads in the recorded answers; the figures were typed from the files, not taken from the parser. */

const MHz = 1e6;

export interface Expected {
  cards: number;
  name: string;
  locator: string;
  identity: string[];
  facts: Record<string, unknown>;
  absent: string[];
}

/** Of each file the first card. */
export const expected: Record<string, Expected> = {
  'telegraf-mi100_rocm571.json': {
    cards: 6,
    name: 'Arcturus GL-XL [Instinct MI100]',
    locator: '0000:1e:00.0',
    identity: [],
    facts: {
      'pci-device-id': '1002:738c',
      vbios: '113-D3430400-037',
      'part-number': 'D3430400',
      'memory-total': 34_342_961_152,
      'memory-used': 6_782_976,
      'memory-maker': 'samsung',
      'power-draw-average': 39,
      'power-limit': 290,
      temperature: 31,
      'temperature-memory': 30,
      'clock-graphics': 300 * MHz,
      'clock-memory': 1200 * MHz,
      'pci-generation': 3,
      'pci-width': 16,
      'driver-version': '6.2.4',
    },
    absent: ['serial', 'device-identifier', 'fan-speed', 'power-draw'],
  },
  'telegraf-rx6700xt_rocm430.json': {
    cards: 1,
    name: 'AMD GPU 1002:73df',
    locator: '0000:07:00.0',
    identity: [],
    // The version that wrote the vendor's id in the place of each name.
    facts: { 'pci-device-id': '1002:73df', 'part-number': '67XA6S', 'power-draw-average': 6, temperature: 45 },
    absent: ['model', 'serial', 'device-identifier'],
  },
  'telegraf-rx6700xt_rocm571.json': {
    cards: 1,
    name: 'Navi 22 [Radeon RX 6700/6700 XT / 6800M]',
    locator: '0000:07:00.0',
    identity: [],
    facts: { 'memory-total': 12_868_124_672, 'memory-used': 1_564_491_776, 'pci-generation': 4, 'numa-node': 0 },
    absent: ['serial', 'device-identifier', 'architecture'],
  },
  'telegraf-rx6700xt_rocm602.json': {
    cards: 1,
    name: 'Navi 22 [Radeon RX 6700/6700 XT / 6800M]',
    locator: '0000:07:00.0',
    identity: [],
    facts: { 'pci-device-id': '1002:73df', 'power-limit': 211, 'clock-memory': 96 * MHz },
    // `N/A (Secondary die)`.
    absent: ['power-draw-average', 'power-draw'],
  },
  'telegraf-rx6700xt_rocm612.json': {
    cards: 1,
    name: 'Navi 22 [Radeon RX 6700/6700 XT / 6800M]',
    locator: '0000:07:00.0',
    identity: [],
    facts: { architecture: 'gfx1031', 'power-draw-average': 6, 'utilization-memory': 0, 'clock-graphics': 0 },
    absent: ['serial', 'device-identifier'],
  },
  'telegraf-vega-10-XT.json': {
    cards: 1,
    name: 'AMD GPU 1002:6861',
    locator: '0000:04:00.0',
    identity: ['gpu-uuid amd:0x02150e7d042a1124'],
    facts: {
      'device-identifier': '0x02150e7d042a1124',
      'memory-total': 17_163_091_968,
      'fan-speed': 13,
      'temperature-memory': 92,
      'clock-graphics': 1269 * MHz,
    },
    absent: ['serial', 'model', 'utilization-memory'],
  },
  'telegraf-vega-20-WKS-GL-XE.json': {
    cards: 1,
    name: 'Radeon Instinct MI50 32GB',
    locator: '0000:63:00.0',
    identity: ['gpu-uuid amd:0x02f048617326b1ea', 'part-and-serial amd:D16317:692024000810'],
    facts: { serial: '692024000810', 'memory-total': 34_342_961_152, 'power-limit': 225, 'fan-speed': 0 },
    absent: [],
  },
  'thamada-MI300X_x4.txt': {
    cards: 4,
    name: 'AMD Instinct MI300X OAM',
    locator: '0000:26:00.0',
    identity: ['gpu-uuid amd:0x8d1457e2c20f59d2', 'part-and-serial amd:MI3SRIOV:692347006052'],
    facts: {
      'pci-device-id': '1002:74a1',
      'compute-partition': 'SPX',
      'memory-partition': 'NPS1',
      'power-draw': 133,
      'power-limit': 750,
      temperature: 35,
      'temperature-memory': 33,
      'clock-graphics': 137 * MHz,
      'clock-memory': 900 * MHz,
      'driver-version': '6.7.0',
    },
    absent: ['power-draw-average'],
  },
};
