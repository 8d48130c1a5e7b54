/**
 * What a file of a recording is, told by its content: the first reader that knows it reads it. A reader says only what
 * the recording says; what it does not say stays unknown.
 */
import { gpuReaders } from './gpu-readers.ts';
import { hostReaders } from './host-readers.ts';
import { powerReaders } from './power-readers.ts';
import type { Reader } from './reader.ts';
import { robotReaders } from './robot-readers.ts';

export const readers: readonly Reader[] = [...gpuReaders, ...hostReaders, ...powerReaders, ...robotReaders];
