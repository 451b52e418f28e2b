/** Why a line's variables cannot be replaced; `refused` is what goose itself refuses. */
export interface VariableProblem {
  readonly kind: 'undefined' | 'required' | 'refused';
  /** The variable, or what cannot be read. */
  readonly name: string;
}

/** @returns the value of a variable */
export type Lookup = (name: string) => string | undefined;

/**
 * Replaces variables as goose does between ENVSUB ON and OFF: `$NAME` and `${NAME}`, `${NAME:-word}` for one that is not
 * set or empty, `${NAME-word}` for one that is not set, `${NAME?word}`, `${NAME:2}` and `${NAME:2:3}`. Words have variables
 * of their own. `$$` and a dollar behind a backslash stand for a dollar; `$(` and two backslashes stay.
 * Source: https://github.com/mfridman/interpolate#supported-expansions
 * @param report called for a variable that nothing defines, where the tool puts nothing, and for what it refuses
 */
export function replaceVariables(
  line: string,
  lookup: Lookup,
  report: (problem: VariableProblem) => void,
): string {
  if (!line.includes('$')) return line;
  const reader: Reader = {text: line, at: 0, lookup, report};
  const replaced = expression(reader, '');
  return reader.refused ? line : replaced;
}

interface Reader {
  readonly text: string;
  at: number;
  refused?: true;
  lookup: Lookup;
  report: (problem: VariableProblem) => void;
}

const kept = ['\\\\', '$('];
const dollars = [String.raw`\$`, '$$'];

/** @param end the character that ends it; empty for the end of the text */
function expression(reader: Reader, end: string): string {
  const parts: string[] = [];
  const {text} = reader;
  const goesOn = (): boolean => {
    const character = text[reader.at];
    return character !== undefined && character !== end && reader.refused !== true;
  };
  while (goesOn()) {
    const two = text.slice(reader.at, reader.at + 2);
    if (kept.includes(two) || dollars.includes(two)) {
      parts.push(dollars.includes(two) ? '$' : two);
      reader.at += 2;
    } else if (two.startsWith('$') && two.length > 1) {
      parts.push(expansion(reader));
    } else {
      parts.push(text[reader.at] ?? '');
      reader.at += 1;
    }
  }
  return parts.join('');
}

function expansion(reader: Reader): string {
  const start = reader.at;
  const braced = reader.text[start + 1] === '{';
  reader.at += braced ? 2 : 1;
  const name = next(reader, /\p{L}[\p{L}\p{N}_]*/uy);
  if (name === '') return refuse(reader, start);
  if (!braced) return valueOf(reader, name);
  const operator = next(reader, /:-|[:?}-]/y);
  const value = operate(reader, name, operator);
  if (operator !== '}' && next(reader, /\}/y) === '') return refuse(reader, start);
  return value ?? refuse(reader, start);
}

/** @returns nothing for an operator that goose does not know */
function operate(reader: Reader, name: string, operator: string): string | undefined {
  const value = reader.lookup(name);
  switch (operator) {
    case '}':
      return valueOf(reader, name);
    case ':-':
    case '-': {
      const lacks = value === undefined || (operator === ':-' && value === '');
      const word = lacks ? expression(reader, '}') : quietly(reader, () => expression(reader, '}'));
      return lacks ? word : value;
    }
    case '?':
      quietly(reader, () => expression(reader, '}'));
      if (value === undefined) reader.report({kind: 'required', name});
      return value ?? '';
    case ':':
      return partOf(reader, name);
    default:
      return undefined;
  }
}

/** A length beyond the end is the rest. The tool counts bytes, which are characters here: alike in ASCII. */
function partOf(reader: Reader, name: string): string | undefined {
  const [, from, length] = /^\s*([+-]?\d+)\s*(?::\s*(\d+)\s*)?$/.exec(next(reader, /[^}]*/y)) ?? [];
  if (from === undefined) return undefined;
  const value = valueOf(reader, name);
  const begin = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
  return value.slice(begin, length === undefined ? undefined : begin + Number(length));
}

function valueOf({lookup, report}: Reader, name: string): string {
  const value = lookup(name);
  if (value === undefined) report({kind: 'undefined', name});
  return value ?? '';
}

/** What is not put in lacks nothing. */
function quietly(reader: Reader, read: () => string): string {
  const {report} = reader;
  reader.report = () => {};
  const text = read();
  reader.report = report;
  return text;
}

function refuse(reader: Reader, start: number): string {
  if (!reader.refused)
    reader.report({kind: 'refused', name: reader.text.slice(start, Math.max(reader.at, start + 2))});
  reader.refused = true;
  return '';
}

function next(reader: Reader, shape: RegExp): string {
  shape.lastIndex = reader.at;
  const [found = ''] = shape.exec(reader.text) ?? [];
  reader.at += found.length;
  return found;
}
