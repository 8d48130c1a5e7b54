/**
 * Finds the motion device systems of a server and reads what is below them into a tree of names and values. Bounded in
 * depth and number, and each node is visited once: address spaces have cycles.
 * Source: OPC 40010-1 (Robotics), instances of MotionDeviceSystemType stand in the DeviceSet of OPC 10000-100 (DI).
 */
import { Unanswered } from '../../network/connect.ts';
import type { Reference, Session } from './client.ts';
import type { Plain } from './values.ts';

export interface UaNode {
  name: string;
  value?: Plain;
  children: UaNode[];
}

export interface Walked {
  systems: UaNode[];
  /** Whether the bounds were reached and something is missing. */
  cut: boolean;
}

const di = 'http://opcfoundation.org/UA/DI/';
const robotics = 'http://opcfoundation.org/UA/Robotics/';
const depthAtMost = 9;
/** A cell with four arms of seven axes, all optional parts there, has some three thousand. */
const nodesAtMost = 8000;

export async function walk(session: Session, where: string): Promise<Walked> {
  const namespaces = await session.namespaces();
  if (!namespaces.includes(robotics)) {
    throw new Unanswered('absent', `${where} is an OPC UA server that knows nothing of robots (OPC 40010).`);
  }
  const deviceSet = await session.find(`/${namespaces.indexOf(di)}:DeviceSet`);
  const devices = deviceSet === undefined ? [] : ((await session.children([deviceSet]))[0] ?? []);
  const objects = devices.filter(({ kind }) => kind === 'object').slice(0, 200);
  const below = await session.children(objects.map(({ id }) => id));
  const systems: UaNode[] = [];
  let cut = false;
  for (const [index, system] of objects.entries()) {
    const parts = below[index] ?? [];
    // Told by its parts, so that a maker's own subtype is known as well.
    if (!['MotionDevices', 'Controllers'].every((part) => parts.some(({ name }) => name === part))) continue;
    const tree = await readBelow(session, system);
    systems.push(tree.node);
    cut ||= tree.cut;
  }
  return { systems, cut };
}

async function readBelow(session: Session, root: Reference): Promise<{ node: UaNode; cut: boolean }> {
  const node: UaNode = { name: root.name, children: [] };
  const visited = new Set([root.id]);
  const variables: { id: string; node: UaNode }[] = [];
  let level = [{ id: root.id, node }];
  let cut = false;
  for (let depth = 0; depth < depthAtMost && level.length > 0; depth += 1) {
    const found = await session.children(level.map(({ id }) => id));
    const next: typeof level = [];
    for (const [index, { node: parent }] of level.entries()) {
      for (const { id, name, kind } of found[index] ?? []) {
        if (visited.has(id)) {
          // Named once more (a controller names the robots it moves), and not followed again.
          if (kind === 'object') parent.children.push({ name, children: [] });
          continue;
        }
        if (visited.size >= nodesAtMost) {
          cut = true;
          break;
        }
        visited.add(id);
        const child: UaNode = { name, children: [] };
        parent.children.push(child);
        next.push({ id, node: child });
        if (kind === 'variable') variables.push({ id, node: child });
      }
    }
    level = next;
  }
  cut ||= level.length > 0;
  const values = await session.values(variables.map(({ id }) => id));
  for (const [index, { node: variable }] of variables.entries()) {
    const value = values[index];
    if (value !== undefined) variable.value = value;
  }
  return { node, cut };
}
