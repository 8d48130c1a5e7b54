/** One period of `intel_gpu_top -J`: what an Intel GPU is doing. It names no device, so the reading has no identity. */
import type { ProbeAnswer } from '../../contract.ts';
import { openSheet } from '../../sheet.ts';

export function isGpuTop(text: string): boolean {
  const head = text.slice(0, 2048);
  return /"rc6"\s*:/.test(head) && /"frequency"\s*:/.test(head) && /"interrupts"\s*:/.test(head);
}

/** Throws `SyntaxError` on text that is no JSON; a period that was cut off (the tool was ended) is mended. */
export function readGpuTop(text: string): ProbeAnswer {
  const parsed: unknown = JSON.parse(
    text
      .trim()
      .replace(/^\[/, '')
      .replace(/[,\]]\s*$/, ''),
  );
  const sheet = openSheet('gpu', 'intel-gpu-top', 'host');
  sheet.fact('maker', 'Intel Corporation');
  const at = (path: string): number | undefined => {
    let node: unknown = parsed;
    for (const name of path.split('.'))
      node = typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
    return typeof node === 'number' && Number.isFinite(node) ? node : undefined;
  };
  const actual = at('frequency.actual');
  sheet.fact('clock-graphics', actual === undefined ? undefined : Math.round(actual * 1e6));
  sheet.fact('power-draw', at('power.GPU'));
  const engines = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'engines') : undefined;
  const busy = Object.values(typeof engines === 'object' && engines !== null ? engines : {})
    .map((engine: unknown) => (typeof engine === 'object' && engine !== null ? Reflect.get(engine, 'busy') : undefined))
    .filter((value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 100);
  // The busiest engine: a GPU that decodes all day is in use.
  if (busy.length > 0) sheet.fact('utilization', Math.max(...busy));
  sheet.problem('absent', 'intel_gpu_top says what a GPU does, and not which one it is.', 'pci-address');
  return { outcome: 'present', devices: [sheet.read('Intel GPU')], problems: [] };
}
