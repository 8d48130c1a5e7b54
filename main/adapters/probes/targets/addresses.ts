/** Addresses of a range, as an owner writes one: `10.0.3.0/28`, `10.0.3.10-10.0.3.20`, `10.0.3.10-20`. */
import { isIP } from 'node:net';

/** More in one range is a scan, not a list of devices. */
export const maxRange = 4096;

/** The host itself, or every address of the range; or the sentence that says what is wrong with it. */
export function hostsOf(written: string): string[] | { wrong: string } {
  const text = written.trim();
  if (/^\d+\.\d+\.\d+\.\d+\//.test(text)) return network(text);
  const range = /^(\d+\.\d+\.\d+\.)(\d+)-(?:(\d+\.\d+\.\d+\.\d+)|(\d+))$/.exec(text);
  if (range) return between(`${range[1]}${range[2]}`, range[3] ?? `${range[1]}${range[4]}`, text);
  if (isIP(text) !== 0) return [text];
  if (/^[\d./-]+$/.test(text)) return { wrong: `${text} is no address` };
  if (/^[\da-f:]+(?:%\w+)?\/\d+$/i.test(text)) {
    return { wrong: `${text} is a range of IPv6 addresses, which is too large to be gone through: name each address` };
  }
  if (!/^(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?$/.test(text))
    return { wrong: `"${text}" is no host name and no address` };
  return [text];
}

function network(text: string): string[] | { wrong: string } {
  const [address = '', prefix = ''] = text.split('/');
  const bits = Number(prefix);
  const first = numberOf(address);
  if (first === undefined || !/^\d{1,2}$/.test(prefix) || bits > 32)
    return { wrong: `${text} is no range of addresses` };
  const size = 2 ** (32 - bits);
  const base = Math.floor(first / size) * size;
  if (base !== first) return { wrong: `${text} does not start a network of that size; ${textOf(base)}/${bits} does` };
  // The first and the last address of a network are the network's own (RFC 919, RFC 3021).
  const own = bits <= 30 ? 1 : 0;
  return list(base + own, base + size - 1 - own, text);
}

function between(from: string, to: string, text: string): string[] | { wrong: string } {
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === undefined || last === undefined) return { wrong: `${text} is no range of addresses` };
  if (last < first) return { wrong: `${text} ends before it starts` };
  return list(first, last, text);
}

function list(first: number, last: number, text: string): string[] | { wrong: string } {
  const count = last - first + 1;
  if (count > maxRange) return { wrong: `${text} is ${count} addresses; at most ${maxRange} go in one range` };
  return Array.from({ length: count }, (_, at) => textOf(first + at));
}

function numberOf(address: string): number | undefined {
  if (isIP(address) !== 4) return undefined;
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
