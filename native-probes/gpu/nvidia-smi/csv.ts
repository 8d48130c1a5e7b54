/** `nvidia-smi --query-gpu=… --format=csv`: only what the log does not say, joined by PCI address. */
import { normalisePciAddress } from '../../pci-address.ts';
import { absenceOf } from './words.ts';

/** Compute capability per PCI address, from a header line and one line per GPU. */
export function readComputeCapabilities(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = text.split('\n').filter((line) => line.includes(', '));
  const header = lines.find(
    (line) => line.includes('pci.bus_id') && line.includes('compute_cap') && !line.startsWith('#'),
  );
  if (header === undefined) return found;
  const names = header.split(', ').map((name) => name.trim());
  const [bus, capability] = [names.indexOf('pci.bus_id'), names.indexOf('compute_cap')];
  for (const line of lines.slice(lines.indexOf(header) + 1)) {
    const cells = line.split(', ').map((cell) => cell.trim());
    const address = cells.length === names.length ? normalisePciAddress(cells[bus] ?? '') : undefined;
    const value = cells[capability] ?? '';
    if (address !== undefined && !absenceOf(value) && /^\d+\.\d+$/.test(value)) found.set(address, value);
  }
  return found;
}
