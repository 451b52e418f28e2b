import {field, list} from '../../sql/objects.ts';
import type {Statement} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import type {Action, Word} from '../statement.ts';

/**
 * The syntax tree says of an ALTER's actions what they are and not where: they stand behind the name, one comma outside
 * of parentheses and brackets between two of them.
 */
export function actionsOf(
  {kind, node}: Pick<Statement, 'kind' | 'node'>,
  words: readonly Word[],
  nameAt: (location: unknown) => Span,
): readonly Action[] {
  if (kind !== 'AlterTableStmt') return [];
  const commands = list(node['cmds']).map(each => field(each, 'AlterTableCmd'));
  const name = nameAt(field(node, 'relation')['location']);
  const clauses = clausesBehind(words, name.end);
  return commands.map((command, index) => ({
    ...(clauses[Math.min(index, clauses.length - 1)] ?? name),
    subtype: typeof command['subtype'] === 'string' ? command['subtype'] : '',
    node: command,
  }));
}

/** Between the name and the first action there may be the parenthesis of `ONLY (t)` and the asterisk of `t *`. */
function clausesBehind(words: readonly Word[], end: number): readonly Span[] {
  const first = words.findIndex(({start, text}) => start >= end && text !== ')' && text !== '*');
  if (first < 0) return [];
  const clauses: Span[] = [];
  let depth = 0;
  let start: number | undefined;
  let last = end;
  for (const word of words.slice(first)) {
    if (word.text === ',' && depth === 0 && start !== undefined) {
      clauses.push({start, end: last});
      start = undefined;
      continue;
    }
    if (word.text === '(' || word.text === '[') depth += 1;
    if (word.text === ')' || word.text === ']') depth -= 1;
    start ??= word.start;
    last = word.end;
  }
  return start === undefined ? clauses : [...clauses, {start, end: last}];
}
