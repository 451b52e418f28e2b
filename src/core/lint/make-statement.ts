import {commandOf} from '../explain/gate/refusal.ts';
import {nextToken} from '../explain/syntax-tree.ts';
import {afterBlank} from '../sql/blank.ts';
import type {Statement} from '../sql/parser.ts';
import type {Span} from '../sql/positions.ts';
import {actionsOf} from './engine/actions.ts';
import {byteOffsets} from './engine/byte-offsets.ts';
import {findPhrase, placesOf, wordsIn} from './engine/words.ts';
import type {LintStatement} from './statement.ts';

/** Longer than any command's name with the words between. */
const longestCommand = 300;

/**
 * What rules see of a statement. Words, actions and offsets are looked for when somebody asks for them.
 * @param sql the text that was parsed
 */
export function makeStatement(sql: string, {kind, node, start, end}: Statement): LintStatement {
  const text = sql.slice(start, end);
  const whole: Span = {start: 0, end: text.length};
  const offsets = once(() => byteOffsets(sql));
  const words = once(() => wordsIn(text));
  const places = once(() => placesOf(words()));
  const at = (location: unknown): number =>
    typeof location === 'number' && location > 0
      ? Math.min(Math.max(offsets()(location) - start, 0), text.length)
      : 0;
  const nameAt = (location: unknown): Span => nameFrom(text, at(location));
  const actions = once(() => actionsOf({kind, node}, words(), nameAt));
  const command = once(() => commandIn(text, {kind, node}));
  return {
    kind,
    node,
    sql: text,
    whole,
    get command() {
      return command();
    },
    get words() {
      return words();
    },
    get actions() {
      return actions();
    },
    at,
    nameAt,
    find: (phrase, within = whole) => findPhrase(words(), places(), phrase, within),
  };
}

function commandIn(text: string, {kind, node}: Pick<Statement, 'kind' | 'node'>): string {
  if (kind === 'IndexStmt' && node['unique'] === true) return 'CREATE UNIQUE INDEX';
  return commandOf({kind, node, start: 0, end: Math.min(text.length, longestCommand)}, text);
}

function nameFrom(text: string, start: number): Span {
  let {end} = nextToken(text, start);
  for (
    let dot = afterBlank(text, end);
    text[dot] === '.' && text[dot + 1] !== '.';
    dot = afterBlank(text, end)
  )
    ({end} = nextToken(text, dot + 1));
  return {start, end};
}

function once<T>(make: () => T): () => T {
  let made: {readonly value: T} | undefined;
  return () => (made ??= {value: make()}).value;
}
