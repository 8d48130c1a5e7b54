/** What the program really writes and prints, held against the published schemas by an independent validator. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gaibOnboard, repository, scratch } from '../acceptance/command-line.ts';

const place = scratch();
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
formats.default(ajv);
const schemaOf = (name: string): ValidateFunction =>
  ajv.compile(JSON.parse(readFileSync(join(repository, `docs/specs/${name}.schema.json`), 'utf8')));

/** The sentences of the validator; empty where the document follows the schema. */
function complaints(validate: ValidateFunction, document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

let home: string;
let manifest: Record<string, never>;

beforeAll(async () => {
  home = await place.home();
  const run = await gaibOnboard(['onboard', '--quick', '--json', '--home', home, '--out', place.at('out')]);
  expect(run.stderr).toContain('Receive one epoch of earnings');
  expect(run.status).toBe(0);
  manifest = JSON.parse(readFileSync(place.at('out', 'manifest.json'), 'utf8'));
});
afterAll(() => place.remove());

const failureSchema = schemaOf('failure');

describe('the manifest of this very machine', () => {
  const validate = schemaOf('manifest');

  test('follows its schema', () => {
    expect(complaints(validate, manifest)).toEqual([]);
  });

  test.each<[string, (broken: Record<string, Record<string, Record<string, unknown>>>) => void, string]>([
    ['an unknown field', ({ manifest }) => Object.assign(manifest!, { note: 'hello' }), '/manifest must NOT have'],
    ['an upper-case hash', ({ manifest }) => Object.assign(manifest!.asset!, { key: `0x${'A'.repeat(64)}` }), '/key'],
    ['another version', ({ manifest }) => Object.assign(manifest!, { version: 2 }), '/manifest/version'],
    ['no signature of the owner', ({ signatures }) => delete signatures!.owner, '/signatures must have'],
    [
      'a time without a zone',
      ({ manifest }) => Object.assign(manifest!, { createdAt: '2026-01-01T00:00' }),
      'createdAt',
    ],
  ])('with %s does not', (_, break_, where) => {
    const broken = structuredClone(manifest) as Parameters<typeof break_>[0];
    break_(broken);
    expect(complaints(validate, broken).join('\n')).toContain(where);
  });
});

test('the receipt follows its schema', () => {
  const receipt = JSON.parse(readFileSync(place.at('out', 'receipt.json'), 'utf8'));
  const validate = schemaOf('receipt');
  expect(complaints(validate, receipt)).toEqual([]);
  expect(complaints(validate, { ...receipt, gas: undefined }).join()).toContain("must have required property 'gas'");
});

test('what discover prints follows its schema', async () => {
  const { stdout, status } = await gaibOnboard(['discover', '--json', '--home', home]);
  expect(status).toBe(0);
  const discovery = JSON.parse(stdout);
  expect(discovery.readings.length).toBeGreaterThan(0);
  expect(complaints(schemaOf('discovery'), discovery)).toEqual([]);
});

test('what verify prints follows its schema', async () => {
  const { stdout } = await gaibOnboard(['verify', place.at('out', 'manifest.json'), '--json', '--home', home]);
  const verification = JSON.parse(stdout);
  expect(verification.holds).toBe(true);
  expect(complaints(schemaOf('verification'), verification)).toEqual([]);
});

test.each([
  ['a missing file', ['verify', 'nowhere.json', '--json']],
  ['an unknown option', ['onboard', '--unheard-of', '--json']],
  ['an unknown run', ['receipt', '--json', '--home', place.at('empty')]],
])('the failure of %s follows its schema and names the exit status', async (_, words) => {
  const { stdout, status } = await gaibOnboard(words);
  const printed = JSON.parse(stdout);
  expect(complaints(failureSchema, printed)).toEqual([]);
  expect(printed.failure.exit).toBe(status);
});
