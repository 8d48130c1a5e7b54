/**
 * Walks the main job through the generated bindings on a chain that the deployment plan set up: proof that plan, bindings
 * and README agree, and that every transaction fits a block of 10M gas. Then locks it as the plan says, and sees that
 * governance waits. Prints gas per step.
 */
import { deploymentPlan } from '../../../main/adapters/chain/generated/deployment-plan.ts';
import { adminAddress, at, carryOut, gas, mainJobGas, provider, type Step, sent } from './sandbox.ts';

await mainJobGas();
await carryOut(deploymentPlan.lockSteps as readonly Step[]);
await tryLock();
for (const [name, used] of Object.entries(gas))
  process.stdout.write(`${name.padEnd(32)} ${String(used).padStart(9)}\n`);
const large = Object.entries(gas).filter(([, used]) => used >= 10_000_000);
if (large.length > 0) {
  process.stderr.write(`above 10M gas: ${large.map(([name]) => name).join(', ')}\n`);
  process.exit(1);
}
process.exit(0);

/** What governance does must be scheduled, cannot be done early, and can be done once its time has come. */
async function tryLock(): Promise<void> {
  const { CategoryRegistry: categories, ProtocolAccess: access } = at;
  const data = categories.interface.encodeFunctionData('setLimit', [1, `0x${'11'.repeat(32)}`, 5]);
  const refused = async (call: () => Promise<unknown>) =>
    await call().then(
      () => {
        throw new Error('a locked call went through');
      },
      () => undefined,
    );
  await refused(() => categories.setLimit.staticCall(1, `0x${'11'.repeat(32)}`, 5));
  await refused(() => access.grantRole.staticCall(2, categories.target, 0));
  await sent('schedule', access.schedule(categories.target, data, 0));
  await refused(() => access.execute.staticCall(categories.target, data));
  await provider.send('evm_increaseTime', [deploymentPlan.parameters.sandbox.timelock]);
  await provider.send('evm_mine', []);
  await sent('execute', access.execute(categories.target, data));
  const [holds, delay] = await access.hasRole(0, adminAddress);
  if (!holds || Number(delay) !== deploymentPlan.parameters.sandbox.timelock)
    throw new Error('the admin does not wait');
}
