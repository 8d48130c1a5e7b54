/**
 * Every text of the page that does not come from the domain, in English. Another language is another such object: the
 * compiler holds it to this one's shape.
 */
import { desk } from './english/desk.ts';
import { frame } from './english/frame.ts';
import { stages } from './english/stages.ts';

export const english = { ...frame, ...stages, ...desk };

/** What every language has. */
export type Texts = typeof english;
