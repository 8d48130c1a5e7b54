/** NVLink, the fabric behind it, the way to the other GPUs of the machine, and where in its chassis a GPU sits. */
import { pciAddress } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import type { Sheet } from '../../sheet.ts';
import { nvmlCodes, nvmlMeaning } from './codes.ts';
import { type Answer, type DeviceHandle, handle, type Nvml, u32 } from './nvml.ts';
import { fabricStates, linkEnds, topologyPaths } from './words.ts';

/** Another GPU of the same machine. */
export interface Peer {
  device: DeviceHandle;
  address: string;
}

/** Numbers of nvml.h, `NVML_FI_DEV_…`. */
const fields = { linkCount: 91, linkSpeed: 90, replays: 161, recoveries: 162, checksums: 163 } as const;

/** The most links any GPU has had (NVLink 4 and 5: 18); asking a link beyond the last one ends the list. */
const mostLinks = 36;

export function readLinks(nvml: Nvml, device: DeviceHandle, sheet: Sheet, peers: readonly Peer[]): void {
  const direct = readNvlink(nvml, device, sheet);
  readFabric(nvml, device, sheet);
  readPlatform(nvml, device, sheet);
  for (const peer of peers) {
    // A GPU is its slot's first function; a name takes no dot.
    const slot = peer.address.replace(/\.0$/, '');
    const nvlinks = direct.get(peer.address);
    if (nvlinks !== undefined) sheet.part('peer', slot, 'nvlinks', nvlinks);
    const level = nvml.fill(
      ['nvmlDeviceGetTopologyCommonAncestor'],
      [handle(device), handle(peer.device)],
      4,
      (buffer) => buffer.readUInt32LE(0),
    );
    if (level.ok) sheet.part('peer', slot, 'path', topologyPaths[level.value] ?? `level ${level.value}`);
  }
}

/** Links by the address of the GPU they lead to; those to a switch lead to none. */
function readNvlink(nvml: Nvml, device: DeviceHandle, sheet: Sheet): Map<string, number> {
  const direct = new Map<string, number>();
  const general = nvml.fields(device, [{ field: fields.linkCount }, { field: fields.linkSpeed }]);
  const [count, speed] = general.ok ? general.value : [];
  const links = count?.ok === true ? Math.min(count.value, mostLinks) : mostLinks;
  let [seen, active, errors] = [0, 0, 0];
  let counted = false;
  const ends = new Set<string>();
  for (let link = 0; link < links; link += 1) {
    const state = nvml.u32(['nvmlDeviceGetNvLinkState'], device, link);
    if (!state.ok) break;
    seen += 1;
    if (state.value !== 1) continue;
    active += 1;
    const end = nvml.u32(['nvmlDeviceGetNvLinkRemoteDeviceType'], device, link);
    if (end.ok && linkEnds[end.value] !== undefined) ends.add(linkEnds[end.value] ?? '');
    const address = remoteAddress(nvml, device, link);
    if (address.ok && end.ok && end.value === 0) direct.set(address.value, (direct.get(address.value) ?? 0) + 1);
    if (link === 0) {
      const version = nvml.u32(['nvmlDeviceGetNvLinkVersion'], device, link);
      if (version.ok) sheet.fact('nvlink-version', linkVersions[version.value] ?? `version ${version.value}`);
    }
    const wrong = linkErrors(nvml, device, link);
    counted ||= wrong !== undefined;
    errors += wrong ?? 0;
  }
  if (seen === 0 && !(count?.ok === true && count.value > 0)) return direct;
  sheet.fact('nvlink-links', count?.ok === true ? count.value : seen);
  sheet.fact('nvlink-active', active);
  if (counted) sheet.fact('nvlink-errors', errors);
  if (ends.size > 0) sheet.fact('nvlink-to', [...ends].sort().join(', '));
  // 1e6 bytes a second, of one link in one direction.
  if (speed?.ok === true && speed.value > 0) sheet.fact('nvlink-speed', speed.value * 1e6, `${speed.value} MB/s`);
  if (active < seen) {
    const sentence = `${seen - active} of ${seen} NVLink links are down: check the fabric manager, and the board's seat.`;
    sheet.problem('absent', sentence, 'nvlink-active');
  }
  return direct;
}

