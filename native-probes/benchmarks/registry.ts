/** Every benchmark by its id. */
import type { BenchmarkRunner } from './contract.ts';
import { gpuCopy, gpuDeviceToHost, gpuHostToDevice } from './gpu/transfers.ts';
import { cpuFp64, cpuFp64OneCore, cpuInteger, cpuIntegerOneCore, cpuPrimes } from './host/cpu.ts';
import { diskRead, diskReadRandom } from './host/disk.ts';
import { memoryTriad } from './host/memory.ts';

export const benchmarks: Readonly<Record<string, BenchmarkRunner>> = {
  'cpu-integer': cpuInteger,
  'cpu-integer-one-core': cpuIntegerOneCore,
  'cpu-fp64': cpuFp64,
  'cpu-fp64-one-core': cpuFp64OneCore,
  'cpu-primes': cpuPrimes,
  'memory-triad': memoryTriad,
  'disk-read': diskRead,
  'disk-read-random': diskReadRandom,
  'gpu-copy': gpuCopy(),
  'gpu-host-to-device': gpuHostToDevice(),
  'gpu-device-to-host': gpuDeviceToHost(),
};
