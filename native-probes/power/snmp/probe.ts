/** Power systems that speak SNMP: UPSes, rack PDUs and what hangs on their outlets. */
import type { ProbeAnswer } from '../../contract.ts';
import { answerOf, resolveHost, targetLocator } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { type Agent, openAgent, reads } from './client.ts';
import { describeAgent, system } from './describe.ts';
import { type Mib, objectsOf } from './mib.ts';
import { mibs } from './mibs/all.ts';
import { type SnmpValue, viewOf } from './values.ts';

const port = 161;

export const snmpProbe: NetworkProbe = {
  id: 'power-snmp',
  subject: 'power',
  protocol: 'snmp',
  what: 'UPSes and rack PDUs that speak SNMP (2c, 3)',
  defaultPort: port,
  limitMs: 40_000,
  reads,
  read: (target, context) => answerOf(() => read(target, context)),
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const address = await resolveHost(target.host);
  context.contacting(address, target.port ?? port);
  const agent = await openAgent(target, address, target.port ?? port);
  const stop = () => agent.close();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    const values: Map<string, SnmpValue> = await agent.get(Object.values(system));
    for (const mib of mibsOf(viewOf(values).oid(system.objectId))) {
      await ask(agent, mib.keys, values);
      // Of a MIB that is not there the rest is not asked for.
      if (mib.units(viewOf(values)).length === 0) continue;
      const { scalars, columns } = objectsOf(mib);
      await ask(agent, [...scalars, ...columns], values);
    }
    return describeAgent(values, targetLocator(target, port));
  } finally {
    context.signal.removeEventListener('abort', stop);
    if (!context.signal.aborted) agent.close();
  }
}

/** Scalars by name, columns row by row; what was asked already is not asked again. */
async function ask(agent: Agent, objects: readonly string[], values: Map<string, SnmpValue>): Promise<void> {
  const scalars = objects.filter((oid) => oid.endsWith('.0') && !values.has(oid));
  for (const [oid, value] of await agent.get(scalars)) values.set(oid, value);
  for (const column of objects.filter((oid) => !oid.endsWith('.0'))) {
    if (viewOf(values).rows(column).length > 0) continue;
    for (const [oid, value] of await agent.walk(column)) values.set(oid, value);
  }
}

/** Those that an agent of that kind can have; all, where it does not say its kind. */
function mibsOf(objectId: string | undefined): readonly Mib[] {
  if (objectId === undefined) return mibs;
  return mibs.filter(({ agents }) =>
    agents.some((prefix) => prefix === '' || objectId === prefix || objectId.startsWith(`${prefix}.`)),
  );
}
