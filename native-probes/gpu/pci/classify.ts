/**
 * Which functions on the bus are accelerators. A management controller's screen or a virtual machine's emulated card is
 * display hardware: nobody rents it, so it is named and left out.
 */

export type PciRole = 'gpu' | 'accelerator' | 'display' | 'other';

/** Display hardware that is no accelerator: vendor, or vendor:device, and what it is. */
const displays: Record<string, string> = {
  '1a03': 'the ASPEED graphics of a management controller',
  '102b': 'the Matrox graphics of a management controller',
  '19e5:1711': 'the Hisilicon graphics of a management controller',
  '18ca': 'the XGI graphics of a management controller',
  '1013': 'an emulated Cirrus card',
  '1b36': 'an emulated QXL card',
  '1af4:1050': 'an emulated virtio card',
  '1234': 'an emulated Bochs card',
  '15ad': 'an emulated VMware card',
  '80ee': 'an emulated VirtualBox card',
  '1414': 'an emulated Hyper-V card',
  '1ab8': 'an emulated Parallels card',
  '1d0f:1111': 'an emulated card of Amazon EC2',
};

/** Accelerators that carry a class code of something else. */
const unlisted: Record<string, string> = {
  '1ac1:089a': 'Coral Edge TPU',
  '1d0f:7064': 'AWS Inferentia',
  '1d0f:7164': 'AWS Trainium',
  '1d0f:7264': 'AWS Inferentia2',
  '1d0f:7364': 'AWS Trainium2',
};

export interface PciFunction {
  address: string;
  /** Six hexadecimal digits: class, subclass, programming interface. */
  classCode: string;
  id: string;
}

/** What a function is; `what` names it where it is display hardware. */
export function classifyPci(device: PciFunction): { role: PciRole; what?: string; integrated?: boolean } {
  const kind = device.classCode.slice(0, 4);
  const vendor = device.id.slice(0, 4);
  const known = unlisted[device.id];
  if (known) return { role: 'accelerator', what: known };
  if (kind === '1200') return { role: 'accelerator' };
  if (kind !== '0300' && kind !== '0302' && kind !== '0380') return { role: 'other' };
  const display = displays[device.id] ?? displays[vendor];
  if (display) return { role: 'display', what: display };
  // Intel's processor graphics sit at 00:02.0 on every platform; its cards sit behind a bridge.
  if (vendor === '8086' && /:00:02\.0$/.test(device.address)) return { role: 'gpu', integrated: true };
  return { role: 'gpu' };
}
