/**
 * NVIDIA GPUs through the driver's own library, libnvidia-ml, without nvidia-smi. A call of this library can hang for
 * ever or end the process: the supervisor runs it in a worker of its own.
 */
import type { Probe, ProbeAnswer, Problem } from '../../contract.ts';
import { openLibrary } from '../../ffi/library.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { nvmlCodes, nvmlMeaning } from './codes.ts';
import { type DeviceHandle, LayoutChanged, Nvml } from './nvml.ts';
import { readDevice, readPci } from './read-device.ts';

/** Where drivers put the library; the loader's own search comes first. WSL has a place of its own. */
const libraryPaths = [
  'libnvidia-ml.so.1',
  '/usr/lib/wsl/lib/libnvidia-ml.so.1',
  '/run/opengl-driver/lib/libnvidia-ml.so.1',
  'nvml.dll',
];

export const nvmlProbe: Probe = nvmlProbeOf(libraryPaths);

/** The probe over the first library of `paths` that opens; tests give it a library of their own. */
export function nvmlProbeOf(paths: readonly string[]): Probe {
  return {
    id: 'nvidia-nvml',
    subject: 'gpu',
    what: 'NVIDIA GPUs, from the driver library (NVML)',
    limitMs: 15_000,
    probe: (context) =>
      context.root === '' ? probe(paths) : Promise.resolve(absent('A recorded machine has no driver library to ask.')),
  };
}

function absent(sentence: string): ProbeAnswer {
  return { outcome: 'absent', sentence, devices: [], problems: [] };
}

async function probe(paths: readonly string[]): Promise<ProbeAnswer> {
  const opened = await openLibrary(paths);
  if (opened.state === 'missing') {
    return absent('The NVIDIA driver is not installed: there is no libnvidia-ml.so.1 on this machine.');
  }
  if (opened.state === 'broken') {
    return failed(`The NVIDIA library is there and cannot be loaded: ${opened.reason}.`);
  }
  const nvml = new Nvml(opened.library);
  const started = nvml.plain(['nvmlInit_v2', 'nvmlInit']);
  if (started !== 0) return refused(started);
  try {
    return readAll(nvml);
  } catch (error) {
    if (!(error instanceof LayoutChanged)) throw error;
    return failed(
      `The NVIDIA driver speaks another layout than this program knows (${error.message}); nothing it said was used.`,
    );
  } finally {
    nvml.plain(['nvmlShutdown']);
  }
}

function failed(sentence: string): ProbeAnswer {
  return { outcome: 'failed', sentence, devices: [], problems: [] };
}

function refused(code: number): ProbeAnswer {
  const meaning = nvmlMeaning(code);
  const sentence = `NVIDIA's library does not start: ${meaning.sentence}.`;
  const problems: Problem[] = [{ code: meaning.code, sentence, raw: `nvmlInit_v2: ${code}` }];
  if (code === nvmlCodes.noPermission) return { outcome: 'denied', sentence, devices: [], problems };
  return { outcome: code === nvmlCodes.driverNotLoaded ? 'absent' : 'failed', sentence, devices: [], problems };
}

function readAll(nvml: Nvml): ProbeAnswer {
  const count = nvml.deviceCount();
  if (!count.ok) return failed(`NVIDIA's library cannot count its GPUs: ${nvmlMeaning(count.code).sentence}.`);
  if (count.value > 1024) return failed(`NVIDIA's library reports ${count.value} GPUs, which cannot be.`);
  const problems: Problem[] = [];
  const found: { index: number; device: DeviceHandle; address: string | undefined }[] = [];
  for (let index = 0; index < count.value; index += 1) {
    const device = nvml.device(index);
    if (device.ok) {
      const pci = readPci(nvml, device.value);
      found.push({ index, device: device.value, address: pci.ok ? pci.value.address : undefined });
      continue;
    }
    const meaning = nvmlMeaning(device.code);
    problems.push({
      code: meaning.code,
      sentence: `GPU number ${index} of ${count.value} does not answer: ${meaning.sentence}.`,
      raw: `nvmlDeviceGetHandleByIndex_v2(${index}): ${device.code}`,
    });
  }
  const peers = found.flatMap(({ device, address }) => (address === undefined ? [] : [{ device, address }]));
  const devices = found.map(({ index, device }) =>
    readDevice(
      nvml,
      device,
      index,
      peers.filter((peer) => peer.device !== device),
    ),
  );
  if (count.value === 0) {
    return { outcome: 'absent', sentence: 'The NVIDIA driver runs and finds no GPU.', devices, problems };
  }
  const driver = driverFacts(nvml, problems);
  for (const device of devices) device.observations.push(...driver);
  return { outcome: 'present', devices, problems };
}

/** Driver, CUDA and library versions are the machine's, and stand with each GPU: a GPU is only known through them. */
function driverFacts(nvml: Nvml, problems: Problem[]) {
  const sheet = openSheet('gpu', 'driver', 'host');
  const driver = nvml.text(['nvmlSystemGetDriverVersion']);
  if (driver.ok) sheet.fact('driver-version', driver.value);
  else
    sheet.problem('absent', `The driver version is not known: ${nvmlMeaning(driver.code).sentence}.`, 'driver-version');
  const library = nvml.text(['nvmlSystemGetNVMLVersion']);
  if (library.ok) sheet.fact('nvml-version', library.value);
  const cuda = nvml.fill(['nvmlSystemGetCudaDriverVersion_v2', 'nvmlSystemGetCudaDriverVersion'], [], 4, (buffer) =>
    buffer.readInt32LE(0),
  );
  // 13010 is CUDA 13.1.
  if (cuda.ok) sheet.fact('cuda-version', `${Math.floor(cuda.value / 1000)}.${Math.floor((cuda.value % 1000) / 10)}`);
  else sheet.problem('absent', `The CUDA version is not known: ${nvmlMeaning(cuda.code).sentence}.`, 'cuda-version');
  noteConfidential(nvml, sheet);
  const { observations, problems: found } = sheet.read('driver');
  problems.push(...found);
  return observations;
}

/** Confidential computing is a state of the machine's driver. A driver that does not know it says nothing of it. */
function noteConfidential(nvml: Nvml, sheet: Sheet): void {
  const able = nvml.fill(['nvmlSystemGetConfComputeCapabilities'], [], 8, (buffer) => buffer.readUInt32LE(4));
  if (able.ok) sheet.fact('confidential-compute-capable', able.value === 1);
  // nvmlConfComputeSystemState_t: environment, feature, development tools.
  const state = nvml.fill(['nvmlSystemGetConfComputeState'], [], 12, (buffer) => ({
    on: buffer.readUInt32LE(4) === 1,
    tools: buffer.readUInt32LE(8) === 1,
  }));
  if (!state.ok) return;
  sheet.fact('confidential-compute', state.value.tools ? 'devtools' : state.value.on ? 'on' : 'off');
}
