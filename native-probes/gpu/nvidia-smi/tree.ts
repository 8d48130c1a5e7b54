/**
 * nvidia-smi's output as a tree of names and texts, whichever way it was parsed: the package node-nvidia-smi hands one
 * over, `parseSmiXml` makes one from recorded XML. Nothing here trusts the shape: every step may be missing.
 */
import { XMLParser } from 'fast-xml-parser';
import { isGarbled } from '../../printable.ts';

export type Tree = { readonly [name: string]: unknown };

/** XML of a machine with 16 GPUs and all their clocks is some 400 KiB. */
const maxBytes = 4 * 1_048_576;

/** Text that is no nvidia-smi log, with the sentence that says why. */
export class NotSmi extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotSmi';
  }
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses the output of `nvidia-smi -q -x`; throws `NotSmi` on anything else, and never resolves an entity. */
export function parseSmiXml(text: string): Tree {
  if (text.length > maxBytes) throw new NotSmi(`the text is longer than ${maxBytes} characters`);
  if (isGarbled(text)) throw new NotSmi('the text is not UTF-8');
  const body = text.replace(/<!DOCTYPE\s+nvidia_smi_log\s+SYSTEM\s+"[\w.-]{1,64}"\s*>/, '');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(body)) throw new NotSmi('it declares entities, which nvidia-smi never does');
  if (depthOf(body) > 64) throw new NotSmi('it is nested deeper than nvidia-smi ever is');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    attributesGroupName: '$',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    trimValues: true,
  });
  let parsed: unknown;
  try {
    parsed = parser.parse(body, true);
  } catch (error) {
    throw new NotSmi(`it is no well-formed XML (${error instanceof Error ? error.message : String(error)})`);
  }
  return smiLog(parsed);
}

/** The log inside a parsed document. */
export function smiLog(parsed: unknown): Tree {
  const log = isTree(parsed) ? parsed.nvidia_smi_log : undefined;
  if (!isTree(log)) throw new NotSmi('it holds no nvidia_smi_log');
  return log;
}

/** The text at a path of names (`pci.pci_bus_id`), trimmed; nothing when there is none. */
export function textAt(tree: Tree, path: string): string | undefined {
  let node: unknown = tree;
  for (const name of path.split('.')) {
    if (!isTree(node) || !Object.hasOwn(node, name)) return undefined;
    node = node[name];
  }
  if (typeof node === 'string') return node.trim();
  // An element with attributes keeps its text under `_` (xml2js) or `#text` (fast-xml-parser).
  if (isTree(node)) {
    const text = node._ ?? node['#text'];
    return typeof text === 'string' ? text.trim() : undefined;
  }
  return undefined;
}

/** The elements under a name: none, one, or several. */
export function treesAt(tree: Tree, path: string): Tree[] {
  let node: unknown = tree;
  for (const name of path.split('.')) {
    if (!isTree(node) || !Object.hasOwn(node, name)) return [];
    node = node[name];
  }
  return (Array.isArray(node) ? node : [node]).filter(isTree);
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<\/?[a-zA-Z][^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
