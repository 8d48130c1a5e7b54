/**
 * What a device says of itself against what is published of its model. A model or a driver that is not listed is
 * unverified; only a figure that a listed one cannot have is a contradiction.
 */
import type { WitnessCheck } from '#domain/asset.ts';
import { formatFigure } from '#domain/number-format.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import type { ListedAccelerator, Reference } from '#ports/reference.ts';
import { modelWords } from './agreement.ts';
import { type Draft, numberOf, textOf } from './draft.ts';

type Weights = WitnessRules['weights'];

export function checkModel(draft: Draft, { rules, accelerators }: Reference): WitnessCheck[] {
  const id = textOf(draft.facts, 'pci-device-id')?.toLowerCase();
  const listed = id === undefined ? [] : accelerators.filter(({ pciDeviceIds }) => pciDeviceIds.includes(id));
  const checks: (WitnessCheck | undefined)[] = [nameOfId(draft, id, listed, accelerators, rules.weights)];
  // A part of a device has a part of its memory and units.
  if (draft.partition === undefined) {
    checks.push(memoryOfModel(draft, id, listed, rules), unitsOfModel(draft, listed, rules.weights));
  }
  checks.push(
    capabilityOfModel(draft, listed, rules.weights),
    capabilityOfArchitecture(draft, rules),
    boardMaker(draft, rules),
    ...rules.ownBoards.map((rule) => ownBoard(draft, id, rule)),
  );
  return checks.filter((check) => check !== undefined);
}

function check(
  rule: string,
  weight: WitnessCheck['weight'],
  verdict: WitnessCheck['verdict'],
  sentence: string,
): WitnessCheck {
  return { rule, weight, verdict, sentence: sentence.slice(0, 2000) };
}

const rowName = ({ vendor, model }: ListedAccelerator) => `${vendor} ${model}`;

/** The name a driver gives against the id that the chip carries: where a card was made to look like another. */
function nameOfId(
  { facts }: Draft,
  id: string | undefined,
  listed: readonly ListedAccelerator[],
  all: readonly ListedAccelerator[],
  weights: Weights,
): WitnessCheck | undefined {
  const model = textOf(facts, 'model');
  if (model === undefined || id === undefined) return undefined;
  const said = (verdict: WitnessCheck['verdict'], sentence: string) =>
    check('model-of-pci-id', weights.modelOfPciId, verdict, sentence);
  const named = all.filter(({ names }) => names.some((name) => name.toLowerCase() === model.toLowerCase()));
  const busName = textOf(facts, 'pci-device-name');
  if (listed.length > 0) {
    const known = listed.map(rowName).join(' or ');
    if (listed.some((row) => named.includes(row))) return said('agrees', `${model} is what PCI id ${id} stands for.`);
    if (named.length > 0)
      return said('contradicts', `It calls itself ${model}, and its PCI id ${id} is that of ${known}.`);
    return sharesWord(
      model,
      listed.flatMap(({ names, model: marketed }) => [...names, marketed]),
    )
      ? said('agrees', `${model} is a name of ${known}, the model of PCI id ${id}.`)
      : said('unverified', `PCI id ${id} is listed as ${known}; whether ${model} is another name of it is not known.`);
  }
  if (busName === undefined) return said('unverified', `PCI id ${id} is not listed.`);
  const chips = new Set(named.flatMap(({ pciIdsNames }) => (pciIdsNames ?? []).map(chipOf)));
  const chip = chipOf(busName);
  if (chip !== undefined && chips.size > 0 && !chips.has(undefined) && !chips.has(chip)) {
    const expected = [...chips].join(' or ');
    return said(
      'contradicts',
      `It calls itself ${model}, a ${expected}, and its PCI id ${id} is that of a ${busName}.`,
    );
  }
  return sharesWord(model, [busName])
    ? said('agrees', `${model} is what the list of PCI ids calls ${id}: ${busName}.`)
    : said('unverified', `The list of PCI ids calls ${id} ${busName}; whether that is ${model} is not known.`);
}

function sharesWord(model: string, names: readonly string[]): boolean {
  const words = modelWords(model);
  return names.some((name) => modelWords(name).some((word) => words.includes(word)));
}

/** `GH100` of `GH100 [H100 SXM5 80GB]`; letters behind the number name a bin of the same chip. */
function chipOf(name: string): string | undefined {
  return /^([A-Z]{2}\d{3})/.exec(name.replace(/^NVIDIA Corporation /, ''))?.[1];
}

