/** /proc/cpuinfo and /proc/meminfo as text. A processor the kernel does not list is not counted from what others say. */
import type { ProbeAnswer } from '../../contract.ts';
import { openSheet } from '../../sheet.ts';

/** Those a benchmark or a buyer asks for, in the kernel's spelling. */
const features = [
  'aes',
  'sha_ni',
  'avx2',
  'avx512f',
  'avx512_vnni',
  'avx512_bf16',
  'avx512_fp16',
  'amx_tile',
  'amx_int8',
  'amx_bf16',
  'asimd',
  'sve',
  'sve2',
  'i8mm',
  'bf16',
];

interface Processor {
  readonly fields: ReadonlyMap<string, string>;
}

/** The host as the kernel's list of processors has it; `meminfo` where it is known too. */
export function readCpuinfo(cpuinfo: string, meminfo: string | undefined): ProbeAnswer {
  const processors = listProcessors(cpuinfo);
  const first = processors[0]?.fields;
  if (!first) return { outcome: 'failed', sentence: '/proc/cpuinfo lists no processor.', devices: [], problems: [] };
  const sheet = openSheet('host', 'host', 'host');
  const model = first.get('model name');
  sheet.fact('cpu-maker', makers[first.get('vendor_id') ?? ''] ?? first.get('vendor_id'));
  sheet.fact('cpu-model', model);
  if (model === undefined) {
    sheet.problem('absent', 'The kernel does not name the model of this processor.', 'cpu-model');
  }
  sheet.fact('cpu-threads', processors.length);
  // Cores per package stand with each thread of it; packages are told apart by their number.
  const packages = new Map<string, { cores: number; siblings: number; threads: number }>();
  for (const { fields } of processors) {
    const id = fields.get('physical id');
    const [cores, siblings] = [Number(fields.get('cpu cores')), Number(fields.get('siblings'))];
    if (id === undefined || !Number.isInteger(cores) || cores < 1) continue;
    packages.set(id, { cores, siblings, threads: (packages.get(id)?.threads ?? 0) + 1 });
  }
  const missing = [...packages].find(([, { siblings, threads }]) => siblings > threads);
  if (missing) {
    const [id, { siblings, threads }] = missing;
    const sentence = `Processor ${id} has ${siblings} threads and ${threads} of them are listed: the others are switched off, or the list was cut.`;
    sheet.problem('mismatch', sentence, 'cpu-threads');
  }
  if (packages.size > 0) {
    sheet.fact('cpu-sockets', packages.size);
    sheet.fact(
      'cpu-cores',
      [...packages.values()].reduce((sum, entry) => sum + entry.cores, 0),
    );
  }
  const flags = new Set((first.get('flags') ?? first.get('Features') ?? '').split(' '));
  sheet.fact('cpu-features', features.filter((name) => flags.has(name)).join(' ') || undefined);
  if (flags.has('hypervisor')) sheet.fact('virtual', true);
  const total = /^MemTotal:\s+(\d{1,15}) kB$/m.exec(meminfo ?? '')?.[1];
  // What /proc calls kB is 1024 bytes.
  if (total !== undefined) sheet.fact('memory-total', Number(total) * 1024, `${total} kB`);
  return { outcome: 'present', devices: [sheet.read(model ?? 'this machine')], problems: [] };
}

const makers: Record<string, string> = { GenuineIntel: 'Intel', AuthenticAMD: 'AMD', HygonGenuine: 'Hygon' };

function listProcessors(text: string): Processor[] {
  const found: Processor[] = [];
  for (const block of text.split(/\n\s*\n/, 16_384)) {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    }
    if (/^\d+$/.test(fields.get('processor') ?? '')) found.push({ fields });
  }
  return found;
}
