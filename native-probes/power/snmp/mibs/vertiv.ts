/** Vertiv: PDUs that were Geist's (VERTIV-V5-MIB), and what Liebert's cards say of the device they sit in. */
import { byIndex, type Mib } from '../mib.ts';

const geist = '1.3.6.1.4.1.21239.5.2';

export const vertivPdu: Mib = {
  id: 'vertiv-pdu',
  what: 'VERTIV-V5-MIB (Geist)',
  agents: ['1.3.6.1.4.1.21239'],
  group: 'pdu',
  powerClass: 'pdu',
  maker: 'Vertiv',
  keys: [`${geist}.3.1.1.2`],
  units: (view) => (view.rows(`${geist}.3.1.1.2`).length > 0 ? ['0'] : []),
  facts: [
    { fact: 'firmware-version', oid: `${geist}.1.2` },
    { fact: 'device-name', oid: `${geist}.1.3` },
    { fact: 'model', oid: `${geist}.1.8` },
    { fact: 'serial', oid: `${geist}.1.10` },
    { fact: 'alarm-count', oid: `${geist}.1.13` },
  ],
  tables: [
    {
      kind: 'branch',
      // The whole of one PDU of the chain.
      place: ([pdu]) => (pdu === undefined ? undefined : { unit: '0', part: `pdu-${pdu}` }),
      columns: [
        { field: 'name', oid: `${geist}.3.1.1.3` },
        { field: 'power', oid: `${geist}.3.1.1.9` },
        { field: 'apparent-power', oid: `${geist}.3.1.1.10` },
        { field: 'energy', oid: `${geist}.3.1.1.12`, factor: 3600 },
      ],
    },
    {
      kind: 'phase',
      place: ([phase]) => (phase === undefined ? undefined : { unit: '0', part: `L${phase}` }),
      columns: [
        { field: 'voltage', oid: `${geist}.3.2.1.4`, factor: 0.1 },
        { field: 'current', oid: `${geist}.3.2.1.8`, factor: 0.01 },
        { field: 'power', oid: `${geist}.3.2.1.12` },
        { field: 'apparent-power', oid: `${geist}.3.2.1.13` },
        { field: 'power-factor', oid: `${geist}.3.2.1.14` },
        { field: 'energy', oid: `${geist}.3.2.1.15`, factor: 3600 },
        { field: 'frequency', oid: `${geist}.3.2.1.29`, factor: 0.01 },
      ],
    },
    {
      kind: 'outlet',
      place: byIndex,
      columns: [
        { field: 'name', oid: `${geist}.3.6.1.2` },
        { field: 'voltage', oid: `${geist}.3.6.1.4`, factor: 0.1 },
        { field: 'current', oid: `${geist}.3.6.1.8`, factor: 0.01 },
        { field: 'power', oid: `${geist}.3.6.1.12` },
        { field: 'apparent-power', oid: `${geist}.3.6.1.13` },
        { field: 'power-factor', oid: `${geist}.3.6.1.14` },
        { field: 'energy', oid: `${geist}.3.6.1.15`, factor: 3600 },
      ],
    },
  ],
  columns: [`${geist}.3.1.1.2`],
};

const lgp = '1.3.6.1.4.1.476.1.42.2.4.2.1';

/**
 * Liebert's card names the device it sits in, of whatever kind: a UPS says its figures by the UPS-MIB beside it, an air
 * conditioner is no power system.
 */
export const liebert: Mib = {
  id: 'liebert-gp',
  what: 'LIEBERT-GP-AGENT-MIB',
  agents: ['1.3.6.1.4.1.476'],
  group: 'ups',
  powerClass: '',
  keys: [`${lgp}.4`],
  units: (view) => (view.rows(`${lgp}.4`).length > 0 ? ['0'] : []),
  facts: [],
  tables: [],
  columns: [3, 4, 5, 7].map((column) => `${lgp}.${column}`),
  more(view) {
    const names = { maker: 3, model: 4, 'firmware-version': 5, serial: 7 };
    return Object.entries(names).flatMap(([name, column]) => {
      const row = view.rows(`${lgp}.${column}`)[0];
      const value = row === undefined ? undefined : view.text(`${lgp}.${column}.${row}`);
      return value === undefined ? [] : [{ name, value }];
    });
  },
};
