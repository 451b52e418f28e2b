import type {Token} from '../sql/parser.ts';
import type {Replacement} from './mapped-text.ts';

/** Something that a program puts a value for. */
export interface Placeholder {
  /** As the statement writes it: `$1`, `:id`, `%(id)s`, `%s`, `?`, `${id}`. */
  readonly name: string;
  /** Its number as a parameter of the text that is sent. Every `?` and `%s` has one of its own. */
  readonly number: number;
}

interface Found {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the placeholders of the usual drivers. Meant for a text that PostgreSQL's parser refuses as it is: in one that
 * it accepts, `?` is an operator and `:` the colon of a slice.
 * @param tokens of `sql`, by PostgreSQL's scanner, so that nothing in strings and comments counts
 * @returns the placeholders by number, and how to write them as `$1`, `$2`, …
 */
export function numberPlaceholders(
  sql: string,
  tokens: readonly Token[],
): {readonly placeholders: readonly Placeholder[]; readonly replacements: readonly Replacement[]} {
  const found = findPlaceholders(sql, tokens);
  const numbers = new Map<string, number>();
  const placeholders: Placeholder[] = [];
  const numberOf = (name: string): number => {
    const known = name === '?' || name === '%s' ? undefined : numbers.get(name);
    if (known !== undefined) return known;
    const number = placeholders.length + 1;
    numbers.set(name, number);
    placeholders.push({name, number});
    return number;
  };
  // Numbers of the statement's own keep their order, so that values are asked for in it.
  const own = found.flatMap(({name}) => (/^\$\d+$/.test(name) ? [name] : []));
  for (const name of own.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))) numberOf(name);
  const replacements = found.map(({name, start, end}) => ({start, end, text: `$${numberOf(name)}`}));
  return {placeholders, replacements};
}

function findPlaceholders(sql: string, all: readonly Token[]): readonly Found[] {
  const tokens = all.filter(({kind}) => kind !== 'SQL_COMMENT' && kind !== 'C_COMMENT');
  const found: Found[] = [];
  let brackets = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const here = around(sql, tokens, index);
    if (here.text === '[') brackets += 1;
    if (here.text === ']') brackets -= 1;
    const one = placeholderAt(here, brackets > 0);
    if (!one) continue;
    found.push(one.found);
    index += one.tokens - 1;
  }
  return found;
}

interface Surroundings {
  readonly sql: string;
  readonly token: Token;
  readonly text: string;
  readonly before: Token | undefined;
  /** The tokens from this one on. */
  at(ahead: number): Token | undefined;
  /** The text of that token, if it follows the one before it without a blank. */
  joined(ahead: number): string | undefined;
}

function around(sql: string, tokens: readonly Token[], index: number): Surroundings {
  const token = tokens[index] ?? {kind: '', start: 0, end: 0};
  const at = (ahead: number): Token | undefined => tokens[index + ahead];
  return {
    sql,
    token,
    text: sql.slice(token.start, token.end),
    before: tokens[index - 1],
    at,
    joined: ahead => {
      const next = at(ahead);
      return next && next.start === at(ahead - 1)?.end ? sql.slice(next.start, next.end) : undefined;
    },
  };
}

function placeholderAt(
  here: Surroundings,
  inBrackets: boolean,
): {readonly found: Found; readonly tokens: number} | undefined {
  const {token, text} = here;
  if (token.kind === 'PARAM') return taken(here, token.start, 1);
  if (text === ':') return colon(here, inBrackets);
  if (text === '$' && here.joined(1) === '{') return template(here);
  // The scanner takes the operator before it along, as in `id=?`.
  if (text.endsWith('%')) return percent(here);
  if (text.endsWith('?')) return questionMark(here);
  return undefined;
}

function colon(here: Surroundings, inBrackets: boolean): ReturnType<typeof placeholderAt> {
  const next = here.joined(1);
  if (next === undefined || !/^(?:[\p{L}_']|\p{N}+$)/u.test(next)) return undefined;
  return inBrackets && endsOperand(here.before, here.sql) ? undefined : taken(here, here.token.start, 2);
}

function template(here: Surroundings): ReturnType<typeof placeholderAt> {
  for (let ahead = 2; here.at(ahead) !== undefined; ahead += 1) {
    const next = here.at(ahead);
    if (next && here.sql.slice(next.start, next.end) === '}') return taken(here, here.token.start, ahead + 1);
  }
  return undefined;
}

function percent(here: Surroundings): ReturnType<typeof placeholderAt> {
  const start = here.token.end - 1;
  const isOperator = here.text === '%' && endsOperand(here.before, here.sql);
  if (here.joined(1) === 's' && !isOperator) return taken(here, start, 2);
  const isNamed = here.joined(1) === '(' && here.joined(3) === ')' && here.joined(4) === 's';
  return isNamed ? taken(here, start, 5) : undefined;
}

/** Between two operands it is the operator of jsonb. */
function questionMark(here: Surroundings): ReturnType<typeof placeholderAt> {
  const next = here.at(1);
  const isOperator =
    here.text === '?' &&
    endsOperand(here.before, here.sql) &&
    next !== undefined &&
    beginsOperand(next, here.sql);
  return isOperator ? undefined : taken(here, here.token.end - 1, 1);
}

function taken(
  here: Surroundings,
  start: number,
  tokens: number,
): {readonly found: Found; readonly tokens: number} {
  const end = here.at(tokens - 1)?.end ?? here.token.end;
  return {found: {name: here.sql.slice(start, end), start, end}, tokens};
}

const operandKinds = new Set(['IDENT', 'SCONST', 'ICONST', 'FCONST', 'PARAM', 'UNRESERVED_KEYWORD']);

function endsOperand(token: Token | undefined, sql: string): boolean {
  if (token === undefined) return false;
  return operandKinds.has(token.kind) || [')', ']'].includes(sql.slice(token.start, token.end));
}

function beginsOperand(token: Token, sql: string): boolean {
  return operandKinds.has(token.kind) || sql.slice(token.start, token.end) === '(';
}
