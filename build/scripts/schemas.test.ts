import { expect, test } from 'vitest';
import { driftedSchemas, schemaFiles } from './schemas.ts';

test('the published schemas are those the program parses with (npm run schemas)', () => {
  expect(schemaFiles().length).toBeGreaterThan(0);
  expect(driftedSchemas()).toEqual([]);
});
