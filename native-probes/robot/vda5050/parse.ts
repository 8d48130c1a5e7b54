/**
 * Messages of VDA 5050 (1.1, 2.0, 2.1 and 3) to facts. Names moved between the versions (agvClass, mobileRobotClass;
 * batteryState, powerSupply; eStop, activeEmergencyStop): each is read under all of them. Pure: JSON in, sheet out.
 * Source: the recommendation VDA 5050 and its JSON schemas, https://github.com/VDA5050/VDA5050.
 */
import type { Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { at, flagAt, isObject, type Json, listAt, numberAt, textAt } from '../json.ts';

/** The topics a robot speaks on, and what fleet control and others say of it. */
export type MessageKind = 'connection' | 'factsheet' | 'state' | 'other';

export interface Header {
  manufacturer: string;
  serialNumber: string;
  version: string | undefined;
  /** Milliseconds since 1970, where the robot's clock says a time. */
  at: number | undefined;
}

/** The header every message has, or nothing when it is no message of VDA 5050. */
export function readHeader(message: unknown): Header | undefined {
  if (!isObject(message) || numberAt(message, 'headerId') === undefined) return undefined;
  const manufacturer = textAt(message, 'manufacturer');
  const serialNumber = textAt(message, 'serialNumber');
  if (manufacturer === undefined || serialNumber === undefined) return undefined;
  const at = Date.parse(textAt(message, 'timestamp') ?? '');
  return { manufacturer, serialNumber, version: textAt(message, 'version'), at: Number.isNaN(at) ? undefined : at };
}

/** What a message without a topic is, by the fields that its kind must have. */
export function kindOf(message: Json): MessageKind {
  if (Object.hasOwn(message, 'connectionState')) return 'connection';
  if (Object.hasOwn(message, 'typeSpecification')) return 'factsheet';
  if (Object.hasOwn(message, 'operatingMode') && Object.hasOwn(message, 'nodeStates')) return 'state';
  return 'other';
}

/** Puts what a message of this kind says on the sheet. */
export function noteMessage(sheet: Sheet, kind: MessageKind, message: Json): void {
  if (kind === 'connection') sheet.fact('connection-state', textAt(message, 'connectionState'));
  if (kind === 'factsheet') noteFactsheet(sheet, message);
  if (kind === 'state') noteState(sheet, message);
}

function noteFactsheet(sheet: Sheet, factsheet: Json): void {
  const type = at(factsheet, 'typeSpecification');
  const body = at(factsheet, 'physicalParameters');
  sheet.fact('model', textAt(type, 'seriesName'));
  sheet.fact('robot-description', textAt(type, 'seriesDescription'));
  sheet.fact('robot-class', textAt(type, 'agvClass') ?? textAt(type, 'mobileRobotClass'));
  noteNumber(sheet, 'payload-max', type, 'maxLoadMass', 'maximumLoadMass');
  noteNumber(sheet, 'drive-speed-max', body, 'speedMax', 'maximumSpeed');
  noteNumber(sheet, 'height-max', body, 'heightMax', 'maximumHeight');
  noteNumber(sheet, 'width', body, 'width');
  noteNumber(sheet, 'length', body, 'length');
  sheet.fact('controller-software', softwareVersion(factsheet));
}

/** The versions are free keys; the standard's own example calls the one meant here `softwareVersion`. */
function softwareVersion(factsheet: Json): string | undefined {
  for (const part of ['vehicleConfig', 'mobileRobotConfiguration']) {
    for (const version of listAt(factsheet, 100, part, 'versions')) {
      if (/^software/i.test(textAt(version, 'key') ?? '')) return textAt(version, 'value');
    }
  }
  return undefined;
}

function noteState(sheet: Sheet, state: Json): void {
  sheet.fact('operating-mode', textAt(state, 'operatingMode'));
  sheet.fact('moving', flagAt(state, 'driving'));
  sheet.fact('paused', flagAt(state, 'paused'));
  const stop = textAt(state, 'safetyState', 'eStop') ?? textAt(state, 'safetyState', 'activeEmergencyStop');
  if (stop !== undefined) {
    sheet.fact('emergency-stop', stop !== 'NONE', stop);
    sheet.fact('safety-state', stop === 'NONE' ? 'no emergency stop' : `emergency stop (${stop})`, stop);
  }
  sheet.fact('protective-field-violation', flagAt(state, 'safetyState', 'fieldViolation'));
  noteBattery(sheet, at(state, 'batteryState') ?? at(state, 'powerSupply'));
  const errors = at(state, 'errors');
  if (!Array.isArray(errors)) return;
  sheet.fact('error-count', errors.length);
  const kinds = listAt(state, 20, 'errors').map((error) =>
    [textAt(error, 'errorLevel'), textAt(error, 'errorType')].filter(Boolean).join(' '),
  );
  if (kinds.length > 0) sheet.fact('errors', [...new Set(kinds)].join(', '));
}

function noteBattery(sheet: Sheet, battery: unknown): void {
  noteNumber(sheet, 'battery-charge', battery, 'batteryCharge', 'stateOfCharge');
  noteNumber(sheet, 'battery-voltage', battery, 'batteryVoltage');
  noteNumber(sheet, 'battery-health', battery, 'batteryHealth');
  noteNumber(sheet, 'battery-range', battery, 'reach', 'range');
  sheet.fact('charging', flagAt(battery, 'charging'));
}

/** The first of the names that is there. */
function noteNumber(sheet: Sheet, fact: FactName, from: unknown, ...names: string[]): void {
  for (const name of names) {
    const value = numberAt(from, name);
    if (value !== undefined) {
      sheet.fact(fact, value);
      return;
    }
  }
}
