/**
 * Writes docs/specs/*.schema.json (JSON Schema 2020-12) from the schemas that the program itself parses with, so that
 * what is published is what is accepted. `--check` writes nothing and fails where a file differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { targetFile } from '#adapters/probes/targets/read-targets.ts';
import { failureShape } from '#api/shapes/failure.ts';
import { readingShape } from '#api/shapes/reading.ts';
import { receiptShape } from '#api/shapes/receipt.ts';
import { runShape, stepShape, transactionShape } from '#api/shapes/run.ts';
import { verificationShape } from '#api/shapes/verification.ts';
import { asset } from '#domain/asset.ts';
import { discovery, discoveryChanges } from '#domain/discovery.ts';
import { fact, finding, trust } from '#domain/fact.ts';
import { identity } from '#domain/identity.ts';
import {
  address,
  benchmarkFigure,
  component,
  hash32,
  manifest,
  probeRecord,
  signedManifest,
} from '#domain/manifest.ts';

const specs = fileURLToPath(new URL('../../docs/specs/', import.meta.url));

/** Name of the document, its title, what it is, its schema. */
const documents: readonly [name: string, title: string, description: string, schema: z.ZodType][] = [
  ['manifest', 'GAIB asset manifest, signed', 'Content of manifest.json. See manifest.md.', signedManifest],
  ['receipt', 'GAIB onboarding receipt', 'Content of receipt.json. See receipt.md.', receiptShape],
  [
    'discovery',
    'GAIB discovery',
    'What gaib-onboard discover --json prints. See ../discovery.md.',
    discovery.extend({ readings: z.array(readingShape) }),
  ],
  [
    'discovery-changes',
    'GAIB discovery, changes',
    'What gaib-onboard discover --watch --json prints, a line each, after the first scan.',
    discoveryChanges,
  ],
  ['targets', 'GAIB target file', 'Devices on the network to look at. See docs/targets.md.', targetFile],
  ['verification', 'GAIB verification', 'What gaib-onboard verify --json prints.', verificationShape],
  [
    'failure',
    'GAIB failure',
    'What a command with --json prints when it fails. Codes: docs/failures.md.',
    z.object({ failure: failureShape }),
  ],
];

/** What stands under `$defs` by name. */
const named: Readonly<Record<string, z.ZodType>> = {
  address,
  asset,
  benchmarkFigure,
  component,
  fact,
  failure: failureShape,
  finding,
  hash32,
  identity,
  manifest,
  probeRecord,
  reading: readingShape,
  run: runShape,
  step: stepShape,
  transaction: transactionShape,
  trust,
};
for (const [id, schema] of Object.entries(named)) z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });

/** New codes come with new releases, so readers are told the form and not the list. */
const failureCode = {
  type: 'string',
  pattern: '^[a-z]+\\.[a-z_]+$',
  description: 'Listed in docs/failures.md',
} as const;

/** Each published file with its text. */
export function schemaFiles(): { path: string; text: string }[] {
  return documents.map(([name, title, description, schema]) => {
    const { $schema, ...body } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      override({ zodSchema, jsonSchema }) {
        if (zodSchema !== (failureShape.shape.code as unknown)) return;
        delete jsonSchema.enum;
        Object.assign(jsonSchema, failureCode);
      },
    });
    const file = { $schema, $id: `urn:gaib-onboard:schema:${name}:1`, title, description, ...body };
    return { path: `${specs}${name}.schema.json`, text: `${JSON.stringify(file, null, 2)}\n` };
  });
}

/** Files that are not as they would be written. */
export function driftedSchemas(): string[] {
  return schemaFiles().flatMap(({ path, text }) => (current(path) === text ? [] : [path]));
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const drifted = driftedSchemas();
    for (const path of drifted) console.error(`${path} is not up to date: npm run schemas`);
    process.exitCode = drifted.length > 0 ? 1 : 0;
  } else {
    for (const { path, text } of schemaFiles()) writeFileSync(path, text);
  }
}
