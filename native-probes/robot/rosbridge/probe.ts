/**
 * A robot run by ROS 2 (or ROS 1), through the rosbridge server beside it: what runs there, the description of the
 * robot, where its joints stand, its battery and its errors. Nothing is published, set or started.
 */
import type { ProbeAnswer } from '../../contract.ts';
import { answerOf, targetLocator, Unanswered } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { listAt, textAt } from '../json.ts';
import { type Bridge, openBridge, port, reads, type Topic, topics } from './client.ts';
import type { RosAnswers } from './parse.ts';

export const rosbridgeProbe: NetworkProbe = {
  id: 'robot-rosbridge',
  subject: 'robot',
  protocol: 'rosbridge',
  what: 'robots run by ROS, through rosbridge',
  defaultPort: port,
  limitMs: 45_000,
  reads,
  read: (target, context) => answerOf(() => read(target, context)),
};

/** A message kept for latecomers comes at once; the others several times a second, or never. */
const listenMs = 1500;

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const bridge = await openBridge(target, context);
  try {
    const answers = await ask(bridge);
    const spoke = Object.values(answers).some((answer) => answer !== undefined && typeof answer !== 'string');
    if (!spoke) {
      throw new Unanswered('absent', `${target.host} has a websocket, and behind it nothing that answers as rosapi.`);
    }
    // XML is heavy, and most runs meet no robot.
    const { describeRos } = await import('./parse.ts');
    return { outcome: 'present', devices: [describeRos(targetLocator(target, port), answers)], problems: [] };
  } finally {
    bridge.close();
  }
}

async function ask(bridge: Bridge): Promise<RosAnswers> {
  const [version, there, nodes] = await Promise.all([
    bridge.call('/rosapi/get_ros_version'),
    bridge.call('/rosapi/topics'),
    bridge.call('/rosapi/nodes'),
  ]);
  const answers: RosAnswers = { version, topics: there, nodes };
  if ([version, there, nodes].every((answer) => typeof answer === 'string')) return answers;
  const present = topicsOf(there);
  const listen = (topic: Topic) => (present.has(topic) ? bridge.first(topic, listenMs) : undefined);
  const [description, jointStates, battery, diagnostics] = await Promise.all([
    describe(bridge, nodes, () => listen('/robot_description')),
    listen('/joint_states'),
    listen('/battery_state'),
    listen('/diagnostics'),
  ]);
  if (description !== undefined) answers.description = description;
  return { ...answers, jointStates, battery, diagnostics };
}

/** Topics of the list that are there, and are of the type they should be. */
function topicsOf(answer: unknown): Set<Topic> {
  const types = listAt(answer, 10_000, 'types');
  const present = new Set<Topic>();
  for (const [index, name] of listAt(answer, 10_000, 'topics').entries()) {
    const known = Object.keys(topics).find((topic): topic is Topic => topic === name);
    if (known !== undefined && String(types[index]).replace('/msg/', '/') === topics[known]) present.add(known);
  }
  return present;
}

/** The description as the parameter of the node that publishes it, or as the topic it is kept on. */
async function describe(
  bridge: Bridge,
  nodes: unknown,
  listen: () => Promise<unknown> | undefined,
): Promise<string | undefined> {
  const heard = textAt(await listen(), 'data');
  if (heard !== undefined) return heard;
  const node = listAt(nodes, 10_000, 'nodes').find(
    (name): name is string => typeof name === 'string' && /^\/[\w/]{0,100}robot_state_publisher$/.test(name),
  );
  const answer = await bridge.call('/rosapi/get_param', {
    name: node === undefined ? 'robot_description' : `${node}:robot_description`,
  });
  const value = typeof answer === 'string' ? undefined : textAt(answer, 'value');
  if (value === undefined || value === '' || value === 'null') return undefined;
  // A parameter comes as JSON; older versions hand out the text itself.
  try {
    const unpacked: unknown = JSON.parse(value);
    return typeof unpacked === 'string' ? unpacked : undefined;
  } catch {
    return value;
  }
}
