/**
 * All of one GPU's facts through NVML. Each question stands alone: one that fails becomes a problem with words, and the
 * next one is asked. Only a GPU that is lost is asked no further.
 */
import type { DeviceReading } from '../../contract.ts';
import { pciAddress, unpackPciId } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { isGarbled } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { withoutSharedIdentity } from '../share.ts';
import { nvmlCodes, nvmlMeaning } from './codes.ts';
import { type Answer, type DeviceHandle, handle, type Nvml } from './nvml.ts';
import { type Peer, readLinks } from './read-links.ts';
import { readFields, readInstances } from './read-parts.ts';
import { architectureName, computeModes, throttleReasons, virtualizationModes } from './words.ts';

/** NVML's number for "there is none". */
const noValue = 0xffffffff;

class Lost extends Error {}

/** Asks one question and puts its answer, or why there is none, on the sheet. */
type Ask = <T>(fact: FactName, answer: Answer<T>, note: (value: T) => void) => void;

export function readDevice(
  nvml: Nvml,
  device: DeviceHandle,
  index: number,
  peers: readonly Peer[] = [],
): DeviceReading {
  const pci = readPci(nvml, device);
  const locator = pci.ok ? pci.value.address : `nvml:${index}`;
  const sheet = openSheet('gpu', locator, 'host');
  const ask: Ask = (fact, answer, note) => {
    if (answer.ok) {
      note(answer.value);
      return;
    }
    const meaning = nvmlMeaning(answer.code);
    if (answer.code === nvmlCodes.gpuIsLost) throw new Lost(meaning.sentence);
    sheet.problem(meaning.code, `${fact} is not known: ${meaning.sentence}.`, fact, `NVML ${answer.code}`);
  };

  let name = '';
  try {
    ask('pci-address', pci, (value) => {
      sheet.fact('pci-address', value.address);
      sheet.fact('pci-device-id', value.id);
      if (value.subsystem !== '0000:0000') sheet.fact('pci-subsystem-id', value.subsystem);
    });
    name = readIdentity(nvml, device, sheet, ask);
    readMemory(nvml, device, sheet, ask);
    readModes(nvml, device, sheet, ask);
    readNumbers(nvml, device, sheet, ask);
    readReliability(nvml, device, sheet, ask);
    readFields(nvml, device, sheet);
    readLinks(nvml, device, sheet, peers);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    sheet.problem('lost', `GPU ${index} at ${locator} stopped answering: ${error.message}.`);
  }
  return withoutSharedIdentity(sheet.read(name || `NVIDIA GPU ${index}`));
}

interface PciInfo {
  address: string;
  id: string;
  subsystem: string;
}

/** nvmlPciInfo_t: char[16], domain, bus, device, device id, subsystem id, char[32]. */
export function readPci(nvml: Nvml, device: DeviceHandle): Answer<PciInfo> {
  const symbols = ['nvmlDeviceGetPciInfo_v3', 'nvmlDeviceGetPciInfo_v2'];
  const answer = nvml.fill(symbols, [handle(device)], 68, (buffer) => ({
    address: pciAddress(buffer.readUInt32LE(16), buffer.readUInt32LE(20), buffer.readUInt32LE(24)),
    id: unpackPciId(buffer.readUInt32LE(28)),
    subsystem: unpackPciId(buffer.readUInt32LE(32)),
  }));
  if (!answer.ok) return answer;
  const { address, id, subsystem } = answer.value;
  return address === undefined
    ? { ok: false, code: nvmlCodes.functionNotFound }
    : { ok: true, value: { address, id, subsystem } };
}

