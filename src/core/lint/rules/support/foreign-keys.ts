import {field, list, names, relationOf, text, type QualifiedName} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {Situation} from '../../rule.ts';
import type {LintStatement} from '../../statement.ts';
import {primaryKey} from './primary-key.ts';

/** A foreign key as CREATE TABLE or ALTER TABLE writes it. */
export interface ForeignKey {
  readonly columns: readonly string[];
  readonly other: QualifiedName;
  /** Columns that it names of the other table; empty for the primary key's. */
  readonly otherColumns: readonly string[];
  /** `FOREIGN KEY (a, b)`, or `REFERENCES other` behind a column. */
  readonly at: Span;
  /** The `Constraint`. */
  readonly node: SyntaxNode;
  /** The `ColumnDef` that it stands behind. */
  readonly column?: SyntaxNode;
}

export function foreignKeysOf(statement: LintStatement): readonly ForeignKey[] {
  const elements =
    statement.kind === 'CreateStmt'
      ? list(statement.node['tableElts'])
      : statement.actions
          .filter(({subtype}) => subtype === 'AT_AddColumn' || subtype === 'AT_AddConstraint')
          .map(({node}) => field(node, 'def'));
  return elements.flatMap(element => {
    const column = field(element, 'ColumnDef');
    return 'colname' in column
      ? list(column['constraints']).flatMap(each => keyOf(statement, field(each, 'Constraint'), column))
      : keyOf(statement, field(element, 'Constraint'));
  });
}

function keyOf(statement: LintStatement, node: SyntaxNode, column?: SyntaxNode): readonly ForeignKey[] {
  const other = relationOf(node['pktable']);
  if (node['contype'] !== 'CONSTR_FOREIGN' || !other) return [];
  const own = text(column?.['colname']);
  return [
    {
      columns: own === undefined ? names(node['fk_attrs']) : [own],
      other,
      otherColumns: names(node['pk_attrs']),
      at: placeOf(statement, node, column === undefined ? 'FOREIGN KEY' : 'REFERENCES'),
      node,
      ...(column ? {column} : {}),
    },
  ];
}

function placeOf(statement: LintStatement, node: SyntaxNode, phrase: 'FOREIGN KEY' | 'REFERENCES'): Span {
  const from = {start: statement.at(node['location']), end: statement.whole.end};
  const start = statement.find(phrase, from)?.start ?? from.start;
  const references = statement.nameAt(field(node, 'pktable')['location']);
  if (phrase === 'REFERENCES') return {start, end: references.end};
  const closing = statement.words.findLast(({end, text}) => text === ')' && end <= references.start);
  return {start, end: closing?.end ?? references.end};
}

/** @returns the columns of the other table that the key's columns refer to, where that is known */
export function referredColumns(
  {other, otherColumns}: ForeignKey,
  model: Situation['before'],
): readonly string[] {
  return otherColumns.length > 0 ? otherColumns : primaryKey(model.relation(other));
}
