/** One look at the outputs of a Universal Robots controller: what it runs, and one package of the values asked for. */
import type { Socket } from 'node:net';
import { Unanswered, unansweredBy } from '../../network/connect.ts';
import {
  dataPackage,
  firstPackage,
  NotRtde,
  protocolVersion2,
  type Recipe,
  readData,
  readRecipe,
  readVersion,
  requestPackage,
  requests,
  setupOutputs,
  textMessage,
} from './frames.ts';

/** Outputs that are asked for; `actual_q` for the number of joints. */
export const outputs = [
  'timestamp',
  'actual_q',
  'joint_temperatures',
  'robot_mode',
  'safety_status',
  'safety_mode',
  'runtime_state',
  'speed_scaling',
  'actual_robot_voltage',
  'actual_robot_current',
  'payload',
] as const;

export interface RtdeReading {
  version: string | undefined;
  values: Map<string, number | number[] | boolean>;
  unknown: string[];
}

const bytesAtMost = 262_144;
/** A robot says its values ten times a second; all of this takes a second at most. */
const patienceMs = 5000;

/**
 * Reads one package; throws `Unanswered`. The robot is asked to stop saying its values at the end.
 * @param socket connected; owned from here on
 */
export async function readOutputs(socket: Socket, where: string): Promise<RtdeReading> {
  const conversation = converse(socket, where);
  try {
    socket.write(protocolVersion2());
    const accepted = await conversation.expect(requests.RTDE_REQUEST_PROTOCOL_VERSION);
    if (accepted[0] !== 1) {
      throw new Unanswered(
        'failed',
        `${where} does not speak version 2 of RTDE: its software is older than 3.10 or 5.4.`,
      );
    }
    socket.write(requestPackage('RTDE_GET_URCONTROL_VERSION'));
    const version = readVersion(await conversation.expect(requests.RTDE_GET_URCONTROL_VERSION));
    const { recipe, unknown } = await setUp(socket, conversation);
    socket.write(requestPackage('RTDE_CONTROL_PACKAGE_START'));
    const values = readData(await conversation.expect(dataPackage), recipe);
    socket.write(requestPackage('RTDE_CONTROL_PACKAGE_PAUSE'));
    // The values are there: a robot that does not say that it has stopped costs nothing.
    await conversation.expect(requests.RTDE_CONTROL_PACKAGE_PAUSE).catch(() => {});
    return { version, values, unknown };
  } catch (error) {
    if (error instanceof NotRtde)
      throw new Unanswered('nonsense', `${where} does not speak RTDE: it sent ${error.message}.`);
    throw unansweredBy(error, where);
  } finally {
    socket.destroy();
  }
}

/** A robot with older software refuses a recipe for one field it does not know: it is asked again without. */
async function setUp(socket: Socket, conversation: Conversation): Promise<{ recipe: Recipe; unknown: string[] }> {
  const ask = async (fields: readonly string[]) => {
    socket.write(setupOutputs(10, fields));
    return readRecipe(await conversation.expect(requests.RTDE_CONTROL_PACKAGE_SETUP_OUTPUTS), fields);
  };
  const first = await ask(outputs);
  if (first.unknown.length === 0) return { recipe: first, unknown: [] };
  const known = outputs.filter((field) => !first.unknown.includes(field));
  if (known.length === 0) throw new NotRtde('a recipe without a field');
  const second = await ask(known);
  if (second.unknown.length > 0) throw new NotRtde('two answers to one question');
  return { recipe: second, unknown: first.unknown };
}

interface Conversation {
  /** The payload of the next package of this type; words and answers to what was asked before are passed over. */
  expect(type: number): Promise<Buffer>;
}

function converse(socket: Socket, where: string): Conversation {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const deadline = performance.now() + patienceMs;
  let buffered: Buffer = Buffer.alloc(0);
  let total = 0;

  async function more(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Unanswered('timeout', `${where} did not answer as a robot within ${patienceMs / 1000} s.`)),
      Math.max(0, deadline - performance.now()),
    );
    try {
      const { done, value } = await Promise.race([chunks.next(), late]);
      if (done === true) throw new Unanswered('failed', `${where} closed the connection before it had answered.`);
      total += value.length;
      if (total > bytesAtMost) throw new Unanswered('nonsense', `${where} said more than ${bytesAtMost} bytes.`);
      buffered = Buffer.concat([buffered, value]);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async expect(type) {
      for (;;) {
        const found = firstPackage(buffered);
        if (found === undefined) {
          await more();
          continue;
        }
        buffered = found.rest;
        if (found.type === type) return found.payload;
        // A text message, the answer to the start, or one more package of data.
        if (found.type === textMessage || found.type === dataPackage || isAnswer(found.type)) continue;
        throw new NotRtde(`a package of type ${found.type}`);
      }
    },
  };
}

const isAnswer = (type: number) => Object.values<number>(requests).includes(type);
