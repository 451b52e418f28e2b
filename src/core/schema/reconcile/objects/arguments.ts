/** An argument of a routine, as `pg_get_function_arguments` writes it. */
interface Argument {
  readonly mode: 'IN' | 'OUT' | 'INOUT' | 'VARIADIC' | 'TABLE';
  readonly name?: string;
  readonly type: string;
  readonly default?: string;
}

/** @param text - `a integer, OUT b text, VARIADIC rest integer[] DEFAULT '{}'::integer[]` */
export function argumentsOf(text: string): readonly Argument[] {
  return splitList(text).map(part => {
    const [, declared = '', value] = /^(.*?)(?: DEFAULT (.*))?$/s.exec(part) ?? [];
    const [, mode, rest = ''] = /^(IN|OUT|INOUT|VARIADIC|TABLE)? ?(.*)$/s.exec(declared) ?? [];
    const [, name, type = ''] = nameAndType(rest);
    return {
      mode: isMode(mode) ? mode : 'IN',
      ...(name === undefined ? {} : {name}),
      type,
      ...(value === undefined ? {} : {default: value}),
    };
  });
}

function isMode(word: string | undefined): word is Argument['mode'] {
  return word !== undefined && word !== '';
}

/** A type of several words has no name before it when it begins with one of these. */
const typeWords =
  /^(double precision|character varying|bit varying|time(stamp)? with(out)? time zone|timestamp\b|time\b|interval )/;

function nameAndType(text: string): readonly (string | undefined)[] {
  if (typeWords.test(text)) return [text, undefined, text];
  return /^(?:("(?:[^"]|"")*"|[^\s".(]+) )?(.+)$/s.exec(text) ?? [];
}

/** @returns the parts between commas that are in no parentheses, brackets or quotes. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const {0: token, index} of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()[\],]/g)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}
