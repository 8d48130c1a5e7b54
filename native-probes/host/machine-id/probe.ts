/**
 * The name of this installation of the operating system (/etc/machine-id), hashed for this application. It names an
 * installation, not hardware: cloned disks share it, reinstalling changes it.
 */
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { readKernelFile } from '../../kernel-file.ts';
import { openSheet } from '../../sheet.ts';
import { deriveMachineId } from './derive.ts';

export const machineIdProbe: Probe = {
  id: 'host-machine-id',
  subject: 'host',
  what: 'the installation of the operating system, hashed for this application',
  limitMs: 5_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  const path = `${context.root}/etc/machine-id`;
  const answer = await readKernelFile(path, 256);
  if (answer.state === 'absent') {
    return { outcome: 'absent', sentence: 'This system has no /etc/machine-id.', devices: [], problems: [] };
  }
  if (answer.state === 'denied') {
    return { outcome: 'denied', sentence: 'This user may not read /etc/machine-id.', devices: [], problems: [] };
  }
  const derived = answer.state === 'read' ? deriveMachineId(answer.text) : undefined;
  if (derived === undefined) {
    return {
      outcome: 'failed',
      sentence: '/etc/machine-id holds no machine id: run systemd-machine-id-setup to make one.',
      devices: [],
      problems: [],
    };
  }
  const sheet = openSheet('host', 'host', 'host');
  sheet.identify('machine-id', derived);
  return { outcome: 'present', devices: [sheet.read('this installation')], problems: [] };
}
