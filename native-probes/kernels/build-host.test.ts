import { expect, it } from 'vitest';
import { builtModule, committedModule, kernelNames } from './build-host.ts';

it.each(kernelNames())('%s: the committed module is what its source assembles to', async (name) => {
  expect(committedModule(name)).toBe(await builtModule(name));
});

it('there are kernels to look at', () => {
  expect(kernelNames()).toEqual(expect.arrayContaining(['chacha', 'quadratic', 'triad']));
});
