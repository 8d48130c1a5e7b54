/** A deployment file: where the contracts are on a chain, as JSON. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail } from '#domain/failures/failure.ts';
import { address } from '#domain/manifest.ts';
import type { Deployment } from '#ports/chain.ts';

const deploymentFile = z.object({
  chainId: z.number().int().positive(),
  registry: address,
  attestationRegistry: address,
  capacityIssuer: address,
  dealDesk: address,
  pool: address,
  dollar: address,
});

/** @throws FailureError `file.missing`, `usage.invalid` naming the field that is wrong */
export function readDeployment(path: string): Deployment {
  try {
    return deploymentFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail('file.missing', { subject: path, cause: error });
    const reason =
      error instanceof z.ZodError
        ? `${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`
        : 'it is not JSON';
    return fail('usage.invalid', { subject: `${path} is no deployment file (${reason})`, cause: error });
  }
}
