/**
 * Walks the main job through the generated bindings on a chain that the deployment plan set up: proof that plan, bindings
 * and README agree, and that every transaction fits a block of 10M gas. Prints gas per step.
 */
import { gas, mainJobGas } from './contracts-sandbox.ts';

await mainJobGas();
for (const [name, used] of Object.entries(gas))
  process.stdout.write(`${name.padEnd(32)} ${String(used).padStart(9)}\n`);
const large = Object.entries(gas).filter(([, used]) => used >= 10_000_000);
if (large.length > 0) {
  process.stderr.write(`above 10M gas: ${large.map(([name]) => name).join(', ')}\n`);
  process.exit(1);
}
process.exit(0);