function memoryOfModel(
  { facts }: Draft,
  id: string | undefined,
  listed: readonly ListedAccelerator[],
  { models, memoryTolerance, weights }: WitnessRules,
): WitnessCheck | undefined {
  const memory = numberOf(facts, 'memory-total');
  if (memory === undefined || id === undefined) return undefined;
  const sizes = [
    ...listed.map(({ vramGiB }) => vramGiB),
    ...models.filter(({ pciIds }) => pciIds.includes(id)).flatMap(({ memoryGiB }) => memoryGiB),
  ].filter((size) => size !== null);
  const said = (verdict: WitnessCheck['verdict'], sentence: string) =>
    check('memory-of-model', weights.memoryOfModel, verdict, sentence);
  const found = formatFigure(memory, 'By');
  if (sizes.length === 0) return said('unverified', `The memory sizes of PCI id ${id} are not listed.`);
  // Makers mean 10^9 or 2^30 as it suits them, and a driver keeps some for itself.
  const fits = sizes.some((size) => memory >= size * 1e9 * (1 - memoryTolerance) && memory <= size * 2 ** 30 * 1.01);
  const made = [...new Set(sizes)].map((size) => `${size} GB`).join(' or ');
  if (fits) return said('agrees', `${found} of memory is what a model of ${made} shows.`);
  // Products that share an id need not all be listed.
  const shared = listed.some(({ pciIdsNames }) => pciIdsNames?.some((name) => /\[[^\]]*\/[^\]]*\]/.test(name)));
  return shared
    ? said('unverified', `It shows ${found} of memory; of the products that share PCI id ${id}, ${made} is listed.`)
    : said('contradicts', `It shows ${found} of memory, and PCI id ${id} was made with ${made} only.`);
}

function unitsOfModel(
  { facts }: Draft,
  listed: readonly ListedAccelerator[],
  weights: Weights,
): WitnessCheck | undefined {
  const units = numberOf(facts, 'multiprocessors');
  const known = listed.map(({ computeUnits }) => computeUnits).filter((count) => count !== null);
  if (units === undefined || known.length === 0) return undefined;
  const expected = [...new Set(known)].join(' or ');
  return known.includes(units)
    ? check('units-of-model', weights.unitsOfModel, 'agrees', `${units} multiprocessors are what the model has.`)
    : check(
        'units-of-model',
        weights.unitsOfModel,
        'contradicts',
        `It shows ${units} multiprocessors, and the model has ${expected}.`,
      );
}

function capabilityOfModel(
  { facts }: Draft,
  listed: readonly ListedAccelerator[],
  weights: Weights,
): WitnessCheck | undefined {
  const capability = textOf(facts, 'compute-capability');
  const known = [...new Set(listed.map(({ target }) => target).filter((target) => /^\d+\.\d+$/.test(target)))];
  if (capability === undefined || known.length === 0) return undefined;
  const agrees = known.includes(capability);
  return check(
    'capability-of-model',
    weights.capabilityOfModel,
    agrees ? 'agrees' : 'contradicts',
    agrees
      ? `Compute capability ${capability} is the model's.`
      : `It shows compute capability ${capability}, and the model has ${known.join(' or ')}.`,
  );
}

function capabilityOfArchitecture(
  { facts }: Draft,
  { architectures, weights }: WitnessRules,
): WitnessCheck | undefined {
  const [capability, architecture] = [textOf(facts, 'compute-capability'), textOf(facts, 'architecture')];
  const known = architectures.find(({ name }) => name === architecture);
  if (capability === undefined || known === undefined) return undefined;
  const agrees = known.capabilities.includes(capability);
  return check(
    'capability-of-architecture',
    weights.capabilityOfArchitecture,
    agrees ? 'agrees' : 'contradicts',
    agrees
      ? `Compute capability ${capability} is one of ${known.name}.`
      : `It calls itself ${known.name}, and its compute capability ${capability} is not one of ${known.capabilities.join(', ')}.`,
  );
}

function boardMaker({ facts }: Draft, { boardMakers, weights }: WitnessRules): WitnessCheck | undefined {
  const subsystem = textOf(facts, 'pci-subsystem-id');
  if (subsystem === undefined) return undefined;
  const maker = boardMakers.vendors[subsystem.slice(0, 4)];
  return maker === undefined
    ? check('board-maker', weights.boardMaker, 'unverified', `The board maker ${subsystem.slice(0, 4)} is not listed.`)
    : check('board-maker', weights.boardMaker, 'agrees', `Its board is by ${maker} (${subsystem}).`);
}

function ownBoard(
  { facts }: Draft,
  id: string | undefined,
  rule: WitnessRules['ownBoards'][number],
): WitnessCheck | undefined {
  const subsystem = textOf(facts, 'pci-subsystem-id');
  if (id === undefined || subsystem === undefined || !rule.pciIds.includes(id)) return undefined;
  const agrees = rule.vendors.includes(subsystem.slice(0, 4));
  return check(
    rule.id,
    rule.weight,
    agrees ? 'agrees' : 'contradicts',
    agrees
      ? `The board ${subsystem} is by the only maker this chip comes from.`
      : `PCI id ${id} comes on boards of ${rule.vendors.join(', ')} only, and this one carries ${subsystem}.`,
  );
}
