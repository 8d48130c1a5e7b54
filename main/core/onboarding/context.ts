/** What a run needs of the world. */
import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import type { Keys } from '#ports/keys.ts';
import type { MachineUnderTest } from '#ports/machine.ts';
import type { Network } from '#ports/network.ts';

export interface OnboardingContext {
  machine: MachineUnderTest;
  keys: Keys;
  journal: Journal;
  network: Network;
  clock: Clock;
  software: { name: string; version: string };
}
