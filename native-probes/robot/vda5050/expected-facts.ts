/** What a person reads in the recorded messages; typed from the files, not taken from the parser. */

export interface Expected {
  name: string;
  locator: string;
  identity: string[];
  facts: Record<string, unknown>;
  absent: string[];
  problems: string[];
}

const noFactsheet =
  'The robot published no factsheet, so its model, load and size are not known: fleet control can ask for it (action factsheetRequest), this program may not.';

export const messages: Record<string, Expected[]> = {
  'v3-forklift.jsonl': [
    {
      name: 'Exemplar Intralogistics GmbH FL 1200',
      locator: 'vda5050/Exemplar Intralogistics GmbH/FL-00417',
      identity: ['thing-serial exemplar intralogistics::FL-00417'],
      facts: {
        maker: 'Exemplar Intralogistics GmbH',
        model: 'FL 1200',
        serial: 'FL-00417',
        'protocol-version': '3.0.0',
        'connection-state': 'ONLINE',
        'robot-class': 'FORKLIFT',
        'robot-description': 'counterbalanced forklift for pallets',
        'payload-max': 1200,
        'drive-speed-max': 1.8,
        'height-max': 3.4,
        width: 1.05,
        length: 2.3,
        'controller-software': 'v1.03.2',
        'operating-mode': 'AUTOMATIC',
        moving: false,
        paused: false,
        'battery-charge': 74.5,
        'battery-voltage': 24.9,
        'battery-health': 96,
        'battery-range': 8200,
        charging: true,
        'safety-state': 'no emergency stop',
        'emergency-stop': false,
        'protective-field-violation': false,
        'error-count': 1,
        errors: 'WARNING LOCALIZATION_ERROR',
      },
      absent: ['operating-time', 'axes', 'controller-serial'],
      problems: [],
    },
  ],
  'v2-two-vehicles.log': [
    {
      name: 'KIT KARIS PRO',
      locator: 'vda5050/KIT/0001',
      identity: ['thing-serial kit::0001'],
      facts: {
        'protocol-version': '2.0.0',
        'connection-state': 'ONLINE',
        'robot-class': 'CARRIER',
        'payload-max': 60,
        'drive-speed-max': 1.2,
        'battery-charge': 41,
        'battery-range': 1900,
        charging: false,
        moving: true,
        'emergency-stop': false,
        'protective-field-violation': true,
        'error-count': 0,
      },
      absent: ['errors', 'battery-health', 'paused', 'controller-software'],
      problems: [],
    },
    {
      name: 'KIT',
      locator: 'vda5050/KIT/0002',
      identity: ['thing-serial kit::0002'],
      facts: { 'connection-state': 'CONNECTIONBROKEN', serial: '0002' },
      absent: ['operating-mode', 'battery-charge', 'model'],
      problems: [noFactsheet, 'The robot is not connected (CONNECTIONBROKEN), so its state is not known.'],
    },
  ],
  'v1-tugger.json': [
    {
      name: 'Exemplar Tractors AG',
      locator: 'vda5050/Exemplar Tractors AG/T-2041',
      identity: ['thing-serial exemplar tractors::T-2041'],
      facts: {
        'protocol-version': '1.1.0',
        'operating-mode': 'MANUAL',
        'battery-charge': 12,
        'emergency-stop': true,
        'safety-state': 'emergency stop (MANUAL)',
        moving: false,
        'error-count': 2,
        errors: 'FATAL bumper',
      },
      absent: ['model', 'battery-voltage'],
      problems: [noFactsheet],
    },
  ],
};
