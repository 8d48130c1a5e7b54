/** What a person reads in the published descriptions; typed from the files, angles turned from degrees by hand. */

export interface Expected {
  name: string;
  facts: Record<string, number | string>;
  absent: string[];
}

const degrees360 = 6.283185307179586;
const degrees180 = Math.PI;
const degrees120 = 2.0943951023931953;
const described = 'a described robot';

export const descriptions: Record<string, Expected> = {
  'ur5e-joint_limits.yaml': {
    name: 'Universal Robots UR5e',
    facts: {
      maker: 'Universal Robots',
      model: 'UR5e',
      axes: 6,
      'joint.shoulder_pan_joint.position-min': -degrees360,
      'joint.shoulder_pan_joint.speed-max': degrees180,
      'joint.shoulder_pan_joint.effort-max': 150,
      'joint.elbow_joint.position-max': degrees180,
      'joint.wrist_3_joint.effort-max': 28,
    },
    absent: ['serial', 'mass', 'payload', 'payload-max'],
  },
  'ur10e-joint_limits.yaml': {
    name: 'Universal Robots UR10e',
    facts: {
      model: 'UR10e',
      axes: 6,
      'joint.shoulder_pan_joint.effort-max': 330,
      'joint.shoulder_pan_joint.speed-max': degrees120,
      'joint.elbow_joint.speed-max': degrees180,
      'joint.wrist_1_joint.effort-max': 54,
    },
    absent: ['serial'],
  },
  'ur20-joint_limits.yaml': {
    name: 'Universal Robots UR20',
    facts: {
      model: 'UR20',
      axes: 6,
      'joint.shoulder_lift_joint.effort-max': 738,
      'joint.elbow_joint.effort-max': 433,
      'joint.elbow_joint.speed-max': 2.6179938779914944,
      'joint.wrist_2_joint.speed-max': 3.6651914291880923,
    },
    absent: ['serial'],
  },
  'ur5e-physical_parameters.yaml': { name: described, facts: { mass: 21.7 }, absent: ['axes', 'model'] },
  'ur10e-physical_parameters.yaml': { name: described, facts: { mass: 33.104 }, absent: ['axes', 'model'] },
  'ur20-physical_parameters.yaml': { name: described, facts: { mass: 64.96 }, absent: ['axes', 'model'] },
  'ur5e-default_kinematics.yaml': {
    name: described,
    facts: {
      axes: 6,
      'kinematics-hash': 'calib_12788084448423163542',
      'joint.shoulder.distance': 0.1625,
      'joint.forearm.distance': 0.425,
      'joint.wrist_1.distance': 0.414233907,
    },
    absent: ['model', 'mass'],
  },
  'ur10e-default_kinematics.yaml': {
    name: described,
    facts: {
      axes: 6,
      'kinematics-hash': 'calib_5119701370761913513',
      'joint.shoulder.distance': 0.1807,
      'joint.forearm.distance': 0.6127,
      'joint.wrist_1.distance': 0.597492782,
      'joint.wrist_2.distance': 0.11985,
    },
    absent: ['model', 'mass'],
  },
  'ur20-default_kinematics.yaml': {
    name: described,
    facts: {
      axes: 6,
      'kinematics-hash': 'calib_4890363623803256388',
      'joint.forearm.distance': 0.862,
      'joint.wrist_1.distance': 0.75591315,
      'joint.wrist_3.distance': 0.1543,
    },
    absent: ['model', 'mass'],
  },
  'franka-fr3-joint_limits.yaml': {
    name: described,
    facts: {
      axes: 7,
      'joint.joint1.position-min': -2.7437,
      'joint.joint4.position-max': -0.1518,
      'joint.joint5.speed-max': 5.26,
      'joint.joint6.position-min': 0.5445,
      'joint.joint7.effort-max': 12,
    },
    absent: ['maker', 'mass'],
  },
  'franka-fr3-dynamics.yaml': { name: described, facts: { axes: 7 }, absent: ['mass', 'joint.joint1.effort-max'] },
  'franka-fr3-inertials.yaml': { name: described, facts: { mass: 17.8914010262 }, absent: ['axes'] },
  'franka-fr3-kinematics.yaml': {
    name: described,
    facts: {
      'joint.joint1.distance': 0.333,
      'joint.joint2.distance': 0,
      'joint.joint3.distance': 0.316,
      'joint.joint5.distance': 0.392762333,
      'joint.joint8.distance': 0.107,
    },
    // The file has eight places, the last of them the flange: nothing in it says which of them move.
    absent: ['axes', 'mass'],
  },
  'franka-fr3.urdf': {
    name: 'fr3',
    facts: {
      model: 'fr3',
      axes: 7,
      mass: 17.8914010262,
      'joint.fr3_joint2.position-min': -1.7837,
      'joint.fr3_joint4.position-max': -0.1518,
      'joint.fr3_joint6.speed-max': 4.18,
      'joint.fr3_joint7.effort-max': 12,
    },
    absent: ['maker', 'joint.fr3_joint8.speed-max'],
  },
};
