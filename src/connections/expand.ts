/** How variables in a text are replaced. */
export interface Expansion {
  readonly lookup: (name: string) => string | undefined;
  /**
   * `compose`: a variable that nothing defines is blank, and `$$` is a dollar sign.
   * `dotenv`: it is kept as it stands, because a password may hold dollar signs; `\$` is a dollar sign.
   */
  readonly rules: 'compose' | 'dotenv';
}

/**
 * Replaces `$NAME`, `${NAME}`, and the forms with a default, an alternative or a demand.
 * Source: https://docs.docker.com/reference/compose-file/interpolation/
 *
 * @example expand('${PORT:-5432}', {lookup: () => undefined, rules: 'compose'}) // 5432
 */
export function expand(text: string, expansion: Expansion): string {
  let result = '';
  let rest = text;
  while (rest !== '') {
    const dollar = rest.indexOf('$');
    if (dollar < 0) return result + rest;
    const escaped = expansion.rules === 'dotenv' && rest[dollar - 1] === '\\';
    result += rest.slice(0, escaped ? dollar - 1 : dollar);
    const variable = escaped ? {value: '$', length: 1} : readVariable(rest.slice(dollar), expansion);
    result += variable.value;
    rest = rest.slice(dollar + variable.length);
  }
  return result;
}

interface Replacement {
  readonly value: string;
  /** How many characters of the text it replaces. */
  readonly length: number;
}

/** @param text begins with a dollar sign */
function readVariable(text: string, expansion: Expansion): Replacement {
  if (expansion.rules === 'compose' && text.startsWith('$$')) return {value: '$', length: 2};
  const plain = /^\$([a-z_]\w*)/i.exec(text);
  if (plain?.[1]) {
    const value = expansion.lookup(plain[1]) ?? (expansion.rules === 'compose' ? '' : plain[0]);
    return {value, length: plain[0].length};
  }
  const end = closingBrace(text);
  const inner = end < 0 ? undefined : /^([a-z_]\w*)(?:(:?[-?+])(.*))?$/is.exec(text.slice(2, end));
  if (!inner?.[1]) return {value: '$', length: 1};
  const whole = text.slice(0, end + 1);
  return {value: substitute(whole, inner[1], inner[2], inner[3] ?? '', expansion), length: whole.length};
}

function substitute(
  whole: string,
  name: string,
  operator: string | undefined,
  word: string,
  expansion: Expansion,
): string {
  const value = expansion.lookup(name);
  const isSet = value !== undefined && !(operator?.startsWith(':') && value === '');
  if (operator?.endsWith('+')) return isSet ? expand(word, expansion) : '';
  if (isSet) return value;
  if (operator?.endsWith('-')) return expand(word, expansion);
  return expansion.rules === 'compose' ? '' : whole;
}

/** @returns where the `}` is that closes the `${` at the beginning, or -1; defaults may hold variables. */
function closingBrace(text: string): number {
  if (!text.startsWith('${')) return -1;
  let depth = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
