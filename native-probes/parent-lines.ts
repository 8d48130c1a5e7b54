/**
 * Lines from whoever started this process: over standard input, or over the port that Electron gives to its utility
 * processes, which have no standard input.
 */

/** https://www.electronjs.org/docs/latest/api/parent-port */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
}

/**
 * Calls back for each line of at most `maxLength` characters. `onEnd` is called when nobody is there any more, or when a
 * line is longer; a utility process ends with its parent by itself.
 */
export function linesFromParent(onLine: (line: string) => void, onEnd: () => void, maxLength: number): void {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined) {
    parentPort.on('message', ({ data }) => (String(data).length > maxLength ? onEnd() : onLine(String(data))));
    return;
  }
  let rest = '';
  process.stdin
    .setEncoding('utf8')
    .on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > maxLength) onEnd();
    })
    .on('end', onEnd)
    .on('error', onEnd);
}
