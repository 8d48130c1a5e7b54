/** Facts of the recordings, read in them by a person. `absent`: names that must not be there. */

export interface ExpectedUnit {
  kind: 'power' | 'network';
  name: string;
  identity: string[];
  facts: Record<string, string | number | boolean>;
  absent?: string[];
  problems?: string[];
}

export const expectedUnits: Readonly<Record<string, readonly ExpectedUnit[]>> = {
  'apc-7902b': [
    {
      kind: 'power',
      name: 'APC AP7902B',
      identity: ['thing-serial apc:AP7902B:5A1551F39430'],
      facts: {
        'power-class': 'pdu',
        'device-name': 'pwr-dc01-pdu-rack01-01',
        location: 'Data Center 01',
        'firmware-version': '6.7.2',
        'manufactured-at': '10/07/2018',
        outlets: 16,
        phases: 1,
        'current-rating': 24,
        'voltage-input': 120,
        // The newer table says -1, not supported; the older one 192 W.
        'power-output': 192,
        'apparent-power-output': 192,
        'power-factor': 100,
        'phase.L1.current': 1.6,
        'branch.1.current': 0,
        'branch.2.current': 1.1,
        'outlet.1.name': 'SW-CO-NY-3850-01',
        'outlet.1.state': 'on',
        'outlet.3.state': 'off',
        'outlet.16.name': 'SW-CO-XFER-RACK-01-PRI',
        'outlet.16.state': 'on',
      },
      absent: ['energy-delivered', 'power-output-max', 'state', 'phase.L1.power', 'outlet.1.power'],
    },
  ],
  'apc-8932': [
    {
      kind: 'power',
      name: 'APC AP8932',
      identity: ['thing-serial apc:AP8932:3F503A169043'],
      facts: {
        state: 'normal',
        // 16, 28 and 17 hundredths of a kilowatt; 6426 tenths of a kilowatt-hour.
        'power-output': 160,
        'power-output-max': 280,
        'apparent-power-output': 170,
        'energy-delivered': 642.6 * 3_600_000,
        'power-factor': 95,
        'phase.L1.current': 1.4,
        'phase.L1.voltage': 121,
        'phase.L1.power': 160,
        'branch.1.current': 1.3,
        'branch.2.current': 0,
        outlets: 24,
        'outlet.1.name': 'SW-DC01-WEST-01-B',
        'outlet.1.state': 'on',
        'outlet.2.state': 'off',
        'outlet.13.name': 'PWR-DC01-XFER-RACK2-01',
        'outlet.13.state': 'on',
      },
      // sysLocation is "Unknown"; the older table has -1 for the voltage.
      absent: ['location', 'voltage-input'],
    },
  ],
  'nav-apc-pdu': [
    {
      kind: 'power',
      name: 'APC AP7853',
      identity: ['thing-serial apc:AP7853:ZA1320014895'],
      facts: {
        'device-name': 'RackPDU',
        'firmware-version': 'v3.7.4',
        'current-rating': 32,
        outlets: 24,
        'voltage-input': 230,
        'power-output': 0,
        'phase.L1.current': 0,
        'branch.2.current': 0,
      },
    },
  ],
  'nav-raritan-px': [
    {
      kind: 'power',
      name: 'Raritan PXE-1847',
      identity: ['thing-serial raritan:PXE-1847:PA66360082'],
      facts: {
        maker: 'Raritan',
        'device-name': 'PDU R14-A',
        'firmware-version': '3.5.0.5-45371',
        outlets: 42,
        'current-rating': 32,
        'apparent-power-rating': 7700,
        'current-input': 3.2,
        'voltage-input': 231,
        'power-input': 654,
        'apparent-power-input': 728,
        'power-factor': 90,
        'energy-consumed': 777_036 * 3600,
        'branch.1.name': 'Bank 1',
      },
    },
  ],
  'librenms-sentry3-excerpt': [
    {
      kind: 'power',
      name: 'Server Technology CW-24V2C458C1',
      identity: ['thing-serial server technology:CW-24V2C458C1:ADLH0001862'],
      facts: {
        'firmware-version': 'Sentry Switched CDU Version 7.1a',
        'phase.L1.current': 3.62,
        'phase.L1.current-rating': 30,
        'phase.L1.voltage': 209.3,
      },
    },
    {
      kind: 'power',
      name: 'Server Technology',
      identity: [],
      facts: { 'phase.L1.current': 5.02, 'phase.L1.voltage': 205.9 },
    },
  ],
  'librenms-sentry4-excerpt': [
    {
      kind: 'power',
      name: 'Server Technology',
      identity: [],
      facts: {
        state: 'normal',
        'power-input': 1701,
        'apparent-power-input': 1790,
        'apparent-power-rating': 10_807,
        load: 16.5,
        'power-factor': 95,
        'energy-consumed': 893.7 * 3_600_000,
        'frequency-input': 60,
        'voltage-rating': 208,
        'current-rating': 30,
        phases: 3,
        outlets: 36,
        'phase.L1.current': 5.6,
        'phase.L2.current': 3.69,
        'phase.L3.voltage-to-next': 209.4,
        'branch.3.name': 'AA:L3-L1-BR3',
      },
      // The recorder put <private> in their place.
      absent: ['device-name', 'location', 'serial', 'model'],
    },
  ],
  'eaton-93e-80': [
    {
      kind: 'power',
      name: 'EATON 93E 80',
      identity: ['thing-serial eaton:EATON 93E 80:4K234LXX06', 'engine-id 800002c102fe80000000000000022085'],
      facts: {
        serial: '4K234LXX06',
        reader: 'Network Management Card V6.00 JH',
        'battery-state': 'normal',
        // 1092 minutes.
        'battery-runtime': 65_520,
        'battery-charge': 100,
        'battery-voltage': 521,
        'battery-temperature': 25,
        state: 'on line',
        'frequency-output': 49,
        'frequency-input': 50,
        phases: 3,
        load: 21,
        'voltage-rating': 220,
        'frequency-rating': 50,
        'apparent-power-rating': 80_100,
        'power-rating': 72_090,
        'phase.input-L3.voltage': 233,
        'phase.input-L1.current': 21,
        'phase.output-L1.current': 27,
        'phase.output-L1.power': 5100,
        'phase.output-L2.power': 3600,
        'phase.output-L3.load': 12,
        'phase.bypass-L2.voltage': 230,
        location: 'Computer Room',
      },
      absent: ['phase.input-L1.power'],
    },
  ],
  'eaton-9px-partial': [
    {
      kind: 'power',
      name: 'Eaton 9PX 2200i RT 3U',
      identity: ['thing-serial eaton:Eaton 9PX 2200i RT 3U:GX13G45099'],
      facts: {
        'battery-runtime': 17_218,
        'battery-voltage': 78,
        'battery-state': 'resting',
        load: 9,
        state: 'on line',
        'power-rating': 2200,
        'frequency-rating': 50,
        'phase.input-L1.voltage': 243,
        'phase.output-L1.voltage': 231,
        // Beside a current of 0 A, which this MIB counts in whole amperes: 50 W can be.
        'phase.output-L1.power': 50,
        'temperature-ambient': 24,
      },
    },
  ],
  'huawei-gse200m': [
    {
      kind: 'power',
      name: 'HUAWEI UPS5000',
      identity: ['engine-id 80001f88805232d26e58246a57'],
      facts: {
        'frequency-output': 49.99,
        'battery-voltage': 538.5,
        'voltage-rating': 380,
        'phase.input-L1.voltage': 236.9,
        'phase.input-L1.frequency': 50,
        'phase.input-L1.current': 15.2,
        'phase.output-L1.voltage': 219.9,
        'phase.output-L1.current': 18.3,
        'phase.output-L1.load': 8,
      },
      // 34 beside 219.9 V and 18.3 A: no scale is written down for it. -1 stands for not known.
      absent: ['phase.output-L1.power', 'power-rating', 'apparent-power-rating', 'battery-charge', 'battery-runtime'],
    },
  ],
  'phoenixtec-power': [
    {
      kind: 'power',
      name: 'My Kert UPS',
      // The engine's name is filled up with blanks.
      identity: [],
      facts: {
        'battery-state': 'normal',
        'battery-charge': 100,
        'battery-voltage': 41,
        'battery-temperature': 31,
        phases: 1,
        'apparent-power-rating': 1150,
        'frequency-rating': 50,
        'phase.input-L1.voltage': 238,
        'phase.output-L1.voltage': 231,
      },
      // It has one phase, and rows of zeros for two more.
      absent: ['phase.input-L2.voltage', 'phase.output-L3.voltage', 'maker', 'serial'],
    },
  ],
  'hp-onboard-administrator': [
    {
      kind: 'power',
      name: 'HP BladeSystem c7000 Enclosure G2',
      identity: ['thing-serial hpe:BladeSystem c7000 Enclosure G2:6CU250TV5C'],
      facts: {
        'power-class': 'power-supply',
        'part-number': '507019-B21',
        'firmware-version': '3.60',
        'supply.1.serial': '5AGUD0AHL3W1L7',
        'supply.6.serial': '5AGUD0AHL3R13T',
        'supply.1.part-number': '499243-B21',
        'supply.1.power-rating': 2400,
        'supply.1.power-output': 332,
        'supply.4.state': 'ok',
      },
    },
  ],
  // An air conditioner: the card says what it sits in.
  'vertiv-power': [
    {
      kind: 'network',
      name: 'Liebert Corporation Liebert PEX',
      identity: [],
      facts: { maker: 'Liebert Corporation', model: 'Liebert PEX', 'firmware-version': 'PAL 1.04.026.STD' },
      absent: ['power-class', 'location'],
      problems: ['unsupported'],
    },
  ],
  'emerson-network-power': [
    {
      kind: 'network',
      name: 'UPS Web/SNMP Agent, Emerson Network Power Co., Ltd.',
      identity: [],
      facts: { location: 'Agent Location' },
      absent: ['power-class'],
      problems: ['unsupported'],
    },
  ],
  'geist-sensor': [
    {
      kind: 'network',
      name: 'Data Center 01 Temp Sensor',
      identity: [],
      facts: { 'device-name': 'pwr-dc01-temp-rack1-01' },
      problems: ['unsupported'],
    },
  ],
  'nav-comet-p8652': [{ kind: 'network', name: 'SNMP agent', identity: [], facts: {}, problems: ['unsupported'] }],
};
