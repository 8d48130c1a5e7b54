/**
 * What a motion device system of OPC UA Robotics says of its robots: one device for each motion device, with the facts of
 * its controller and of its safety states. Pure: a tree in, sheets out.
 * Source: OPC 40010-1, OPC UA for Robotics, Part 1: Vertical integration.
 */
import type { DeviceReading, Problem } from '../../contract.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { identifyRobot, robotName } from '../identity.ts';
import { factorTo, secondsOf } from './values.ts';
import type { UaNode, Walked } from './walk.ts';

/** MotionDeviceCategoryEnumeration and OperationalModeEnumeration. */
const classes = [
  'other',
  'articulated robot',
  'SCARA robot',
  'Cartesian robot',
  'spherical robot',
  'parallel robot',
  'cylindrical robot',
];
const modes = ['other', 'manual, reduced speed', 'manual, high speed', 'automatic', 'automatic, external'];
/** AxisMotionProfileEnumeration: those that turn have angles. */
const rotary = new Set([1, 2]);

export function describeSystems(
  { systems, cut }: Walked,
  locatorOf: (part: string) => string,
): { devices: DeviceReading[]; problems: Problem[] } {
  const devices = systems.flatMap((system) =>
    partsOf(system, 'MotionDevices').map((device) =>
      describe(system, device, locatorOf(`${system.name}/${device.name}`)),
    ),
  );
  const problems: Problem[] = [];
  for (const system of systems) {
    if (partsOf(system, 'MotionDevices').length > 0) continue;
    problems.push({ code: 'absent', sentence: `The motion device system ${system.name} has no motion device.` });
  }
  if (cut) problems.push({ code: 'nonsense', sentence: 'The server has more nodes below its robots than are read.' });
  return { devices, problems };
}

function describe(system: UaNode, device: UaNode, locator: string): DeviceReading {
  const sheet = openSheet('robot', locator, 'firmware');
  const names = {
    maker: text(device, 'Manufacturer'),
    model: text(device, 'Model'),
    productCode: text(device, 'ProductCode'),
    serial: text(device, 'SerialNumber'),
  };
  sheet.fact('maker', names.maker);
  sheet.fact('model', names.model);
  sheet.fact('product-code', names.productCode);
  sheet.fact('serial', names.serial);
  const category = number(device, 'MotionDeviceCategory');
  if (category !== undefined) sheet.fact('robot-class', classes[category] ?? `category ${category}`, String(category));
  sheet.fact('speed-scaling', number(device, 'ParameterSet', 'SpeedOverride'));
  noteQuantity(sheet, 'payload', 'kg', child(device, 'FlangeLoad', 'Mass'));
  noteAxes(sheet, device);
  noteSafety(sheet, partsOf(system, 'SafetyStates'));
  noteController(sheet, system, device);
  identifyRobot(sheet, names);
  return sheet.read(robotName(names, device.name || 'a motion device'));
}

function noteAxes(sheet: Sheet, device: UaNode): void {
  const axes = partsOf(device, 'Axes');
  if (child(device, 'Axes') !== undefined) sheet.fact('axes', axes.length);
  for (const axis of axes.slice(0, 100)) {
    if (!rotary.has(number(axis, 'MotionProfile') ?? -1)) continue;
    const position = converted(sheet, 'rad', child(axis, 'ParameterSet', 'ActualPosition'), 'joint position');
    if (position !== undefined) sheet.part('joint', axis.name, 'position', position.value, position.raw);
  }
  for (const train of partsOf(device, 'PowerTrains').slice(0, 100)) {
    const motor = train.children.find((part) => child(part, 'ParameterSet', 'MotorTemperature') !== undefined);
    const warmth = converted(sheet, 'Cel', child(motor, 'ParameterSet', 'MotorTemperature'), 'motor temperature');
    if (warmth !== undefined) sheet.part('joint', train.name, 'temperature', warmth.value, warmth.raw);
  }
}

/** Several safety states guard one system: a stop in any of them is one. */
function noteSafety(sheet: Sheet, states: readonly UaNode[]): void {
  const flags = (name: string) =>
    states.map((state) => flag(state, 'ParameterSet', name)).filter((is) => is !== undefined);
  const [emergency, protective] = [flags('EmergencyStop'), flags('ProtectiveStop')];
  if (emergency.length > 0) sheet.fact('emergency-stop', emergency.includes(true));
  if (protective.length > 0) sheet.fact('protective-stop', protective.includes(true));
  if (emergency.length > 0 || protective.length > 0) {
    const state = emergency.includes(true)
      ? 'emergency stop'
      : protective.includes(true)
        ? 'protective stop'
        : 'no stop';
    sheet.fact('safety-state', state);
  }
  const mode = states.map((state) => number(state, 'ParameterSet', 'OperationalMode')).find((is) => is !== undefined);
  if (mode !== undefined) sheet.fact('operating-mode', modes[mode] ?? `mode ${mode}`, String(mode));
}

