/**
 * Processor, memory, system, disks and network cards of this machine, through the package systeminformation; what it
 * leaves out of disks and network cards comes from the kernel's own files.
 */
import { machine } from 'node:os';
import type { Probe, ProbeAnswer, ProbeContext, Problem } from '../../contract.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { type Disk, isMakersAddress, listDisks, listNetworkCards, type NetworkCard } from './block.ts';

export const systeminformationProbe: Probe = {
  id: 'host-systeminformation',
  subject: 'host',
  what: 'processor, memory, operating system, disks and network cards',
  limitMs: 30_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  if (context.root !== '') {
    return { outcome: 'absent', sentence: 'A recorded machine answers no questions.', devices: [], problems: [] };
  }
  const { default: si } = await import('systeminformation');
  const problems: Problem[] = [];
  // Each part on its own: getStaticData() waits for the slowest and loses all with one.
  const part = async <T>(what: string, answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      problems.push({ code: 'absent', sentence: `The ${what} could not be read: ${String(error)}.` });
      return undefined;
    }
  };
  const [cpu, memory, system, kind, layout, disks, cards] = await Promise.all([
    part('processor', si.cpu()),
    part('memory', si.mem()),
    part('operating system', si.osInfo()),
    part('kind of machine', si.system()),
    part('disk layout', si.diskLayout()),
    part('disks', listDisks(context.root)),
    part('network cards', listNetworkCards(context.root)),
  ]);
  const sheet = openSheet('host', 'host', 'host');
  if (cpu) {
    sheet.fact('cpu-maker', said(cpu.manufacturer));
    sheet.fact('cpu-model', said(`${cpu.manufacturer} ${cpu.brand}`));
    sheet.fact('cpu-sockets', counted(cpu.processors));
    sheet.fact('cpu-cores', counted(cpu.physicalCores));
    sheet.fact('cpu-threads', counted(cpu.cores));
    sheet.fact('cpu-clock-max', cpu.speedMax > 0 ? Math.round(cpu.speedMax * 1e9) : undefined);
    sheet.fact('cpu-cache-l1d', counted(cpu.cache.l1d));
    sheet.fact('cpu-cache-l1i', counted(cpu.cache.l1i));
    sheet.fact('cpu-cache-l2', counted(cpu.cache.l2));
    sheet.fact('cpu-cache-l3', counted(cpu.cache.l3));
  }
  if (memory) sheet.fact('memory-total', counted(memory.total));
  if (system) {
    sheet.fact('os-name', said(system.distro));
    sheet.fact('os-version', said(system.release));
    sheet.fact('kernel', said(system.kernel));
    sheet.fact('architecture', machine());
  }
  if (kind) {
    sheet.fact('virtual', kind.virtual === true);
    sheet.fact('hypervisor', kind.virtual ? said(kind.virtualHost ?? '') : undefined);
  }
  for (const disk of disks ?? [])
    noteDisk(
      sheet,
      disk,
      layout?.find((entry) => entry.device === `/dev/${disk.name}`),
    );
  for (const card of cards ?? []) noteCard(sheet, card);
  return {
    outcome: 'present',
    devices: [sheet.read(cpu ? (said(`${cpu.manufacturer} ${cpu.brand}`) ?? 'this machine') : 'this machine')],
    problems,
  };
}

function said(text: string): string | undefined {
  const trimmed = text.trim();
  return isPlaceholder(trimmed) ? undefined : trimmed;
}

/** systeminformation writes 0, an empty text or null where it knows nothing. */
function counted(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

interface LayoutEntry {
  vendor: string;
  name: string;
  serialNum: string;
  interfaceType: string;
  type: string;
  size: number;
}

function noteDisk(sheet: Sheet, disk: Disk, entry: LayoutEntry | undefined): void {
  const serial = said(disk.serial ?? entry?.serialNum ?? '');
  const model = said(disk.model ?? entry?.name ?? '');
  sheet.part('disk', disk.name, 'size', disk.sizeBytes ?? counted(entry?.size));
  sheet.part('disk', disk.name, 'model', model);
  sheet.part('disk', disk.name, 'maker', said(disk.maker ?? entry?.vendor ?? ''));
  sheet.part('disk', disk.name, 'type', said(entry?.type ?? disk.type ?? ''));
  sheet.part('disk', disk.name, 'interface', said(entry?.interfaceType ?? ''));
  if (serial === undefined) {
    sheet.problem('absent', `The disk ${disk.name} shows no serial number to this user.`, `disk.${disk.name}.serial`);
    return;
  }
  sheet.part('disk', disk.name, 'serial', serial);
  sheet.identify('disk-serial', `${(model ?? '').toLowerCase()}:${serial}`);
}

function noteCard(sheet: Sheet, card: NetworkCard): void {
  sheet.part('nic', card.name, 'speed', card.speedBitPerS);
  sheet.part('nic', card.name, 'driver', card.driver);
  sheet.part('nic', card.name, 'state', card.state);
  if (card.permanent && isMakersAddress(card.address)) {
    sheet.part('nic', card.name, 'address', card.address);
    sheet.identify('network-address', card.address);
    return;
  }
  const why = card.permanent ? 'was made up by software' : 'can be changed';
  sheet.problem(
    'placeholder',
    `The address ${card.address} of ${card.name} ${why}: it identifies nothing.`,
    `nic.${card.name}.address`,
    card.address,
  );
}
