/**
 * NVIDIA GPUs through the CUDA driver library: a second witness beside NVML, and the one that programs compute through.
 * It is asked without a context, so nothing is taken of the device's memory. Starting the driver can take seconds and
 * can hang: the supervisor runs it in a worker of its own.
 */
import type { DeviceReading, Probe, ProbeAnswer, Problem } from '../../contract.ts';
import { CudaCalls, cudaLibraries } from '../../ffi/cuda.ts';
import { CudaError } from '../../ffi/cuda-errors.ts';
import { openLibrary, roomFor, textOf } from '../../ffi/library.ts';
import { normalisePciAddress } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { isGarbled } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';

export const cudaProbe: Probe = cudaProbeOf(cudaLibraries);

/** The probe over the first library of `paths` that opens; tests give it a library of their own. */
export function cudaProbeOf(paths: readonly string[]): Probe {
  return {
    id: 'nvidia-cuda',
    subject: 'gpu',
    what: 'NVIDIA GPUs, from the CUDA driver (a second witness)',
    limitMs: 15_000,
    probe: (context) =>
      context.root === '' ? probe(paths) : Promise.resolve(nothing('absent', 'A recorded machine has no CUDA driver.')),
  };
}

function nothing(outcome: ProbeAnswer['outcome'], sentence: string): ProbeAnswer {
  return { outcome, sentence, devices: [], problems: [] };
}

/** CUresult: no device; a stub of the library; the kernel module is of another version. */
const codes = { noDevice: 100, stub: 34, mismatch: 803 } as const;

async function probe(paths: readonly string[]): Promise<ProbeAnswer> {
  const opened = await openLibrary(paths);
  if (opened.state === 'missing') {
    return nothing('absent', 'The CUDA driver is not installed: there is no libcuda.so.1 on this machine.');
  }
  if (opened.state === 'broken') {
    return nothing('failed', `The CUDA driver library is there and cannot be loaded: ${opened.reason}.`);
  }
  const cuda = new CudaCalls(opened.library);
  try {
    cuda.call('cuInit', ['u32'], 0);
    return readAll(cuda);
  } catch (error) {
    if (!(error instanceof CudaError)) throw error;
    const outcome = error.code === codes.noDevice || error.code === codes.stub ? 'absent' : 'failed';
    const problem: Problem = { code: error.code === codes.mismatch ? 'mismatch' : 'absent', sentence: error.message };
    return { ...nothing(outcome, error.message), problems: outcome === 'failed' ? [problem] : [] };
  }
}

function readAll(cuda: CudaCalls): ProbeAnswer {
  const count = cuda.int32('cuDeviceGetCount', []);
  if (count === 0) return nothing('absent', 'The CUDA driver runs and finds no device.');
  if (count < 0 || count > 1024)
    return nothing('nonsense', `The CUDA driver reports ${count} devices, which cannot be.`);
  const version = ask(() => cuda.newestCuda());
  const devices = Array.from({ length: count }, (_, ordinal) => readDevice(cuda, ordinal, version.value));
  return { outcome: 'present', devices, problems: [] };
}

