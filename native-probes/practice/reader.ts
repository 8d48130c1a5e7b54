import type { Replayed } from './replayed.ts';

/** One kind of recording: how it is told by its content, and how it is read. */
export interface Reader {
  /** The name for `--as`. */
  source: string;
  what: string;
  knows(text: string): boolean;
  read(text: string): Promise<Replayed[]> | Replayed[];
}