function readIdentity(nvml: Nvml, device: DeviceHandle, sheet: Sheet, ask: Ask): string {
  const texts = new Map<FactName, string>();
  for (const [fact, symbol] of [
    ['model', 'nvmlDeviceGetName'],
    ['uuid', 'nvmlDeviceGetUUID'],
    ['serial', 'nvmlDeviceGetSerial'],
    ['part-number', 'nvmlDeviceGetBoardPartNumber'],
    ['vbios', 'nvmlDeviceGetVbiosVersion'],
    ['inforom-image', 'nvmlDeviceGetInforomImageVersion'],
  ] as const) {
    ask(fact, nvml.text([symbol], device), (value) => {
      if (isGarbled(value)) {
        sheet.problem(
          'nonsense',
          `${fact} is no readable text: the driver answered bytes that are no UTF-8.`,
          fact,
          value,
        );
      } else if (isPlaceholder(value)) {
        sheet.problem('placeholder', `${fact} is "${value}", which says nothing.`, fact, value);
      } else {
        texts.set(fact, value);
        sheet.fact(fact, value);
      }
    });
  }
  const [uuid, serial, part] = [texts.get('uuid'), texts.get('serial'), texts.get('part-number')];
  if (uuid) sheet.identify('gpu-uuid', uuid);
  // The serial number is the board's: two GPUs of one board share it, so it never stands before the UUID.
  if (serial && part) sheet.identify('part-and-serial', `nvidia:${part}:${serial}`);
  sheet.fact('maker', 'NVIDIA Corporation');
  // nvmlPdi_v1_t: version (size with 1 in the top byte), padding, value.
  const pdi = nvml.fill(
    ['nvmlDeviceGetPdi'],
    [handle(device)],
    16,
    (buffer) => buffer.readBigUInt64LE(8),
    (buffer) => buffer.writeUInt32LE(16 | (1 << 24), 0),
  );
  ask('device-identifier', pdi, (value) => {
    if (value !== 0n) sheet.fact('device-identifier', `0x${value.toString(16).padStart(16, '0')}`);
  });
  return texts.get('model') ?? '';
}

function readMemory(nvml: Nvml, device: DeviceHandle, sheet: Sheet, ask: Ask): void {
  // nvmlMemory_v2_t: version, total, reserved, free, used. The version is the size with 2 in the top byte.
  const second = nvml.fill(
    ['nvmlDeviceGetMemoryInfo_v2'],
    [handle(device)],
    40,
    (buffer) => [8, 16, 32].map((at) => Number(buffer.readBigUInt64LE(at))),
    (buffer) => buffer.writeUInt32LE(40 | (2 << 24), 0),
  );
  if (second.ok) {
    const [total, reserved, used] = second.value;
    sheet.fact('memory-total', total);
    sheet.fact('memory-reserved', reserved);
    sheet.fact('memory-used', used);
    return;
  }
  // nvmlMemory_t: total, free, used (with what the driver reserves).
  const first = nvml.fill(['nvmlDeviceGetMemoryInfo'], [handle(device)], 24, (buffer) => ({
    total: Number(buffer.readBigUInt64LE(0)),
    used: Number(buffer.readBigUInt64LE(16)),
  }));
  ask('memory-total', first, ({ total, used }) => {
    sheet.fact('memory-total', total);
    sheet.fact('memory-used', used);
  });
}

