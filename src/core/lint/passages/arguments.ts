import type {Call} from '../file.ts';
import type {PlaceholderKind} from './placeholders.ts';
import {closingOf, type ProgramToken, type Segment} from './program.ts';
import {expressionHole, segmentsOf} from './segments.ts';

/** An expression that is text, as far as it can be read without running the program. */
export interface TextExpression {
  readonly segments: readonly Segment[];
  /** What else the program puts values in for, by `%` or `.format()`. */
  readonly formatted: readonly PlaceholderKind[];
  /** How the only string of it is written; undefined where there are several. */
  readonly write?: Call['write'];
}

/** Functions that give their argument back, as far as SQL is concerned. */
const wrappers = /^(?:text|DDL|dedent|textwrap|sa|sqlalchemy|sql|SQL|psycopg2?|trim|strip|Prisma|raw|knex)$/;

/**
 * @param tokens of the expression
 * @returns nothing where it has no string
 */
export function textExpression(text: string, tokens: readonly ProgramToken[]): TextExpression | undefined {
  const segments: Segment[] = [];
  const strings: (ProgramToken & {readonly kind: 'string'})[] = [];
  const last = tokens.slice(0, formatOf(tokens)).findLastIndex(({kind}) => kind === 'string');
  if (last < 0) return undefined;
  for (let index = 0; index <= last;) {
    const token = tokens[index];
    if (token?.kind === 'string') {
      segments.push(...segmentsOf(text, token.literal));
      strings.push(token);
      index += 1;
      continue;
    }
    const next = tokens.findIndex(({kind}, at) => at > index && kind === 'string');
    segments.push(...betweenOf(text, tokens.slice(index, next)));
    index = next;
  }
  const behind = tokens.slice(last + 1);
  const formatted = formatsOf(behind);
  if (formatted.length === 0) segments.push(...betweenOf(text, behind));
  const [only] = strings;
  return {segments, formatted, ...(strings.length === 1 && only && {write: sql => only.literal.write(sql)})};
}

/** @returns where `%` or `.format` stands behind a string, and the values begin; else the number of tokens */
function formatOf(tokens: readonly ProgramToken[]): number {
  const found = tokens.findIndex(
    ({text}, index) =>
      (text === '%' && isTextBefore(tokens, index)) ||
      (text === 'format' && tokens[index - 1]?.text === '.' && isTextBefore(tokens, index - 1)),
  );
  return found < 0 ? tokens.length : found;
}

/** A string, or several in brackets. */
function isTextBefore(tokens: readonly ProgramToken[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'string' || (before?.text === ')' && tokens[index - 2]?.kind === 'string');
}

/** What the program puts between two strings. */
function betweenOf(text: string, tokens: readonly ProgramToken[]): readonly Segment[] {
  const values = tokens.filter(token => token.kind === 'name' && !wrappers.test(token.text));
  const first = values[0];
  const last = values.at(-1);
  return first && last && tokens.some(({text: mark}) => mark === '+')
    ? [expressionHole(text, first.start, last.end)]
    : [];
}

function formatsOf(behind: readonly ProgramToken[]): readonly PlaceholderKind[] {
  const words = behind.map(({text}) => text);
  if (words.includes('format')) return ['brace'];
  return words.includes('%') ? ['percent'] : [];
}

/** @returns the arguments of a call whose bracket opens at an index, each with its tokens */
export function argumentsOf(
  tokens: readonly ProgramToken[],
  open: number,
): readonly (readonly ProgramToken[])[] {
  const close = closingOf(tokens, open);
  const found: ProgramToken[][] = [[]];
  for (let index = open + 1; index < close; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const isBracket = token.kind === 'mark' && '([{'.includes(token.text);
    const end = isBracket ? closingOf(tokens, index) : index;
    if (token.kind === 'mark' && token.text === ',') found.push([]);
    else found.at(-1)?.push(...tokens.slice(index, end + 1));
    index = end;
  }
  return found.filter(argument => argument.length > 0);
}

const commands =
  /^(?:alter|analyze|begin|call|checkpoint|cluster|comment|commit|copy|create|deallocate|delete|discard|do|drop|end|execute|explain|grant|import|insert|listen|load|lock|merge|notify|prepare|reassign|refresh|reindex|release|reset|revoke|rollback|savepoint|security|select|set|show|start|table|truncate|update|vacuum|values|with)\b/i;

/** Whether a string of a program is more than a value or a condition. */
export function looksLikeSql(sql: string): boolean {
  return commands.test(sql.replace(/^(?:\s+|--[^\n]*\n|\/\*[^]*?\*\/|\()*/, ''));
}
