/** `lspci -nn` and `lspci -nnvmm` as text: recordings of a bus. Without `-nn` there are no ids, and nothing to know. */
import type { ProbeAnswer } from '../../contract.ts';
import { normalisePciAddress } from '../../pci-address.ts';
import { describePci, type PciFacts } from './facts.ts';

interface Named {
  facts: PciFacts;
  vendor?: string;
  device?: string;
}

const short = /^([0-9a-f:.]+) [^[\]]+ \[([0-9a-f]{4})\]: (.*) \[([0-9a-f]{4}:[0-9a-f]{4})\](?: \(.*\))?$/i;

/** Whether the text begins like the output of lspci with ids. */
export function isLspci(text: string): boolean {
  const head = text.slice(0, 65_536).split('\n', 64);
  return (
    head.some((line) => short.test(line.trim())) || (/^Slot:\t/m.test(text) && /^Class:\t.*\[[0-9a-f]{4}\]/m.test(text))
  );
}

export function readLspci(text: string): ProbeAnswer {
  const named = /^Slot:\t/m.test(text) ? readBlocks(text) : readLines(text);
  const answer: ProbeAnswer = { outcome: 'present', devices: [], problems: [] };
  for (const { facts, vendor, device } of named) {
    const described = describePci(facts, () => ({ ...(vendor && { vendor }), ...(device && { device }) }));
    if (described && 'device' in described) answer.devices.push(described.device);
    if (described && 'problem' in described) answer.problems.push(described.problem);
  }
  if (answer.devices.length > 0) return answer;
  const sentence = `None of the ${named.length} functions in the recording is a GPU or another accelerator.`;
  return { ...answer, outcome: 'absent', sentence };
}

function readLines(text: string): Named[] {
  const found: Named[] = [];
  for (const line of text.split('\n')) {
    const match = line.length > 512 ? null : short.exec(line.trim());
    const address = normalisePciAddress(match?.[1] ?? '');
    if (!match || !address) continue;
    const facts = { address, classCode: `${match[2]?.toLowerCase()}00`, id: match[4]?.toLowerCase() ?? '' };
    // `NVIDIA Corporation GA102GL [A10]`: maker and model are not told apart, so the whole is the model.
    found.push({ facts, device: match[3] ?? '' });
  }
  return found;
}

function readBlocks(text: string): Named[] {
  const found: Named[] = [];
  for (const block of text.split(/\n\s*\n/)) {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const match = /^(\w+):\t(.*)$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) fields.set(match[1], match[2].trim());
    }
    const [kind, vendor, device] = [code(fields.get('Class')), code(fields.get('Vendor')), code(fields.get('Device'))];
    const address = normalisePciAddress(fields.get('Slot') ?? '');
    if (!address || !kind || !vendor || !device) continue;
    const facts: PciFacts = {
      address,
      classCode: `${kind.id}${(fields.get('ProgIf') ?? '00').padStart(2, '0')}`,
      id: `${vendor.id}:${device.id}`,
    };
    const [subVendor, subDevice] = [code(fields.get('SVendor')), code(fields.get('SDevice'))];
    if (subVendor && subDevice) facts.subsystem = `${subVendor.id}:${subDevice.id}`;
    const driver = fields.get('Driver');
    if (driver) facts.driver = driver;
    const numa = Number(fields.get('NUMANode') ?? -1);
    if (Number.isInteger(numa) && numa >= 0) facts.numaNode = numa;
    found.push({ facts, vendor: vendor.name, device: device.name });
  }
  return found;
}

function code(text: string | undefined): { id: string; name: string } | undefined {
  const match = /^(.*?)\s*\[([0-9a-f]{4})\]$/i.exec(text ?? '');
  return match?.[2] === undefined ? undefined : { id: match[2].toLowerCase(), name: match[1] ?? '' };
}
