import type {Direction} from '../../migrations/migration.ts';
import type {Passage} from '../file.ts';
import {argumentsOf, looksLikeSql, textExpression} from './arguments.ts';
import {callAt} from './call.ts';
import {constantNamed} from './constants.ts';
import {columnOf, type ProgramToken} from './program.ts';
import {pythonTokens} from './python-tokens.ts';
import {passageOf} from './segments.ts';

const methods = /^(?:execute|exec_driver_sql|executescript|scalar|scalars|execute_sql)$/;

interface State {
  readonly text: string;
  readonly tokens: readonly ProgramToken[];
  /** Undefined outside of any function: a migration of Django, whose operations tell. */
  direction: Direction;
  /** Goes up where a transaction ends. */
  block: number;
  /** The column of `with op.get_context().autocommit_block():`, while inside of it. */
  autocommit?: number;
}

/**
 * @param transaction false where the program says that it runs outside of one
 * @returns the SQL that a migration in Python sends, in the order in which it is written
 */
export function pythonPassages(
  text: string,
  {transaction}: {readonly transaction: boolean},
): readonly Passage[] {
  const tokens = pythonTokens(text);
  const state: State = {text, tokens, direction: 'up', block: 1};
  return tokens.flatMap((token, index) => {
    if (token.beginsLine) beginLine(state, token, index);
    if (token.kind !== 'name' || tokens[index + 1]?.text !== '(') return [];
    const sending = transaction && state.autocommit === undefined ? {block: state.block} : {};
    if (token.text === 'RunSQL') return runSql(state, index, sending);
    if (!methods.test(token.text) || tokens[index - 1]?.text !== '.') return [];
    const [argument] = argumentsOf(tokens, index + 1);
    return argument ? sent(state, {path: index, argument, direction: state.direction, sending}) : [];
  });
}

function beginLine(state: State, token: ProgramToken, index: number): void {
  const column = columnOf(state.text, token);
  if (state.autocommit !== undefined && column <= state.autocommit) {
    delete state.autocommit;
    // What ran before the block was committed by it.
    state.block += 1;
  }
  const line = lineFrom(state.tokens, index);
  if (token.text === 'with' && line.includes('autocommit_block')) state.autocommit = column;
  if (column === 0 && token.text === 'def')
    state.direction = /down|revert|reverse|rollback|undo/i.test(line[1] ?? '') ? 'down' : 'up';
}

function lineFrom(tokens: readonly ProgramToken[], start: number): readonly string[] {
  let end = start + 1;
  while (tokens[end]?.beginsLine === false) end += 1;
  return tokens.slice(start, end).map(({text}) => text);
}

interface Sent {
  /** Of the method's name. */
  readonly path: number;
  readonly argument: readonly ProgramToken[];
  readonly direction: Direction;
  readonly sending: Pick<Passage, 'block'>;
  /** An operation in a list, not a statement. */
  readonly isOperation?: boolean;
}

function sent(
  {text, tokens}: State,
  {path, argument, direction, sending, isOperation}: Sent,
): readonly Passage[] {
  const value = argument.some(({kind}) => kind === 'string')
    ? argument
    : constantNamed(tokens, nameIn(argument) ?? '', path);
  const expression = value && textExpression(text, value);
  if (!expression || !looksLikeSql(expression.segments.map(({sql}) => sql).join(''))) return [];
  const call = value === argument && expression.write && callAt(tokens, path, isOperation ? ',' : '');
  const passage = passageOf(
    expression.segments,
    {placeholders: ['template', 'colon', ...expression.formatted]},
    {
      ...sending,
      direction,
      sent: 'query',
      ...(call && expression.write && {call: {...call, write: expression.write}}),
    },
  );
  return passage ? [passage] : [];
}

/** `SQL`, `text(SQL)`, `sa.text(SQL)`. */
function nameIn(argument: readonly ProgramToken[]): string | undefined {
  return argument.findLast(({kind}) => kind === 'name')?.text;
}

/** Django's operation: forwards, backwards, and lists of both. */
function runSql(state: State, index: number, sending: Pick<Passage, 'block'>): readonly Passage[] {
  const all = argumentsOf(state.tokens, index + 1);
  const named = (name: string): readonly ProgramToken[] | undefined =>
    all.find(([first, equals]) => first?.text === name && equals?.text === '=')?.slice(2);
  const placed = all.filter(([, equals]) => equals?.text !== '=');
  const parts: readonly (readonly [Direction, readonly ProgramToken[] | undefined])[] = [
    ['up', named('sql') ?? placed[0]],
    ['down', named('reverse_sql') ?? placed[1]],
  ];
  return parts.flatMap(([direction, argument]) =>
    (argument ? elementsOf(argument) : []).flatMap(element =>
      sent(state, {path: index, argument: element, direction, sending, isOperation: all.length === 1}),
    ),
  );
}

function elementsOf(argument: readonly ProgramToken[]): readonly (readonly ProgramToken[])[] {
  return argument[0]?.text === '[' ? argumentsOf(argument, 0) : [argument];
}
