/** Text in columns: cut, padded and wrapped by what it takes on a terminal. */

/** Characters that take two columns (East Asian wide, emoji), as far as device names use them. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** At most `width` columns, the last one an ellipsis where something was cut. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let taken = '';
  for (const character of text) {
    if (widthOf(taken + character) > width - 1) break;
    taken += character;
  }
  return `${taken.trimEnd()}…`;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Lines of at most `width` columns; words longer than a line are broken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    while (widthOf(rest) > width) {
      if (line !== '') lines.push(line);
      line = '';
      const piece = [...rest].slice(0, width).join('');
      lines.push(piece);
      rest = rest.slice(piece.length);
    }
    const longer = line === '' ? rest : `${line} ${rest}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = rest;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
