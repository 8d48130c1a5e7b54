/** The small texts in which amdgpu and the kernel's compute driver (KFD) say what they know. Pure. */
import { pciAddress } from '../../pci-address.ts';

/** Hertz of the level that is marked in `0: 852Mhz *`; nothing where none is. */
export function currentClock(levels: string): number | undefined {
  const marked = /^\s*\S{1,4}: (\d{1,6})Mhz \*/m.exec(levels)?.[1];
  return marked === undefined ? undefined : Number(marked) * 1e6;
}

export function highestClock(levels: string): number | undefined {
  const all = [...levels.slice(0, 8192).matchAll(/: (\d{1,6})Mhz/g)].map((match) => Number(match[1]));
  return all.length === 0 ? undefined : Math.max(...all) * 1e6;
}

/** One compute node of the kernel. */
export interface Compute {
  address: string;
  /** Compute units. */
  units?: number;
  /** `gfx942`. */
  target?: string;
}

/** `key value` lines of a node's properties; nothing for a processor's node. */
export function readCompute(text: string): Compute | undefined {
  const values = new Map<string, number>();
  for (const line of text.split('\n', 256)) {
    const match = /^(\w{1,40}) (\d{1,20})$/.exec(line.trim());
    if (match?.[1] !== undefined) values.set(match[1], Number(match[2]));
  }
  const [location, simds] = [values.get('location_id'), values.get('simd_count')];
  if (location === undefined || !simds) return undefined;
  // Bus, device and function as the PCI bus packs them; virtual functions count on beyond.
  const address = pciAddress(values.get('domain') ?? 0, (location >>> 8) & 0xff, (location >>> 3) & 0x1f, location & 7);
  if (address === undefined) return undefined;
  const perUnit = values.get('simd_per_cu');
  const version = values.get('gfx_target_version');
  return {
    address,
    ...(perUnit ? { units: Math.floor(simds / perUnit) } : {}),
    ...(version ? { target: targetName(version) } : {}),
  };
}

/** 90402 is gfx942, 100301 gfx1031: two decimals each for minor and stepping, written in hexadecimal. */
function targetName(version: number): string {
  const [major, minor, stepping] = [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100];
  return `gfx${major}${minor.toString(16)}${stepping.toString(16)}`;
}
