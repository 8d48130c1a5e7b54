/**
 * The rules by which witnesses are held against each other. They are data (native-probes/reference/witness-rules.json),
 * versioned apart from the program: a driver branch or a board maker that is new next year needs no new program.
 */
import { z } from 'zod';

const weight = z.enum(['note', 'attention', 'refuse']);
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);
const pciId = z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/);
const source = z.string().max(60).describe('Key of `sources`');

export const witnessRules = z.strictObject({
  type: z.literal('gaib.witness-rules'),
  version: z.number().int().positive(),
  date: z.iso.date(),
  sources: z.record(z.string(), z.string()),
  voices: z
    .array(z.strictObject({ id, probes: z.array(z.string()).min(1), what: z.string() }))
    .describe('Probes that repeat one another are one voice; an asset is corroborated by two'),
  weights: z
    .strictObject({
      modelOfPciId: weight,
      memoryOfModel: weight,
      unitsOfModel: weight,
      capabilityOfModel: weight,
      capabilityOfArchitecture: weight,
      driverOfSystem: weight,
      driverOfArchitecture: weight,
      boardMaker: weight,
    })
    .describe('What a contradiction of the rules below means for the asset'),
  agreement: z
    .array(
      z.strictObject({
        id,
        kinds: z.array(z.string()).min(1),
        fact: z.string(),
        as: z.enum(['text', 'words', 'digits', 'number']),
        tolerance: z.number().min(0).max(1).optional().describe('Share of the larger value; numbers only'),
        weight,
      }),
    )
    .describe('Facts on which all sources must say the same'),
  presence: z
    .array(
      z.strictObject({
        id,
        vendor: z.string().regex(/^[0-9a-f]{4}$/),
        maker: z.string(),
        bus: z.array(z.string()).min(1),
        driver: z.array(z.string()).min(1),
        install: z.string().describe('What to do where no driver is bound'),
      }),
    )
    .describe('Whose devices must be seen both on the bus and by the driver'),
  relations: z
    .array(
      z.strictObject({
        id,
        smaller: z.string(),
        larger: z.string(),
        least: z.number().min(0).max(1).describe('The smaller is at least this share of the larger'),
        weight,
      }),
    )
    .describe('Two facts of different witnesses that bound each other'),
  models: z
    .array(
      z.strictObject({ id, pciIds: z.array(pciId).min(1), memoryGiB: z.array(z.number().positive()).min(1), source }),
    )
    .describe('Memory sizes a model was made with, beside the table of accelerators'),
  memoryTolerance: z.number().min(0).max(0.5),
  architectures: z.array(z.strictObject({ name: z.string(), capabilities: z.array(z.string()).min(1) })),
  drivers: z.array(
    z.strictObject({
      id,
      maker: z.string(),
      system: z.enum(['linux', 'windows']),
      form: z.string().describe('Regular expression; its first group is the branch'),
      branches: z.array(z.number().int()).describe('Empty: not listed, any is possible'),
      source,
    }),
  ),
  leastDriver: z.array(z.strictObject({ architecture: z.string(), branch: z.number().int(), source })),
  boardMakers: z.strictObject({ source, vendors: z.record(z.string().regex(/^[0-9a-f]{4}$/), z.string()) }),
  ownBoards: z
    .array(z.strictObject({ id, pciIds: z.array(pciId).min(1), vendors: z.array(z.string()).min(1), weight, source }))
    .describe('Chips that come on boards of these makers only'),
});
export type WitnessRules = z.infer<typeof witnessRules>;
