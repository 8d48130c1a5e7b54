/**
 * Tests in two projects: units beside the code, side by side; and those that start whole programs, one file at a time,
 * so that their time limits measure the program and not the machine's load. Contracts are tested by Foundry
 * (npm run test:contracts).
 */
import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, '**/dist/**', '**/.cache/**', 'contracts/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{main,native-probes,renderer,preload,build}/**/*.test.{ts,tsx}', 'test/{ports,arch}/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'programs',
          // A signal that comes too late on a busy machine is tried once more; what fails twice fails.
          retry: process.env.CI ? 1 : 0,
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, 'test/{ports,arch}/**'],
          globalSetup: ['test/build-once.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
