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
    icon: 'machine',
    group: 'way',
    Body: lazy(async () => ({ default: (await import('../features/run/onboard-screen.tsx')).OnboardScreen })),
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
