/** Under which conditions a figure of the host was taken, and what else was going on meanwhile. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release } from 'node:os';

export type Conditions = Record<string, string | number | boolean>;

/** Shares of the processors' time, 0 … 1, that went to others meanwhile. */
export interface Meanwhile {
  otherLoad?: number;
  stolen?: number;
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** What does not change while the program runs; what the machine does not say is left out. */
export function hostConditions(): Conditions {
  const governor = text('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
  return {
    cpuModel: cpus()[0]?.model.trim() || 'not reported',
    cores: availableParallelism(),
    kernel: release(),
    virtualization: virtualization(),
    ...(governor === undefined ? {} : { governor }),
    loadAverageBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    engine: `WebAssembly SIMD, V8 ${process.versions.v8}`,
  };
}

function virtualization(): string {
  const vm = /^flags\s*:.*\bhypervisor\b/m.test(text('/proc/cpuinfo') ?? '') || existsSync('/sys/hypervisor/type');
  const container = existsSync('/.dockerenv') || existsSync('/run/.containerenv');
  if (vm) return container ? 'container in a virtual machine' : 'virtual machine';
  return container ? 'container' : 'none seen';
}

interface Times {
  total: number;
  busy: number;
  stolen: number;
}

/** Columns of the first line of /proc/stat: user nice system idle iowait irq softirq steal. */
function processorTimes(): Times | undefined {
  const line = /^cpu +(.*)$/m.exec(text('/proc/stat') ?? '')?.[1];
  if (line === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, stolen = 0] = line
    .split(' ')
    .map(Number);
  const busy = user + nice + system + irq + soft;
  return { total: busy + idle + wait + stolen, busy, stolen };
}

/** Begins to watch; the function it gives back says what share of the processors others used since, and what was stolen. */
export function watchOthers(): () => Meanwhile {
  const before = processorTimes();
  const own = process.cpuUsage();
  const ticksPerMicrosecond = 100 / 1e6;
  return () => {
    const after = processorTimes();
    if (before === undefined || after === undefined || after.total - before.total < 10) return {};
    const used = process.cpuUsage(own);
    const total = after.total - before.total;
    const others = after.busy - before.busy - (used.user + used.system) * ticksPerMicrosecond;
    return {
      otherLoad: share(others, total),
      stolen: share(after.stolen - before.stolen, total),
    };
  };
}

function share(part: number, whole: number): number {
  return Math.round(Math.min(1, Math.max(0, part / whole)) * 1000) / 1000;
}

/** A warning for a figure that was taken while others were at work. */
export function disturbance({ otherLoad = 0, stolen = 0 }: Meanwhile): string | undefined {
  const others = otherLoad + stolen;
  if (others < 0.1) return undefined;
  return `Other work took ${Math.round(others * 100)} % of the processors meanwhile; the figure may be too low.`;
}

/** Bytes of all last-level caches together; undefined where the kernel does not say. */
export function lastLevelCacheBytes(): number | undefined {
  const seen = new Map<string, number>();
  let level = 0;
  for (let cpu = 0; cpu < cpus().length; cpu++) {
    const folder = `/sys/devices/system/cpu/cpu${cpu}/cache`;
    for (let index = 0; index < 8; index++) {
      const found = Number(text(`${folder}/index${index}/level`));
      const size = /^(\d+)K$/.exec(text(`${folder}/index${index}/size`) ?? '')?.[1];
      const shared = text(`${folder}/index${index}/shared_cpu_list`);
      if (!(found >= 2) || size === undefined || shared === undefined || found < level) continue;
      if (found > level) seen.clear();
      level = found;
      seen.set(shared, Number(size) * 1024);
    }
  }
  return seen.size === 0 ? undefined : [...seen.values()].reduce((sum, bytes) => sum + bytes, 0);
}
