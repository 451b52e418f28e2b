import {field, list} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {LintStatement} from '../statement.ts';
import {clauseText, wordsFrom, type Applying} from './applying.ts';
import type {ConstraintClause} from './parts.ts';
import type {TableConstraint} from './table.ts';

/** @returns a constraint's definition as ADD CONSTRAINT takes it behind the name; for spreading into it */
export function definitionIn(
  {statement}: Applying,
  {node, column}: ConstraintClause,
): {readonly definition?: string} {
  const start = statement.at(node['location']);
  const [first, second] = wordsFrom(statement, start);
  if (!first || node['indexname'] !== undefined) return {};
  const from = first.text === 'CONSTRAINT' && second ? second.end : first.start;
  if (column === undefined) return {definition: clauseText(statement, from)};
  const written = clauseText(statement, from, others(statement, node));
  const columns = `(${quoteWhereNeeded(column)})`;
  switch (node['contype']) {
    case 'CONSTR_FOREIGN':
      return {definition: `FOREIGN KEY ${columns} ${written}`};
    case 'CONSTR_CHECK':
      return {definition: written};
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return {
        definition: written.replace(
          /^(?:PRIMARY\s+KEY|UNIQUE(?:\s+NULLS(?:\s+NOT)?\s+DISTINCT)?)/i,
          `$& ${columns}`,
        ),
      };
    default:
      return {};
  }
}

/** @returns where the constraints of the same column begin, but not what belongs to this one: DEFERRABLE and its like */
function others(statement: LintStatement, constraint: SyntaxNode): readonly number[] {
  const {node} = statement;
  const own = statement.at(constraint['location']);
  const columns = [
    ...list(node['tableElts']).map(each => field(each, 'ColumnDef')),
    ...list(node['cmds']).map(each => field(field(field(each, 'AlterTableCmd'), 'def'), 'ColumnDef')),
  ];
  return columns
    .flatMap(column => list(column['constraints']))
    .map(each => field(each, 'Constraint'))
    .filter(({contype}) => typeof contype === 'string' && !contype.startsWith('CONSTR_ATTR_'))
    .map(each => statement.at(each['location']))
    .filter(start => start > own);
}

/** What it says is not true any more once something that it names has another name. */
export function withoutDefinition({
  definition: _definition,
  ...rest
}: TableConstraint): Omit<TableConstraint, 'definition'> {
  return rest;
}
