/** The screens there are: where each is found and what draws it. Each is loaded when it is opened first. */
import { type ComponentType, lazy } from 'react';
import type { IconName } from '../components/icon.tsx';
import type { Texts } from '../texts/english.ts';

export interface Screen {
  path: string;
  name: keyof Texts['screens'];
  icon: IconName;
  /** `way`: a stage on the way from hardware to earnings; `desk`: what is always at hand. */
  group: 'way' | 'desk';
  Body: ComponentType;
}

export const screens: readonly Screen[] = [
  {
    path: '/',
    name: 'start',
    icon: 'home',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/start/start-screen.tsx')).StartScreen })),
  },
  {
    path: '/run',
    name: 'run',
    icon: 'rack',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/run/onboard-screen.tsx')).OnboardScreen })),
  },
  {
    path: '/machines',
    name: 'machines',
    icon: 'machine',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/machines/machines-screen.tsx')).MachinesScreen })),
  },
  {
    path: '/benchmark',
    name: 'benchmark',
    icon: 'gauge',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/benchmark/benchmark-screen.tsx')).BenchmarkScreen })),
  },
  {
    path: '/manifest',
    name: 'manifest',
    icon: 'paper',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/manifest/manifest-screen.tsx')).ManifestScreen })),
  },
  {
    path: '/attestation',
    name: 'attestation',
    icon: 'shield',
    group: 'way',
    Body: lazy(async () => ({
      default: (await import('../features/attestation/attestation-screen.tsx')).AttestationScreen,
    })),
  },
  {
    path: '/tokenize',
    name: 'tokenize',
    icon: 'stamp',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/tokenize/tokenize-screen.tsx')).TokenizeScreen })),
  },
  {
    path: '/list',
    name: 'list',
    icon: 'pool',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/pools/list-screen.tsx')).ListScreen })),
  },
  {
    path: '/earnings',
    name: 'earnings',
    icon: 'coins',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/earnings/earnings-screen.tsx')).EarningsScreen })),
  },
  {
    path: '/activity',
    name: 'activity',
    icon: 'list',
    group: 'desk',
    Body: lazy(async () => ({ default: (await import('../features/activity/activity-screen.tsx')).ActivityScreen })),
  },
  {
    path: '/settings',
    name: 'settings',
    icon: 'gear',
    group: 'desk',
    Body: lazy(async () => ({ default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen })),
  },
  {
    path: '/diagnostics',
    name: 'diagnostics',
    icon: 'pulse',
    group: 'desk',
    Body: lazy(async () => ({
      default: (await import('../features/diagnostics/diagnostics-screen.tsx')).DiagnosticsScreen,
    })),
  },
];