function readModes(nvml: Nvml, device: DeviceHandle, sheet: Sheet, ask: Ask): void {
  ask('ecc', nvml.several(['nvmlDeviceGetEccMode'], device, 2), ([current, pending]) => {
    sheet.fact('ecc', current === 1);
    sheet.fact('ecc-pending', pending === 1);
  });
  ask('mig', nvml.several(['nvmlDeviceGetMigMode'], device, 2), ([current, pending]) => {
    sheet.fact('mig', current === 1);
    sheet.fact('mig-pending', pending === 1);
    if (current === 1) readInstances(nvml, device, sheet);
  });
  ask('compute-capability', nvml.several(['nvmlDeviceGetCudaComputeCapability'], device, 2), ([major, minor]) =>
    sheet.fact('compute-capability', `${major}.${minor}`),
  );
  ask('architecture', nvml.u32(['nvmlDeviceGetArchitecture'], device), (value) =>
    sheet.fact('architecture', architectureName(value), String(value)),
  );
  ask('virtualization-mode', nvml.u32(['nvmlDeviceGetVirtualizationMode'], device), (value) =>
    sheet.fact('virtualization-mode', virtualizationModes[value] ?? `mode ${value}`, String(value)),
  );
  ask('persistence-mode', nvml.u32(['nvmlDeviceGetPersistenceMode'], device), (value) =>
    sheet.fact('persistence-mode', value === 1),
  );
  ask('compute-mode', nvml.u32(['nvmlDeviceGetComputeMode'], device), (value) =>
    sheet.fact('compute-mode', computeModes[value] ?? `mode ${value}`, String(value)),
  );
  ask('multi-gpu-board', nvml.u32(['nvmlDeviceGetMultiGpuBoard'], device), (value) =>
    sheet.fact('multi-gpu-board', value === 1),
  );
  ask('device-file', nvml.u32(['nvmlDeviceGetMinorNumber'], device), (value) =>
    sheet.fact('device-file', `/dev/nvidia${value}`),
  );
  ask('gsp-firmware', nvml.fixedText('nvmlDeviceGetGspFirmwareVersion', device, 64), (value) => {
    if (!isPlaceholder(value)) sheet.fact('gsp-firmware', value);
  });
  ask('performance-state', nvml.u32(['nvmlDeviceGetPerformanceState'], device), (value) => {
    // 32: the driver cannot tell.
    if (value <= 15) sheet.fact('performance-state', `P${value}`);
  });
  const reasons = ['nvmlDeviceGetCurrentClocksEventReasons', 'nvmlDeviceGetCurrentClocksThrottleReasons'];
  ask('throttle-reasons', nvml.u64(reasons, device), (value) =>
    sheet.fact('throttle-reasons', throttleReasons(value), String(value)),
  );
}

function readNumbers(nvml: Nvml, device: DeviceHandle, sheet: Sheet, ask: Ask): void {
  for (const [fact, symbol, scale, ...selectors] of [
    ['power-draw', 'nvmlDeviceGetPowerUsage', 1e-3],
    ['power-limit', 'nvmlDeviceGetPowerManagementLimit', 1e-3],
    ['power-limit-enforced', 'nvmlDeviceGetEnforcedPowerLimit', 1e-3],
    ['power-limit-default', 'nvmlDeviceGetPowerManagementDefaultLimit', 1e-3],
    ['clock-graphics', 'nvmlDeviceGetClockInfo', 1e6, 0],
    ['clock-sm', 'nvmlDeviceGetClockInfo', 1e6, 1],
    ['clock-memory', 'nvmlDeviceGetClockInfo', 1e6, 2],
    ['clock-graphics-max', 'nvmlDeviceGetMaxClockInfo', 1e6, 0],
    ['clock-sm-max', 'nvmlDeviceGetMaxClockInfo', 1e6, 1],
    ['clock-memory-max', 'nvmlDeviceGetMaxClockInfo', 1e6, 2],
    ['temperature', 'nvmlDeviceGetTemperature', 1, 0],
    ['temperature-shutdown', 'nvmlDeviceGetTemperatureThreshold', 1, 0],
    ['temperature-slowdown', 'nvmlDeviceGetTemperatureThreshold', 1, 1],
    ['fan-speed', 'nvmlDeviceGetFanSpeed', 1],
    ['pci-generation', 'nvmlDeviceGetCurrPcieLinkGeneration', 1],
    ['pci-generation-max', 'nvmlDeviceGetMaxPcieLinkGeneration', 1],
    ['pci-width', 'nvmlDeviceGetCurrPcieLinkWidth', 1],
    ['pci-width-max', 'nvmlDeviceGetMaxPcieLinkWidth', 1],
    ['pci-replays', 'nvmlDeviceGetPcieReplayCounter', 1],
    ['cuda-cores', 'nvmlDeviceGetNumGpuCores', 1],
    ['memory-bus-width', 'nvmlDeviceGetMemoryBusWidth', 1],
  ] as const) {
    ask(fact, nvml.u32([symbol], device, ...selectors), (value) => {
      if (value === noValue) {
        sheet.problem('absent', `${fact} is not known: the driver has no value.`, fact);
        return;
      }
      // Milliwatts come exact to three digits: dividing keeps them so.
      sheet.fact(fact, scale < 1 ? value / 1000 : value * scale);
    });
  }
  ask('power-limit-min', nvml.several(['nvmlDeviceGetPowerManagementLimitConstraints'], device, 2), ([low, high]) => {
    sheet.fact('power-limit-min', low === undefined ? undefined : low / 1000);
    sheet.fact('power-limit-max', high === undefined ? undefined : high / 1000);
  });
  ask('energy-since-load', nvml.u64(['nvmlDeviceGetTotalEnergyConsumption'], device), (value) =>
    sheet.fact('energy-since-load', value / 1000),
  );
  ask(
    'utilization',
    nvml.fill(['nvmlDeviceGetUtilizationRates'], [handle(device)], 8, (buffer) => [
      buffer.readUInt32LE(0),
      buffer.readUInt32LE(4),
    ]),
    ([gpu, memory]) => {
      sheet.fact('utilization', gpu);
      sheet.fact('utilization-memory', memory);
    },
  );
}

