/** Return codes of the CUDA driver that a person can do something about. Numbers and names: cuda.h, `CUresult`. */

interface Known {
  name: string;
  sentence: string;
}

const known: Readonly<Record<number, Known>> = {
  2: {
    name: 'OUT_OF_MEMORY',
    sentence: 'The device has too little free memory; end what is using it and run it again.',
  },
  34: {
    name: 'STUB_LIBRARY',
    sentence: "A stub of the driver library was loaded; put the driver's own libcuda.so.1 first in the library path.",
  },
  46: {
    name: 'DEVICE_UNAVAILABLE',
    sentence: 'Another program holds the device for itself (exclusive mode); end it and run it again.',
  },
  100: {
    name: 'NO_DEVICE',
    sentence: 'The driver sees no device; in a container, pass the device in, and check CUDA_VISIBLE_DEVICES.',
  },
  101: {
    name: 'INVALID_DEVICE',
    sentence:
      'The driver does not offer this device; check CUDA_VISIBLE_DEVICES and whether it is split into instances.',
  },
  214: {
    name: 'ECC_UNCORRECTABLE',
    sentence: 'The memory of the device has an error that could not be corrected; have it looked at before it is used.',
  },
  220: {
    name: 'NVLINK_UNCORRECTABLE',
    sentence: 'A link between devices has an error that could not be corrected; have it looked at.',
  },
  221: {
    name: 'JIT_COMPILER_NOT_FOUND',
    sentence: "The driver's compiler is missing; in a container, allow the driver capability compute.",
  },
  222: { name: 'UNSUPPORTED_PTX_VERSION', sentence: 'The driver is too old for this kernel; install a newer one.' },
  700: {
    name: 'ILLEGAL_ADDRESS',
    sentence: 'The device reported an illegal address; this is a fault of this program or of the device.',
  },
  719: {
    name: 'LAUNCH_FAILED',
    sentence: 'The device stopped in the middle of the work; look at the kernel log for its Xid.',
  },
  802: { name: 'SYSTEM_NOT_READY', sentence: 'The machine is not ready yet; with NVSwitch, start the fabric manager.' },
  803: {
    name: 'SYSTEM_DRIVER_MISMATCH',
    sentence: "The driver's library and its kernel module are of different versions; restart the machine.",
  },
  999: { name: 'UNKNOWN', sentence: 'The driver failed without a reason; look at the kernel log for an Xid.' },
};

/** The device is not to be had, which is not a fault of what was measured. */
const absent: ReadonlySet<number> = new Set([34, 46, 100, 101]);

export class CudaError extends Error {
  readonly code: number;
  readonly absent: boolean;

  constructor(call: string, code: number) {
    const { name, sentence } = known[code] ?? { name: `CUresult ${code}`, sentence: 'The driver refused a call.' };
    super(`${sentence} (${call}: ${name})`);
    this.name = 'CudaError';
    this.code = code;
    this.absent = absent.has(code);
  }
}

export const outOfMemory = 2;
