/** Comma-separated values (RFC 4180): records with the line each starts on. */

export interface CsvRecord {
  line: number;
  fields: string[];
}

/** Empty lines are left out. A quote that is never closed takes in the rest of the text. */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let record: CsvRecord = { line, fields: [] };
  let field = '';
  let quoted = false;
  const endRecord = () => {
    record.fields.push(field.trim());
    if (record.fields.some((entry) => entry !== '')) records.push(record);
    field = '';
    record = { line: line + 1, fields: [] };
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted && letter === '"' && text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (quoted) {
      if (letter === '"') quoted = false;
      else field += letter;
    } else if (letter === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (letter === ',') {
      record.fields.push(field.trim());
      field = '';
    } else if (letter === '\n') {
      endRecord();
    } else if (letter !== '\r') {
      field += letter;
    }
    if (letter === '\n') line += 1;
  }
  endRecord();
  return records;
}