function noteController(sheet: Sheet, system: UaNode, device: UaNode): void {
  const controllers = partsOf(system, 'Controllers');
  const mine = controllers.filter((controller) => controller.children.some(({ name }) => name === device.name));
  const [controller, ...others] = mine.length > 0 ? mine : controllers;
  if (controller === undefined) return;
  if (others.length > 0) {
    const names = [controller, ...others].map(({ name }) => printable(name, 40)).join(', ');
    sheet.problem('absent', `Nothing says which of the controllers ${names} moves this robot, so none is described.`);
    return;
  }
  sheet.fact('controller-maker', text(controller, 'Manufacturer'));
  sheet.fact('controller-model', text(controller, 'Model'));
  sheet.fact('controller-serial', text(controller, 'SerialNumber'));
  const software = partsOf(controller, 'Software');
  const revisions = software.map((part) => text(part, 'SoftwareRevision')).filter((is) => is !== undefined);
  if (revisions.length > 0) sheet.fact('controller-software', revisions.slice(0, 5).join(', '));
  const products = software.map((part) => text(part, 'Model')).filter((is) => is !== undefined);
  if (products.length > 0) sheet.fact('controller-software-name', products.slice(0, 5).join(', '));
  const duration = text(controller, 'ParameterSet', 'TotalPowerOnTime');
  if (duration !== undefined) {
    const seconds = secondsOf(duration);
    if (seconds !== undefined) sheet.fact('operating-time', seconds, duration);
    else {
      const said = printable(duration, 40);
      sheet.problem(
        'parse',
        `Its operating time is "${said}", which is no number of hours: left out.`,
        'operating-time',
        duration,
      );
    }
  }
  noteQuantity(sheet, 'energy-consumed', 'J', child(controller, 'ParameterSet', 'TotalEnergyConsumption'));
  noteQuantity(sheet, 'supply-voltage', 'V', child(controller, 'ParameterSet', 'InputVoltage'));
  noteQuantity(sheet, 'temperature-inside', 'Cel', child(controller, 'ParameterSet', 'Temperature'));
  const loaded = partsOf(controller, 'TaskControls').map((task) => flag(task, 'ParameterSet', 'TaskProgramLoaded'));
  if (loaded.some((is) => is !== undefined)) {
    sheet.fact('program-state', loaded.includes(true) ? 'a program is loaded' : 'no program is loaded');
  }
}

function noteQuantity(sheet: Sheet, fact: FactName, unit: string, variable: UaNode | undefined): void {
  const quantity = converted(sheet, unit, variable, fact);
  if (quantity !== undefined) sheet.fact(fact, quantity.value, quantity.raw);
}

/** The value in our unit. A number whose unit the server does not say is no figure. */
function converted(
  sheet: Sheet,
  unit: string,
  variable: UaNode | undefined,
  what: string,
): { value: number; raw: string } | undefined {
  if (typeof variable?.value !== 'number') return undefined;
  const said = child(variable, 'EngineeringUnits')?.value;
  const factor = typeof said === 'object' ? factorTo(unit, said) : undefined;
  if (factor !== undefined) {
    const raw = `${variable.value} ${typeof said === 'object' ? said.text : ''}`.trim();
    return { value: factor === 1 ? variable.value : Number((variable.value * factor).toPrecision(12)), raw };
  }
  const named = typeof said === 'object' ? `in "${printable(said.text, 20)}"` : 'without a unit';
  sheet.problem('parse', `${what} is reported ${named}, which says nothing of it: left out.`, what);
  return undefined;
}

function child(node: UaNode | undefined, ...path: string[]): UaNode | undefined {
  let found = node;
  for (const name of path) found = found?.children.find((entry) => entry.name === name);
  return found;
}

/** The parts in a folder; a variable beside them (a count, a name) is none. */
function partsOf(node: UaNode, folder: string): UaNode[] {
  return (child(node, folder)?.children ?? []).filter(
    ({ value, children }) => value === undefined && children.length > 0,
  );
}

function text(node: UaNode, ...path: string[]): string | undefined {
  const value = child(node, ...path)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function number(node: UaNode, ...path: string[]): number | undefined {
  const value = child(node, ...path)?.value;
  return typeof value === 'number' ? value : undefined;
}

function flag(node: UaNode, ...path: string[]): boolean | undefined {
  const value = child(node, ...path)?.value;
  return typeof value === 'boolean' ? value : undefined;
}
