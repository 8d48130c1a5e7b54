import type { Replayed } from './replayed.ts';

/** One kind of recording: how it is told by its content, and how it is read. */
export interface Reader {
  /** The name for `--as`. */
  source: string;
  what: string;
  /** Its recordings hold bytes as they came: one that is no UTF-8 is read as Latin-1. */
  anyEncoding?: true;
  knows(text: string): boolean;
  read(text: string): Promise<Replayed[]> | Replayed[];
}
