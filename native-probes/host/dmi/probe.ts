/**
 * The machine's own description of itself (SMBIOS), as the kernel lays it out in /sys/class/dmi/id. Serial numbers and
 * the UUID are readable by root only; without root they are reported as denied.
 */
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { type KernelText, readKernelFile } from '../../kernel-file.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet } from '../../sheet.ts';
import { type DmiField, dmiFields, makersOf, noteDmiField } from './parse.ts';

export const dmiProbe: Probe = {
  id: 'host-dmi',
  subject: 'host',
  what: 'maker, model, serial numbers and firmware of this machine (SMBIOS)',
  limitMs: 5_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  const folder = `${context.root}/sys/class/dmi/id`;
  const answers = await Promise.all(
    dmiFields.map(async (field) => ({ field, answer: await readKernelFile(`${folder}/${field.file}`) })),
  );
  return describeDmi(answers);
}

/** The answer for what reading each file came to. */
export function describeDmi(answers: readonly { field: DmiField; answer: KernelText }[]): ProbeAnswer {
  if (answers.every(({ answer }) => answer.state === 'absent')) {
    return {
      outcome: 'absent',
      sentence:
        'This machine has no SMBIOS tables (common in small virtual machines and on ARM boards), so it has no maker, model or serial number.',
      devices: [],
      problems: [],
    };
  }
  const sheet = openSheet('host', 'host', 'host');
  const makers = makersOf((file) => {
    const answer = answers.find(({ field }) => field.file === file)?.answer;
    return answer?.state === 'read' ? answer.text : undefined;
  });
  const denied: string[] = [];
  let model = '';
  for (const { field, answer } of answers) {
    if (answer.state === 'denied') denied.push(field.file);
    if (answer.state === 'failed') {
      sheet.problem('absent', `${field.file} could not be read (${answer.reason}).`, field.fact);
    }
    if (answer.state !== 'read') continue;
    noteDmiField(sheet, field, answer.text, makers);
    if (field.file === 'product_name' && !isPlaceholder(answer.text)) model = answer.text;
  }
  for (const file of denied) {
    const field = dmiFields.find((entry) => entry.file === file);
    sheet.problem('denied', `${file} is readable by root only: run this once as root to have it.`, field?.fact);
  }
  return {
    outcome: 'present',
    devices: [sheet.read([makers.system ?? '', model].join(' ').trim() || 'this machine')],
    problems: [],
  };
}
