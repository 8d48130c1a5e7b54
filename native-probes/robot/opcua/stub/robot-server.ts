/**
 * An OPC UA server with the published nodeset of Robotics and a cell in it: the server is node-opcua's and speaks the
 * real protocol; the robot in it is invented for the tests. It keeps the name of every request it gets.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { DataType, MessageSecurityMode, SecurityPolicy, setErrorLogger, setWarningLogger } from 'node-opcua-client';
import { nodesets } from 'node-opcua-nodesets';
import { OPCUAServer } from 'node-opcua-server';

export interface ServerSettings {
  /** Serial number of the arm. */
  serial?: string;
  emergencyStop?: boolean;
  /** ISO 8601. */
  powerOnTime?: string;
  /** Users it lets in; anybody where there are none. */
  users?: Record<string, string>;
  /** Only signed connections. */
  signedOnly?: boolean;
  /** Leaves the nodeset of Robotics out. */
  withoutRobots?: boolean;
  /** How many arms there are. */
  arms?: number;
}

export interface RobotServer {
  port: number;
  requests: string[];
  /** SHA-256 of its certificate, hexadecimal. */
  fingerprint: string;
  close(): Promise<void>;
}

export async function startRobotServer(settings: ServerSettings = {}): Promise<RobotServer> {
  setWarningLogger(() => {});
  setErrorLogger(() => {});
  const folder = mkdtempSync(join(tmpdir(), 'gaib-opcua-'));
  const certificates = new OPCUACertificateManager({
    rootFolder: join(folder, 'pki'),
    automaticallyAcceptUnknownCertificate: true,
  });
  const users = new OPCUACertificateManager({ rootFolder: join(folder, 'users') });
  await Promise.all([certificates.initialize(), users.initialize()]);
  const port = await freePort();
  const server = new OPCUAServer({
    port,
    serverCertificateManager: certificates,
    userCertificateManager: users,
    nodeset_filename: settings.withoutRobots
      ? [nodesets.standard, nodesets.di]
      : [nodesets.standard, nodesets.di, nodesets.ia, nodesets.robotics],
    ...security(settings),
    allowAnonymous: settings.users === undefined,
    ...(settings.users === undefined
      ? {}
      : { userManager: { isValidUser: (name: string, word: string) => settings.users?.[name] === word } }),
  });
  const requests: string[] = [];
  server.on('request', (request) => requests.push(request.schema.name));
  await server.start();
  if (!settings.withoutRobots) fill(server, settings);
  return {
    port,
    requests,
    fingerprint: createHash('sha256').update(server.getCertificate()).digest('hex'),
    async close() {
      await server.shutdown(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A user's password is encrypted under a policy that the server must have, also where the connection is not. */
function security({ signedOnly, users }: ServerSettings) {
  const { None, SignAndEncrypt } = MessageSecurityMode;
  const securityModes = signedOnly ? [SignAndEncrypt] : users === undefined ? [None] : [None, SignAndEncrypt];
  const policies = [SecurityPolicy.None, SecurityPolicy.Basic256Sha256];
  return {
    securityModes,
    securityPolicies: signedOnly ? policies.slice(1) : users === undefined ? policies.slice(0, 1) : policies,
  };
}

/** The server wants to be told its port, so one that is free now is asked for. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

type Values = Record<string, readonly [type: DataType, value: unknown]>;
type Space = NonNullable<OPCUAServer['engine']['addressSpace']>;

function fill(server: OPCUAServer, settings: ServerSettings): void {
  const space = server.engine.addressSpace;
  if (space === null) throw new Error('the server has no address space');
  const robotics = space.getNamespaceIndex('http://opcfoundation.org/UA/Robotics/');
  const typed = (name: string) => {
    const type = space.findObjectType(name, robotics);
    if (type === null) throw new Error(`the nodeset has no ${name}`);
    return type;
  };
  const deviceSet = space.rootFolder.objects.getComponentByName('DeviceSet') ?? folderNamed(space, 'DeviceSet');
  const cell = typed('MotionDeviceSystemType').instantiate({ browseName: 'Cell1', organizedBy: deviceSet });
  const folder = (name: string) => cell.getComponentByName(name) as never;
  const controller = typed('ControllerType').instantiate({
    browseName: 'ControllerA',
    componentOf: folder('Controllers'),
    optionals: ['ParameterSet.TotalPowerOnTime', 'ParameterSet.TotalEnergyConsumption', 'ParameterSet.InputVoltage'],
  });
  set(controller, {
    Manufacturer: [DataType.LocalizedText, { text: 'Exemplar Robotics GmbH' }],
    Model: [DataType.LocalizedText, { text: 'XC-5' }],
    SerialNumber: [DataType.String, 'C-2291'],
    'ParameterSet/TotalPowerOnTime': [DataType.String, settings.powerOnTime ?? 'P416DT16H'],
    'ParameterSet/TotalEnergyConsumption': [DataType.Double, 1250.5],
    'ParameterSet/TotalEnergyConsumption/EngineeringUnits': unit('KWH', 'kWh'),
    'ParameterSet/InputVoltage': [DataType.Double, 400],
    'ParameterSet/InputVoltage/EngineeringUnits': unit('VLT', 'V'),
  });
  const di = space.getNamespaceIndex('http://opcfoundation.org/UA/DI/');
  const software = space.findObjectType('SoftwareType', di)?.instantiate({
    browseName: 'Runtime',
    componentOf: controller.getComponentByName('Software') as never,
  });
  if (software) {
    set(software, {
      Model: [DataType.LocalizedText, { text: 'ExemplarOS' }],
      SoftwareRevision: [DataType.String, '7.4.1'],
    });
  }
  const safety = typed('SafetyStateType').instantiate({ browseName: 'SafetyA', componentOf: folder('SafetyStates') });
  set(safety, {
    'ParameterSet/OperationalMode': [DataType.Int32, 3],
    'ParameterSet/EmergencyStop': [DataType.Boolean, settings.emergencyStop ?? false],
    'ParameterSet/ProtectiveStop': [DataType.Boolean, false],
  });
  for (let arm = 1; arm <= (settings.arms ?? 1); arm += 1) fillArm(typed, folder('MotionDevices'), arm, settings);
}

function fillArm(
  typed: (name: string) => ReturnType<Space['findObjectType']> & object,
  devices: never,
  number: number,
  settings: ServerSettings,
): void {
  const arm = typed('MotionDeviceType').instantiate({
    browseName: `Arm${number}`,
    componentOf: devices,
    optionals: ['FlangeLoad', 'FlangeLoad.Mass', 'ParameterSet.SpeedOverride', 'ParameterSet.InControl'],
  });
  set(arm, {
    Manufacturer: [DataType.LocalizedText, { text: 'Exemplar Robotics GmbH' }],
    Model: [DataType.LocalizedText, { text: 'XR 10 R1100' }],
    ProductCode: [DataType.String, '000-110-42'],
    SerialNumber: [DataType.String, settings.serial ?? `X${20_417 + number}`],
    MotionDeviceCategory: [DataType.Int32, 1],
    'ParameterSet/SpeedOverride': [DataType.Double, 80],
    'FlangeLoad/Mass': [DataType.Double, 2500],
    'FlangeLoad/Mass/EngineeringUnits': unit('GRM', 'g'),
  });
  for (let index = 1; index <= 6; index += 1) {
    const axis = typed('AxisType').instantiate({
      browseName: `A${index}`,
      componentOf: arm.getComponentByName('Axes') as never,
    });
    set(axis, {
      MotionProfile: [DataType.Int32, 1],
      'ParameterSet/ActualPosition': [DataType.Double, index * 10],
      'ParameterSet/ActualPosition/EngineeringUnits': unit('DD', '°'),
    });
    const train = typed('PowerTrainType').instantiate({
      browseName: `PT${index}`,
      componentOf: arm.getComponentByName('PowerTrains') as never,
    });
    const motor = typed('MotorType').instantiate({ browseName: 'Motor', componentOf: train });
    set(motor, {
      'ParameterSet/MotorTemperature': [DataType.Double, 30 + index],
      'ParameterSet/MotorTemperature/EngineeringUnits': unit('CEL', '°C'),
    });
  }
}

function folderNamed(space: Space, name: string): never {
  const found = space.findNode(`ns=${space.getNamespaceIndex('http://opcfoundation.org/UA/DI/')};i=5001`);
  if (found === null || found.browseName.name !== name) throw new Error(`the nodeset has no ${name}`);
  return found as never;
}

/** EUInformation of a code of UNECE Recommendation 20. */
function unit(code: string, text: string): readonly [DataType, unknown] {
  const unitId = [...code].reduce((total, letter) => total * 256 + letter.charCodeAt(0), 0);
  return [DataType.ExtensionObject, { unitId, text }];
}

interface Node {
  addressSpace: unknown;
  getComponentByName(name: string): unknown;
  getPropertyByName(name: string): unknown;
  getChildByName(name: string): unknown;
}

function set(node: unknown, values: Values): void {
  for (const [path, [dataType, value]] of Object.entries(values)) {
    let found = node as Node;
    for (const name of path.split('/')) {
      const below = found.getChildByName(name) as Node | null;
      if (below === null) throw new Error(`there is no ${path}`);
      found = below;
    }
    const variable = found as unknown as {
      setValueFromSource(value: { dataType: DataType; value: unknown }): void;
      addressSpace: {
        constructExtensionObject(type: unknown, fields: object): unknown;
        findDataType(name: string): unknown;
      };
    };
    if (dataType !== DataType.ExtensionObject) {
      variable.setValueFromSource({ dataType, value });
      continue;
    }
    const { unitId, text } = value as { unitId: number; text: string };
    const information = variable.addressSpace.constructExtensionObject(
      variable.addressSpace.findDataType('EUInformation'),
      { namespaceUri: 'http://www.opcfoundation.org/UA/units/un/cefact', unitId, displayName: { text } },
    );
    variable.setValueFromSource({ dataType, value: information });
  }
}