function readReliability(nvml: Nvml, device: DeviceHandle, sheet: Sheet, ask: Ask): void {
  // Error type 0 corrected, 1 uncorrected; counter 1 for the life of the GPU.
  ask('ecc-corrected-lifetime', nvml.u64(['nvmlDeviceGetTotalEccErrors'], device, 0, 1), (value) =>
    sheet.fact('ecc-corrected-lifetime', value),
  );
  ask('ecc-uncorrected-lifetime', nvml.u64(['nvmlDeviceGetTotalEccErrors'], device, 1, 1), (value) =>
    sheet.fact('ecc-uncorrected-lifetime', value),
  );
  // Counter 0: since the driver was loaded.
  for (const [fact, kind] of [
    ['ecc-corrected-since-load', 0],
    ['ecc-uncorrected-since-load', 1],
  ] as const) {
    ask(fact, nvml.u64(['nvmlDeviceGetTotalEccErrors'], device, kind, 0), (value) => sheet.fact(fact, value));
  }
  ask('pages-retired-single-bit', nvml.retiredPages(device, 0), (value) =>
    sheet.fact('pages-retired-single-bit', value),
  );
  ask('pages-retired-double-bit', nvml.retiredPages(device, 1), (value) =>
    sheet.fact('pages-retired-double-bit', value),
  );
  ask('pages-retired-pending', nvml.u32(['nvmlDeviceGetRetiredPagesPendingStatus'], device), (value) =>
    sheet.fact('pages-retired-pending', value === 1),
  );
  ask(
    'rows-remapped-corrected',
    nvml.several(['nvmlDeviceGetRemappedRows'], device, 4),
    ([fixed, bad, pending, failed]) => {
      sheet.fact('rows-remapped-corrected', fixed);
      sheet.fact('rows-remapped-uncorrected', bad);
      sheet.fact('rows-remapped-pending', pending === 1);
      sheet.fact('rows-remapped-failed', failed === 1);
    },
  );
  // nvmlRowRemapperHistogramValues_t: banks with all, many, some, few and no spare rows left.
  ask(
    'row-banks',
    nvml.fill(['nvmlDeviceGetRowRemapperHistogram'], [handle(device)], 20, (buffer) =>
      [0, 4, 8, 12, 16].map((at) => buffer.readUInt32LE(at)),
    ),
    (banks) => {
      sheet.fact(
        'row-banks',
        banks.reduce((sum, count) => sum + count, 0),
      );
      sheet.fact('row-banks-exhausted', banks[4]);
    },
  );
}