/** nvmlNvlinkVersion_t counts versions: 5 is NVLink 3.1, 7 is NVLink 5. */
const linkVersions: Record<number, string> = { 1: '1.0', 2: '2.0', 3: '2.2', 4: '3.0', 5: '3.1', 6: '4.0', 7: '5.0' };

function remoteAddress(nvml: Nvml, device: DeviceHandle, link: number): Answer<string> {
  const symbols = ['nvmlDeviceGetNvLinkRemotePciInfo_v2', 'nvmlDeviceGetNvLinkRemotePciInfo'];
  const answer = nvml.fill(symbols, [handle(device), u32(link)], 68, (buffer) =>
    pciAddress(buffer.readUInt32LE(16), buffer.readUInt32LE(20), buffer.readUInt32LE(24)),
  );
  if (!answer.ok) return answer;
  return answer.value === undefined
    ? { ok: false, code: nvmlCodes.functionNotFound }
    : { ok: true, value: answer.value };
}

/** Counters 0 to 2: replays, recoveries, checksum errors of flow control. From Hopper on they are fields of a link. */
function linkErrors(nvml: Nvml, device: DeviceHandle, link: number): number | undefined {
  const older = [0, 1, 2].map((counter) => nvml.u64(['nvmlDeviceGetNvLinkErrorCounter'], device, link, counter));
  const newer = nvml.fields(
    device,
    [fields.replays, fields.recoveries, fields.checksums].map((field) => ({ field, scope: link })),
  );
  const answers = older.some(({ ok }) => ok) ? older : newer.ok ? newer.value : [];
  const values = answers.filter((answer) => answer.ok).map((answer) => answer.value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

function readFabric(nvml: Nvml, device: DeviceHandle, sheet: Sheet): void {
  // nvmlGpuFabricInfo_v2_t: version, cluster UUID, status, clique, state (one byte), health mask.
  const answer = nvml.fill(
    ['nvmlDeviceGetGpuFabricInfoV'],
    [handle(device)],
    36,
    (buffer) => ({
      cluster: buffer.toString('hex', 4, 20),
      status: buffer.readUInt32LE(20),
      clique: buffer.readUInt32LE(24),
      state: buffer.readUInt8(28),
      health: buffer.readUInt32LE(32),
    }),
    (buffer) => buffer.writeUInt32LE(36 | (2 << 24), 0),
  );
  if (!answer.ok || answer.value.state === 0) return;
  const { cluster, status, clique, state, health } = answer.value;
  sheet.fact('fabric-state', fabricStates[state] ?? `state ${state}`);
  if (state !== 3) return;
  sheet.fact('fabric-status', status === 0 ? 'success' : nvmlMeaning(status).sentence);
  sheet.fact('fabric-clique', clique);
  if (!isPlaceholder(cluster)) {
    sheet.fact('fabric-cluster', cluster.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  }
  // The two lowest bits: 1 degraded, 2 not degraded.
  if ((health & 3) === 1 || (health & 3) === 2) sheet.fact('fabric-degraded', (health & 3) === 1);
}

function readPlatform(nvml: Nvml, device: DeviceHandle, sheet: Sheet): void {
  // nvmlPlatformInfo_v2_t: version, InfiniBand GUID, chassis serial, slot, tray, host, peer type, module.
  const answer = nvml.fill(
    ['nvmlDeviceGetPlatformInfo'],
    [handle(device)],
    44,
    (buffer) => ({
      serial: buffer.toString('latin1', 20, 36).replace(/\0.*$/s, '').trim(),
      slot: buffer.readUInt8(36),
      tray: buffer.readUInt8(37),
      module: buffer.readUInt8(40),
    }),
    (buffer) => buffer.writeUInt32LE(44 | (2 << 24), 0),
  );
  if (!answer.ok) return;
  const { serial, slot, tray, module } = answer.value;
  // What no chassis filled in is all 0 or all F.
  if (isPlaceholder(serial)) return;
  sheet.fact('chassis-serial', serial);
  if (slot !== 0xff) sheet.fact('chassis-slot', slot);
  if (tray !== 0xff) sheet.fact('chassis-tray', tray);
  if (module !== 0xff) sheet.fact('module', module);
}
