import {field, names, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {Action, LintStatement} from '../../statement.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {columnParts} from './column-clause.ts';

/** A constraint that ALTER TABLE adds: by itself, or with a new column. */
export interface AddedConstraint {
  /** The `Constraint`. */
  readonly node: SyntaxNode;
  /** The whole action, or what is written of it behind the new column. */
  readonly at: Span;
  readonly action: Action;
  /** Of the action in the statement. */
  readonly index: number;
  /** The `ColumnDef` of the new column. */
  readonly column?: SyntaxNode;
  /** It is neither NOT VALID nor NOT ENFORCED. */
  readonly validates: boolean;
}

/** @param types PostgreSQL's names of what is looked for: `CONSTR_CHECK` */
export function addedConstraints(
  statement: LintStatement,
  ...types: readonly string[]
): readonly AddedConstraint[] {
  return statement.actions
    .flatMap((action, index) =>
      action.subtype === 'AT_AddColumn' ? inline(statement, action, index) : standing(action, index),
    )
    .filter(({node}) => types.includes(text(node['contype']) ?? ''));
}

function standing(action: Action, index: number): readonly AddedConstraint[] {
  if (action.subtype !== 'AT_AddConstraint') return [];
  const node = field(action.node['def'], 'Constraint');
  return [{node, at: spanOf(action), action, index, validates: node['skip_validation'] !== true}];
}

/** DEFERRABLE and its like belong to the constraint before them. */
function inline(statement: LintStatement, action: Action, index: number): readonly AddedConstraint[] {
  const column = field(action.node['def'], 'ColumnDef');
  const parts = columnParts(statement, action);
  return parts.flatMap((part, place) => {
    if (isAttribute(part.node)) return [];
    const next = parts.findIndex((other, at) => at > place && !isAttribute(other.node));
    const own = parts.slice(place, next < 0 ? parts.length : next);
    const validates = own.every(({node}) => node['contype'] !== 'CONSTR_ATTR_NOT_ENFORCED');
    const at = {start: part.start, end: own.at(-1)?.end ?? part.end};
    return [{node: part.node, at, action, index, column, validates}];
  });
}

function isAttribute(node: SyntaxNode): boolean {
  return (text(node['contype']) ?? '').startsWith('CONSTR_ATTR_');
}

function spanOf({start, end}: Span): Span {
  return {start, end};
}

/** @returns an ADD CONSTRAINT's clause with a name, without its ADD; of a column's constraint the same for the table */
export function namedClause(
  {sql, ...statement}: Pick<LintStatement, 'sql' | 'at'>,
  {node, at}: Pick<AddedConstraint, 'node' | 'at'>,
  name: string,
): string {
  const start = statement.at(node['location']);
  const given = text(node['conname']) === undefined ? `CONSTRAINT ${quoteWhereNeeded(name)} ` : '';
  return given + sql.slice(start, at.end);
}

/** @returns the columns that a constraint is about, as far as it lists them */
export function columnsOf({node, column}: Pick<AddedConstraint, 'node' | 'column'>): readonly string[] {
  const own = text(column?.['colname']);
  return own === undefined ? [...names(node['keys']), ...names(node['fk_attrs'])] : [own];
}

/** @returns whether a column gets a value in the rows that are there: only then is there anything to look at */
export function hasDefault(statement: LintStatement, {action}: Pick<AddedConstraint, 'action'>): boolean {
  return columnParts(statement, action).some(({node}) => {
    switch (node['contype']) {
      case 'CONSTR_DEFAULT':
        return field(field(node, 'raw_expr'), 'A_Const')['isnull'] !== true;
      case 'CONSTR_IDENTITY':
      case 'CONSTR_GENERATED':
        return true;
      default:
        return false;
    }
  });
}
