import type {Direction} from '../../migrations/migration.ts';
import type {Passage} from '../file.ts';
import {argumentsOf, looksLikeSql, textExpression} from './arguments.ts';
import {callAt} from './call.ts';
import {constantNamed} from './constants.ts';
import {javascriptTokens} from './javascript-tokens.ts';
import type {ProgramToken} from './program.ts';
import {passageOf} from './segments.ts';

const methods = /^(?:sql|raw|query|runSql|execute|executeRaw|\$executeRawUnsafe|\$executeRaw|unsafe)$/;

/**
 * @param transaction whether a direction runs in one
 * @returns the SQL that a migration in JavaScript or TypeScript sends, in the order in which it is written
 */
export function javascriptPassages(
  text: string,
  {transaction}: {readonly transaction: (direction: Direction) => boolean},
): readonly Passage[] {
  const tokens = javascriptTokens(text);
  let direction: Direction = 'up';
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'name') return [];
    direction = directionAt(tokens, index) ?? direction;
    const value = methods.test(token.text) ? valueAt(tokens, index) : undefined;
    const expression = value && textExpression(text, value);
    if (!expression || !looksLikeSql(expression.segments.map(({sql}) => sql).join(''))) return [];
    const isInPlace = value[0] === tokens[index + 1] || value[0] === tokens[index + 2];
    const call = isInPlace && expression.write && callAt(tokens, index, '');
    const passage = passageOf(
      expression.segments,
      {placeholders: ['template', 'brace', 'colon', 'question']},
      {
        direction,
        sent: 'query',
        ...(transaction(direction) && {block: 1}),
        ...(call && expression.write && {call: {...call, write: expression.write}}),
      },
    );
    return passage ? [passage] : [];
  });
}

/** The text of `f('…')`, of `` f`…` `` and of `f(name)`. */
function valueAt(tokens: readonly ProgramToken[], method: number): readonly ProgramToken[] | undefined {
  const next = tokens[method + 1];
  if (next?.kind === 'string' && next.text.startsWith('`')) return [next];
  if (next?.text !== '(') return undefined;
  const [argument] = argumentsOf(tokens, method + 1);
  if (!argument || argument.some(({kind}) => kind === 'string')) return argument;
  const [name] = argument;
  return argument.length === 1 && name ? constantNamed(tokens, name.text, method) : undefined;
}

/** `exports.up =`, `export function up(`, `async up(`, `const up =`, `up:`. */
function directionAt(tokens: readonly ProgramToken[], index: number): Direction | undefined {
  const name = tokens[index]?.text;
  if (name !== 'up' && name !== 'down') return undefined;
  const next = tokens[index + 1]?.text ?? '';
  const before = tokens[index - 1];
  const isMember = before?.text === '.' && tokens[index - 2]?.text !== 'exports';
  const isCall = next === '(' && before?.text !== 'function' && !declares(tokens, index + 1);
  return isMember || isCall || !['(', '=', ':'].includes(next) ? undefined : name;
}

/** A method has a body behind its parameters, also behind the type of its result. */
function declares(tokens: readonly ProgramToken[], open: number): boolean {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const text = tokens[index]?.text ?? '';
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return ['{', ':'].includes(tokens[index + 1]?.text ?? '');
  }
  return false;
}
