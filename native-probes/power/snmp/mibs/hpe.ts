/** CPQRACK-MIB of HP's blade enclosures: the enclosure and its power supplies. */
import type { Mib } from '../mib.ts';

const rack = '1.3.6.1.4.1.232.22.2';
const supply = `${rack}.5.1.1.1`;

export const hpEnclosure: Mib = {
  id: 'cpqrack',
  what: 'CPQRACK-MIB',
  agents: ['1.3.6.1.4.1.11.5.7.1.2', '1.3.6.1.4.1.232'],
  group: 'enclosure',
  powerClass: 'power-supply',
  maker: 'HP',
  indexed: true,
  keys: [`${rack}.3.1.1.1.7`],
  units: (view) => view.rows(`${rack}.3.1.1.1.7`),
  facts: [
    { fact: 'model', oid: `${rack}.3.1.1.1.3` },
    { fact: 'part-number', oid: `${rack}.3.1.1.1.5` },
    { fact: 'serial', oid: `${rack}.3.1.1.1.7` },
    { fact: 'firmware-version', oid: `${rack}.3.1.1.1.8` },
    { fact: 'device-name', oid: `${rack}.3.1.1.1.9` },
  ],
  tables: [
    {
      kind: 'supply',
      place([index = ''], view) {
        const unit = view.number(`${supply}.2.${index}`);
        const number = view.number(`${supply}.3.${index}`);
        return unit === undefined || number === undefined ? undefined : { unit: String(unit), part: String(number) };
      },
      columns: [
        { field: 'serial', oid: `${supply}.5` },
        { field: 'part-number', oid: `${supply}.6` },
        { field: 'power-rating', oid: `${supply}.9`, unknown: [0] },
        { field: 'power-output', oid: `${supply}.10` },
        { field: 'state', oid: `${supply}.17`, words: { 1: 'other', 2: 'ok', 3: 'degraded', 4: 'failed' } },
      ],
    },
  ],
  columns: [`${supply}.2`, `${supply}.3`],
};
