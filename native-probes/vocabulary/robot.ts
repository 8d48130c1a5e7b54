/** Facts of robots: arms, vehicles and what else moves. */
import { count, flag, joules, type Meaning, percent, quantity, text } from './meaning.ts';

const seconds = (what: string) => quantity(what, 's', 0, 1e10);
const kilograms = (what: string) => quantity(what, 'kg', 0, 1e6);
const metres = (what: string) => quantity(what, 'm', 0, 1e6);
const volts = (what: string) => quantity(what, 'V', 0, 1e5);

export const robotFacts = {
  'product-code': text("the maker's order number of this kind of device"),
  'robot-class': text('what kind of robot it is, as the source spells it'),
  'robot-description': text('what the maker says of this series'),
  'protocol-version': text('version of the protocol it speaks'),
  'connection-state': text('whether the robot is connected, as it or its broker last said'),
  'controller-maker': text('who made the controller'),
  'controller-model': text('model of the controller'),
  'controller-serial': text('serial number of the controller'),
  'controller-software': text('version of the software of the controller'),
  'controller-software-name': text('what software the controller runs'),
  axes: count('joints or axes that move'),
  payload: kilograms('mass the controller is told it carries now'),
  'payload-max': kilograms('highest mass it may carry'),
  mass: kilograms('mass of its parts, as its description has them'),
  length: metres('length'),
  width: metres('width'),
  'height-max': metres('height at its highest'),
  'drive-speed': quantity('speed it drives at now', 'm/s', -1000, 1000),
  'drive-speed-max': quantity('highest speed it drives at', 'm/s', 0, 1000),
  'speed-scaling': percent('speed of its program now, of what the program asks for'),
  'operating-time': seconds('time it was switched on in its life'),
  uptime: seconds('time since its controller was started'),
  'energy-consumed': joules('energy it used'),
  'robot-mode': text('what state its controller is in'),
  'operating-mode': text('manual, automatic or another way it is run'),
  'program-state': text('whether a program runs'),
  'remote-control': flag('takes commands from the network'),
  'safety-state': text('state of its safety system'),
  'emergency-stop': flag('an emergency stop is active'),
  'protective-stop': flag('a protective stop is active'),
  'protective-field-violation': flag('something is in its protective field'),
  moving: flag('drives or turns now'),
  paused: flag('paused by a person or a command'),
  'error-count': count('errors it reports now'),
  errors: text('kinds of the errors it reports now'),
  'supply-voltage': volts('voltage of the supply of the robot'),
  charging: flag('its battery is being charged'),
  'battery-charge': percent('charge of the battery'),
  'battery-health': percent('health of the battery'),
  'battery-voltage': volts('voltage of the battery'),
  'battery-range': metres('how far it gets with its charge'),
  'kinematics-hash': text('hash of the calibration of its kinematics'),
  'ros-distribution': text('ROS distribution'),
  'ros-nodes': count('ROS nodes that run'),
  'ros-topics': count('ROS topics there are'),
} as const satisfies Record<string, Meaning>;

/** Fields of one joint of a robot: `joint.elbow_joint.speed-max`. */
export const jointFacts = {
  position: quantity('angle now', 'rad', -1e4, 1e4),
  'position-min': quantity('lowest angle', 'rad', -1e4, 1e4),
  'position-max': quantity('highest angle', 'rad', -1e4, 1e4),
  'speed-max': quantity('highest speed', 'rad/s', 0, 1e4),
  'effort-max': quantity('highest torque', 'N.m', 0, 1e6),
  distance: metres('distance from the joint before it'),
  temperature: quantity('temperature of its motor', 'Cel', -100, 300),
} as const satisfies Record<string, Meaning>;
