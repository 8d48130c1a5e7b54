/**
 * Stands for the controller of a Universal Robots arm, which cannot be had here: a dashboard server and RTDE over real
 * TCP, in the wire formats of the maker's guides. It keeps all it was told, and moves when it is told to play.
 */
import { createServer, type Server, type Socket } from 'node:net';

export interface ControllerSettings {
  /** Answers by question; a question without one is not understood. */
  answers?: Record<string, string>;
  greeting?: string;
  /** Type and value of each output the software knows. */
  outputs?: Record<string, [type: string, value: number | number[]]>;
  protocolVersions?: number[];
  /** Says this once a dashboard client has connected, instead of anything else. */
  dashboard?: (socket: Socket) => void;
  rtde?: (socket: Socket) => void;
}

export interface Controller {
  dashboardPort: number;
  rtdePort: number;
  /** Lines the dashboard server was sent. */
  lines: string[];
  /** Types of the RTDE packages it was sent, as letters. */
  packages: string[];
  /** Names of the outputs asked for, one entry for each set-up. */
  recipes: string[];
  moved: boolean;
  close(): Promise<void>;
}

export const ur12e: Record<string, string> = {
  PolyscopeVersion: 'URSoftware 5.22.1.1214860 (Jun 05 2025)',
  'get robot model': 'UR10',
  'get serial number': '20255100083',
  robotmode: 'Robotmode: RUNNING',
  safetystatus: 'Safetystatus: NORMAL',
  safetymode: 'Safetymode: NORMAL',
  programState: 'STOPPED <unnamed>',
  'get operational mode': 'MANUAL',
  'is in remote control': 'false',
};

export const measured: Record<string, [string, number | number[]]> = {
  timestamp: ['DOUBLE', 86_400.5],
  actual_q: ['VECTOR6D', [0, -1.588, -1.551, -1.564, 1.564, -0.006]],
  joint_temperatures: ['VECTOR6D', [31.5, 32, 33.25, 36, 37.5, 38]],
  robot_mode: ['INT32', 7],
  safety_status: ['INT32', 1],
  safety_mode: ['INT32', 1],
  runtime_state: ['UINT32', 1],
  speed_scaling: ['DOUBLE', 0.75],
  actual_robot_voltage: ['DOUBLE', 48],
  actual_robot_current: ['DOUBLE', 2.5],
  payload: ['DOUBLE', 1.07],
};

export async function startController(settings: ControllerSettings = {}): Promise<Controller> {
  const kept: Omit<Controller, 'dashboardPort' | 'rtdePort' | 'close'> = {
    lines: [],
    packages: [],
    recipes: [],
    moved: false,
  };
  const open = new Set<Socket>();
  const listen = (speak: (socket: Socket) => void): Promise<Server> => {
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => {});
      speak(socket);
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
  };
  const servers = await Promise.all([
    listen(settings.dashboard ?? ((socket) => speakDashboard(socket, settings, kept))),
    listen(settings.rtde ?? ((socket) => speakRtde(socket, settings, kept))),
  ]);
  const [dashboardPort, rtdePort] = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  return Object.assign(kept, {
    dashboardPort: dashboardPort ?? 0,
    rtdePort: rtdePort ?? 0,
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  });
}

type Kept = Pick<Controller, 'lines' | 'packages' | 'recipes' | 'moved'>;

function speakDashboard(socket: Socket, settings: ControllerSettings, kept: Kept): void {
  socket.write(`${settings.greeting ?? 'Connected: Universal Robots Dashboard Server'}\n`);
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      kept.lines.push(line);
      if (/^(?:play|load|power|brake|unlock|stop|pause|shutdown)/.test(line)) kept.moved = true;
      const answer = (settings.answers ?? ur12e)[line];
      socket.write(`${answer ?? `could not understand: '${line}'`}\n`);
    }
  });
}

function speakRtde(socket: Socket, settings: ControllerSettings, kept: Kept): void {
  let bytes = Buffer.alloc(0);
  const known = settings.outputs ?? measured;
  let recipe: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  socket.on('close', () => clearInterval(timer));
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 3 && bytes.length >= bytes.readUInt16BE(0)) {
      const payload = bytes.subarray(3, bytes.readUInt16BE(0));
      const type = String.fromCharCode(bytes.readUInt8(2));
      bytes = bytes.subarray(bytes.readUInt16BE(0));
      kept.packages.push(type);
      if (type === 'I' || type === 'U') kept.moved = true;
      if (type === 'V') {
        const version = payload.readUInt16BE(0);
        socket.write(pack('V', Buffer.from([(settings.protocolVersions ?? [1, 2]).includes(version) ? 1 : 0])));
      }
      if (type === 'v') socket.write(pack('v', numbers([5, 22, 1, 1_214_860])));
      if (type === 'O') {
        const asked = payload.subarray(8).toString('ascii');
        kept.recipes.push(asked);
        recipe = asked.split(',');
        const types = recipe.map((field) => known[field]?.[0] ?? 'NOT_FOUND');
        const id = types.includes('NOT_FOUND') ? 0 : 1;
        // The robot also talks to itself: words come between any two answers.
        socket.write(pack('M', Buffer.from('\x04note\x04test\x02', 'latin1')));
        socket.write(pack('O', Buffer.concat([Buffer.from([id]), Buffer.from(types.join(','))])));
      }
      if (type === 'S') {
        socket.write(pack('S', Buffer.from([1])));
        const data = Buffer.concat([Buffer.from([1]), ...recipe.map((field) => bytesOf(known[field]))]);
        timer = setInterval(() => socket.write(pack('U', data)), 20);
      }
      if (type === 'P') {
        clearInterval(timer);
        socket.write(pack('P', Buffer.from([1])));
      }
    }
  });
}

export function pack(type: string, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt16BE(3 + payload.length, 0);
  head.write(type, 2, 'latin1');
  return Buffer.concat([head, payload]);
}

function numbers(values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

function bytesOf(output: [string, number | number[]] | undefined): Buffer {
  const [type, value] = output ?? ['DOUBLE', 0];
  const values = Array.isArray(value) ? value : [value];
  const size = /INT32/.test(type) ? 4 : 8;
  const bytes = Buffer.alloc(values.length * size);
  for (const [index, entry] of values.entries()) {
    if (size === 8) bytes.writeDoubleBE(entry, index * 8);
    else bytes.writeInt32BE(entry, index * 4);
  }
  return bytes;
}
