import {field, list} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {Action, LintStatement} from '../../statement.ts';

/** A constraint (or default, or generation) of a column that ALTER TABLE adds, with its clause. */
export interface ColumnPart extends Span {
  readonly node: SyntaxNode;
}

/**
 * @param action ADD COLUMN
 * @returns what is written behind the column's type, each from its first word up to the next one. A clause that begins
 * with `CONSTRAINT name` begins there
 */
export function columnParts(statement: LintStatement, action: Action): readonly ColumnPart[] {
  const column = field(action.node['def'], 'ColumnDef');
  const constraints = list(column['constraints']).map(each => field(each, 'Constraint'));
  const collation = field(column, 'collClause');
  const starts = [...constraints, ...('location' in collation ? [collation] : [])]
    .map(({location}) => statement.at(location))
    .toSorted((a, b) => a - b);
  return constraints.map(node => {
    const start = statement.at(node['location']);
    const next = starts.find(other => other > start) ?? action.end;
    return {node, start, end: lastWordBefore(statement, next)};
  });
}

/** @returns where the last word before an offset ends */
export function lastWordBefore({words}: LintStatement, offset: number): number {
  return words.findLast(({end}) => end <= offset)?.end ?? offset;
}

/** @returns the text of an ADD COLUMN's column without some of its parts: name, type, and what is left */
export function columnWithout(statement: LintStatement, action: Action, parts: readonly Span[]): string {
  const column = statement.at(field(action.node['def'], 'ColumnDef')['location']);
  let text = '';
  let at = column;
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    text += statement.sql.slice(at, part.start);
    at = part.end;
  }
  return (text + statement.sql.slice(at, action.end)).replaceAll(/\s+/g, ' ').trim();
}
