/** The instances a GPU is split into (MIG), and the numbers that newer drivers give as fields. */
import type { Sheet } from '../../sheet.ts';
import { type Answer, type DeviceHandle, handle, type Nvml, u32 } from './nvml.ts';
import { recoveryActions } from './words.ts';

/** Numbers of nvml.h, `NVML_FI_DEV_…`. */
const fields = { memoryTemperature: 82, powerAverage: 185, recoveryAction: 230 } as const;

/** What the driver gives by number. A driver without these has said all it knows elsewhere: nothing is missed. */
export function readFields(nvml: Nvml, device: DeviceHandle, sheet: Sheet): void {
  const answer = nvml.fields(
    device,
    [fields.memoryTemperature, fields.powerAverage, fields.recoveryAction].map((field) => ({ field })),
  );
  if (!answer.ok) return;
  const [temperature, power, recovery] = answer.value;
  const said = (value: Answer<number> | undefined) => (value?.ok === true ? value.value : undefined);
  // 0 stands for a memory that has no sensor.
  if (said(temperature)) sheet.fact('temperature-memory', said(temperature));
  const average = said(power);
  if (average !== undefined) sheet.fact('power-draw-average', average / 1000, `${average} mW`);
  const action = said(recovery);
  if (action !== undefined) sheet.fact('recovery-action', recoveryActions[action] ?? `action ${action}`);
}

/**
 * Counts the instances and says what each is. Their UUIDs change with every remake, so they are left out: an instance
 * is a state of the GPU.
 */
export function readInstances(nvml: Nvml, device: DeviceHandle, sheet: Sheet): void {
  const most = nvml.u32(['nvmlDeviceGetMaxMigDeviceCount'], device);
  if (!most.ok) return;
  let made = 0;
  for (let index = 0; index < Math.min(most.value, 64); index += 1) {
    const selector = [handle(device), u32(index)];
    const instance = nvml.fill(['nvmlDeviceGetMigDeviceHandleByIndex'], selector, 8, (buffer) =>
      buffer.readBigUInt64LE(0),
    );
    if (!instance.ok) continue;
    made += 1;
    const name = nvml.text(['nvmlDeviceGetName'], instance.value);
    const profile = name.ok ? / MIG (\S+)$/.exec(name.value)?.[1] : undefined;
    sheet.part('mig', String(index), 'profile', profile);
    // nvmlDeviceAttributes_t: multiprocessors, seven other counts, memory in MiB.
    const parts = nvml.fill(
      ['nvmlDeviceGetAttributes_v2', 'nvmlDeviceGetAttributes'],
      [handle(instance.value)],
      40,
      (buffer) => ({ multiprocessors: buffer.readUInt32LE(0), memory: Number(buffer.readBigUInt64LE(32)) * 1_048_576 }),
    );
    if (!parts.ok) continue;
    sheet.part('mig', String(index), 'memory', parts.value.memory);
    sheet.part('mig', String(index), 'multiprocessors', parts.value.multiprocessors);
  }
  sheet.fact('mig-instances', made);
}
