/** Every text of the page that does not come from the domain, in French. */
import type { Texts } from './english.ts';
import { desk } from './french/desk.ts';
import { frame } from './french/frame.ts';
import { stages } from './french/stages.ts';

export const french: Texts = { ...frame, ...stages, ...desk };
