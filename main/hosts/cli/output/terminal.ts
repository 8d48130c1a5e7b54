/** Words on a terminal: colours only where there is one, and no text of a device ever reaches it unescaped. */

export interface Terminal {
  /** Progress and remarks; standard error. */
  say(line: string): void;
  /** The answer; standard output. */
  print(text: string): void;
  readonly colours: boolean;
  /** Columns that are there to write in; 80 where the answer goes to a file. */
  readonly columns: number;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof codes;

export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  return {
    colours: process.stderr.isTTY === true && process.stdout.isTTY === true && environment.NO_COLOR === undefined,
    columns: Math.max(60, Math.min(process.stdout.columns ?? 80, 160)),
    say: (line) => void process.stderr.write(`${line}\n`),
    print: (text) => void process.stdout.write(`${text}\n`),
  };
}

export function styled(terminal: Terminal, style: Style, text: string): string {
  return terminal.colours ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/** Control characters and the marks that turn text around (Unicode bidi) as visible escapes. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}
