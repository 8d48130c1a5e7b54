/** All MIBs, those that say more of a device before those that say it more coarsely. */
import type { Mib } from '../mib.ts';
import { apcPdu, apcPdu2, apcUps } from './apc.ts';
import { eatonMg, eatonPdu, eatonUps } from './eaton.ts';
import { hpEnclosure } from './hpe.ts';
import { raritan } from './raritan.ts';
import { sentry3, sentry4 } from './server-technology.ts';
import { upsMib, upsMibHundredths } from './ups.ts';
import { liebert, vertivPdu } from './vertiv.ts';

export const mibs: readonly Mib[] = [
  apcPdu2,
  apcPdu,
  apcUps,
  raritan,
  sentry4,
  sentry3,
  eatonPdu,
  vertivPdu,
  hpEnclosure,
  // The standard one counts tenths of amperes where the makers' count whole ones.
  upsMib,
  upsMibHundredths,
  eatonUps,
  eatonMg,
  liebert,
];
