/**
 * The questions asked of a Universal Robots dashboard server, and what its answers mean. The same port takes `play`,
 * `load`, `power on` and `unlock protective stop`; only the questions of this list can be asked.
 * Source: Universal Robots, Dashboard Server CB-Series and e-Series, port 29999.
 */
import { Unanswered } from '../../network/connect.ts';
import type { Lines } from '../../network/lines.ts';
import { printable } from '../../printable.ts';

export const questions = [
  'PolyscopeVersion',
  'get robot model',
  'get serial number',
  'robotmode',
  'safetystatus',
  'safetymode',
  'programState',
  'get operational mode',
  'is in remote control',
] as const;
export type Question = (typeof questions)[number];

/** What each answer must look like; what does not is no answer (older software does not know every question). */
const shapes: Record<Question, RegExp> = {
  PolyscopeVersion: /^URSoftware (\d+\.\d+[\w.]*)/,
  'get robot model': /^(UR\d{1,2}\w{0,10})$/,
  'get serial number': /^(?:s\/n: ?)?(\d{6,20})$/i,
  robotmode: /^Robotmode: ([A-Z_]{2,40})$/,
  safetystatus: /^Safetystatus: ([A-Z_0-9]{2,60})$/,
  safetymode: /^Safetymode: ([A-Z_0-9]{2,60})$/,
  programState: /^(STOPPED|PLAYING|PAUSED)\b/,
  'get operational mode': /^(NONE|MANUAL|AUTOMATIC)$/,
  'is in remote control': /^(true|false)$/,
};

export const greeting = /^Connected: Universal Robots Dashboard Server/;

/** Answers by question: what was understood, and the words of what was not. */
export interface Answers {
  understood: Map<Question, { value: string; raw: string }>;
  strange: Map<Question, string>;
}

export const noAnswers = (): Answers => ({ understood: new Map(), strange: new Map() });

export function noteAnswer(answers: Answers, question: Question, reply: string): void {
  const text = reply.trim();
  const value = shapes[question].exec(text)?.[1];
  if (value === undefined) answers.strange.set(question, printable(text, 80));
  else answers.understood.set(question, { value, raw: text });
}

/** Asks every question, one after the other; throws `Unanswered`. What was answered before the end is in `answers`. */
export async function askAll(lines: Lines, where: string, answers: Answers): Promise<void> {
  const hello = await lines.next();
  if (hello === undefined || !greeting.test(hello)) {
    const said = hello === undefined ? 'it closed the connection' : `it said "${printable(hello, 60)}"`;
    throw new Unanswered('nonsense', `${where} is no dashboard server of Universal Robots: ${said}.`);
  }
  for (const question of questions) {
    lines.write(`${question}\n`);
    const reply = await lines.next();
    if (reply === undefined) {
      throw new Unanswered('failed', `${where} closed the connection after "${question}".`);
    }
    noteAnswer(answers, question, reply);
  }
}

/** What a person piped out of the port: answers without their questions, told apart by their shapes. */
export function readTranscript(text: string): Answers {
  const answers = noAnswers();
  for (const line of text.split('\n').slice(0, 1000)) {
    const reply = line.replace(/^[<>]\s*/, '').trim();
    const question = questions.find((entry) => shapes[entry].test(reply));
    if (question !== undefined && !answers.understood.has(question)) noteAnswer(answers, question, reply);
  }
  return answers;
}

export function isTranscript(text: string): boolean {
  return /^(?:<\s*)?Connected: Universal Robots Dashboard Server/m.test(text.slice(0, 4096));
}