function readDevice(cuda: CudaCalls, ordinal: number, version: string | undefined): DeviceReading {
  const device = cuda.int32('cuDeviceGet', ['i32'], ordinal);
  const bus = ask(() =>
    text(64, (out) => cuda.call('cuDeviceGetPCIBusId', ['pointer', 'i32', 'i32'], out, 64, device)),
  );
  const address = normalisePciAddress(bus.value ?? '');
  const sheet = openSheet('gpu', address ?? `cuda:${ordinal}`, 'host');
  const note = (fact: FactName, answer: Asked<string | number | boolean>, raw?: string) => {
    if (answer.value !== undefined) sheet.fact(fact, answer.value, raw);
    else sheet.problem('absent', `${fact} is not known: ${answer.because}`, fact);
  };
  const attribute = (name: Parameters<CudaCalls['attribute']>[1]) => ask(() => cuda.attribute(device, name));

  sheet.fact('maker', 'NVIDIA Corporation');
  if (address === undefined)
    note('pci-address', { because: bus.because ?? `it is "${bus.value}", which is no address.` });
  else sheet.fact('pci-address', address);
  const name = ask(() => text(256, (out) => cuda.call('cuDeviceGetName', ['pointer', 'i32', 'i32'], out, 255, device)));
  const sliced = / MIG \d/.test(name.value ?? '');
  noteName(sheet, name, sliced);
  if (!sliced) noteUuid(sheet, cuda, device);
  const memory = ask(() => Number(cuda.pointer('cuDeviceTotalMem_v2', ['i32'], device)));
  if (!sliced) {
    note('memory-usable', memory);
    note('multiprocessors', attribute('multiprocessors'));
    note('l2-cache', attribute('l2Bytes'));
  }
  const [major, minor] = [attribute('major'), attribute('minor')];
  if (major.value === undefined || minor.value === undefined)
    note('compute-capability', { because: major.because ?? '' });
  else sheet.fact('compute-capability', `${major.value}.${minor.value}`);
  note('ecc', flag(attribute('eccEnabled')));
  note('integrated', flag(attribute('integrated')));
  note('memory-bus-width', attribute('memoryBusBits'));
  note('clock-sm-max', scaled(attribute('clockKHz'), 1000));
  note('clock-memory-max', scaled(attribute('memoryClockKHz'), 1000));
  if (version !== undefined) sheet.fact('cuda-version', version);
  return sheet.read(name.value === undefined || isGarbled(name.value) ? `CUDA device ${ordinal}` : name.value);
}

function noteName(sheet: Sheet, name: Asked<string>, sliced: boolean): void {
  if (name.value === undefined) sheet.problem('absent', `model is not known: ${name.because}`, 'model');
  else if (isGarbled(name.value)) {
    const sentence = 'model is no readable text: the driver answered bytes that are no UTF-8.';
    sheet.problem('nonsense', sentence, 'model', name.value);
  } else if (sliced) {
    sheet.fact('mig', true);
    // The rest of the name is the whole GPU's.
    sheet.fact('model', name.value.replace(/ MIG \d.*$/, ''), name.value);
    const sentence =
      "The GPU is split into instances (MIG) and CUDA sees one of them: its UUID, memory and multiprocessors are the instance's and are left out.";
    sheet.problem('unsupported', sentence, 'mig', name.value);
  } else sheet.fact('model', name.value);
}

function noteUuid(sheet: Sheet, cuda: CudaCalls, device: number): void {
  const room = roomFor(16);
  const uuid = ask(() => {
    cuda.call(['cuDeviceGetUuid_v2', 'cuDeviceGetUuid'], ['pointer', 'i32'], room.buffer, device);
    return room.buffer.toString('hex', 0, 16);
  });
  if (uuid.value === undefined || room.overran()) {
    sheet.problem('absent', `uuid is not known: ${uuid.because ?? 'the driver wrote another layout.'}`, 'uuid');
    return;
  }
  const shaped = `GPU-${uuid.value.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
  if (!isPlaceholder(shaped)) sheet.fact('uuid', shaped);
  sheet.identify('gpu-uuid', shaped);
}

interface Asked<T> {
  value?: T;
  because?: string;
}

/** What a question came to: one that the driver refuses costs that one fact. */
function ask<T>(question: () => T): Asked<T> {
  try {
    return { value: question() };
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error) };
  }
}

function text(size: number, fill: (out: Buffer) => void): string {
  const out = Buffer.alloc(size * 2);
  fill(out);
  return textOf(out, size);
}

function flag(answer: Asked<number>): Asked<boolean> {
  return answer.value === undefined ? { because: answer.because ?? '' } : { value: answer.value === 1 };
}

function scaled(answer: Asked<number>, by: number): Asked<number> {
  return answer.value === undefined ? answer : { value: answer.value * by };
}
