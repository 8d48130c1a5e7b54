/**
 * A Universal Robots arm through the two ports of its controller: the dashboard server says who it is and what state it
 * is in, RTDE what it measures. Neither is given a command or an input.
 */
import type { ProbeAnswer, Problem } from '../../contract.ts';
import { answerOf, endpoint, openTcp, targetLocator, Unanswered } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { openLines } from '../../network/lines.ts';
import { askAll, noAnswers, questions } from './dashboard.ts';
import { requests } from './frames.ts';
import { describeRobot } from './parse.ts';
import { type RtdeReading, readOutputs } from './rtde.ts';

const dashboardPort = 29_999;
const rtdePort = 30_004;

export const universalRobotsProbe: NetworkProbe = {
  id: 'robot-universal-robots',
  subject: 'robot',
  protocol: 'universal-robots',
  what: 'arms of Universal Robots: dashboard server and RTDE',
  defaultPort: dashboardPort,
  limitMs: 30_000,
  reads: [...questions, ...Object.keys(requests)],
  read: (target, context) => answerOf(() => read(target, context)),
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const answers = noAnswers();
  const problems: Problem[] = [];
  const noted = async <T>(reading: Promise<T>): Promise<T | Unanswered> => {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return error;
    }
  };
  // Side by side: a port that is silent costs the other nothing.
  const [dashboard, outputs] = await Promise.all([
    noted(readDashboard(target, context, answers)),
    noted(readRtde(target, context)),
  ]);
  for (const failure of [dashboard, outputs]) {
    if (failure instanceof Unanswered) problems.push({ code: codeOf(failure), sentence: failure.message });
  }
  const rtde = outputs instanceof Unanswered ? undefined : outputs;
  if (answers.understood.size === 0 && rtde === undefined)
    throw dashboard instanceof Unanswered ? dashboard : nothing(target);
  const robot = describeRobot(targetLocator(target, dashboardPort), answers, rtde);
  if (dashboard instanceof Unanswered && rtde !== undefined) {
    robot.problems.push({
      code: 'absent',
      field: 'serial',
      sentence:
        'Only the dashboard server says model and serial number, and it did not answer: switch it on under Settings, Security, Services. PolyScope X has none.',
    });
  }
  return { outcome: 'present', devices: [robot], problems };
}

async function readDashboard(
  target: Target,
  context: NetworkProbeContext,
  answers: ReturnType<typeof noAnswers>,
): Promise<void> {
  const socket = await openTcp(target, dashboardPort, context);
  const where = endpoint(socket.remoteAddress ?? target.host, socket.remotePort ?? 0);
  const lines = openLines(socket, { line: 4096, total: 65_536, ms: 3000 });
  try {
    await askAll(lines, where, answers);
  } finally {
    lines.close();
  }
}

async function readRtde(target: Target, context: NetworkProbeContext): Promise<RtdeReading> {
  const port = Number(target.options?.['rtde-port'] ?? rtdePort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Unanswered('failed', 'The option rtde-port of this target is no port.');
  }
  const socket = await openTcp({ ...target, port }, rtdePort, context);
  return readOutputs(socket, endpoint(socket.remoteAddress ?? target.host, socket.remotePort ?? 0));
}

function codeOf({ outcome }: Unanswered): Problem['code'] {
  return outcome === 'failed' ? 'absent' : outcome;
}

const nothing = (target: Target) =>
  new Unanswered('nonsense', `${target.host} answered no question of the dashboard server in a way that is known.`);
