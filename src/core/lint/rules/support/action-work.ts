import {field, list, names, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Relation, SchemaModel} from '../../model/schema.ts';
import type {Action} from '../../statement.ts';
import {isNotNull} from './not-null.ts';
import {rebuiltIndexes} from './touched-by-type.ts';
import {changeThrough} from './type-change.ts';
import {castsOf, newTypeOf} from './using-cast.ts';
import {volatilityOf} from './volatility.ts';

/** What a statement does while it holds its lock, as far as it takes the longer the larger the table is. */
export type Work = 'none' | 'scan' | 'build' | 'rewrite';

/** @returns what an action of ALTER TABLE does to the rows that are there; where that is not certain, nothing */
export function workOf({subtype, node}: Action, relation: Relation | undefined, model: SchemaModel): Work {
  const name = text(node['name']) ?? '';
  switch (subtype) {
    case 'AT_AddColumn':
      return ofColumn(field(node['def'], 'ColumnDef'), model);
    case 'AT_AddConstraint':
      return ofConstraint(field(node['def'], 'Constraint'));
    case 'AT_SetNotNull':
      return isNotNull(relation, name) ? 'none' : 'scan';
    case 'AT_ValidateConstraint':
      return relation?.constraints.get(name)?.valid === true ? 'none' : 'scan';
    case 'AT_AlterColumnType':
      return ofType(node, relation, model);
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetTableSpace':
    case 'AT_SetAccessMethod':
      return 'rewrite';
    case 'AT_AttachPartition':
      return 'scan';
    default:
      return 'none';
  }
}

function ofConstraint(constraint: SyntaxNode): Work {
  if (constraint['skip_validation'] === true || constraint['is_enforced'] === false) return 'none';
  switch (constraint['contype']) {
    case 'CONSTR_CHECK':
    case 'CONSTR_FOREIGN':
    case 'CONSTR_NOTNULL':
      return 'scan';
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
    case 'CONSTR_EXCLUSION':
      return constraint['indexname'] === undefined ? 'build' : 'none';
    default:
      return 'none';
  }
}

/** A foreign key of a new column without a default is not looked at: there is nothing to look up. */
function ofColumn(column: SyntaxNode, model: SchemaModel): Work {
  const constraints = list(column['constraints']).map(each => field(each, 'Constraint'));
  const all = constraints.map(each => ofInline(each, model));
  const type = names(field(column, 'typeName')['names']).at(-1) ?? '';
  if (all.includes('rewrite') || /^(?:small|big)?serial[248]?$/.test(type)) return 'rewrite';
  return all.find(work => work !== 'none') ?? 'none';
}

function ofInline(constraint: SyntaxNode, model: SchemaModel): Work {
  switch (constraint['contype']) {
    case 'CONSTR_IDENTITY':
      return 'rewrite';
    case 'CONSTR_GENERATED':
      return constraint['generated_kind'] === 'v' ? 'none' : 'rewrite';
    case 'CONSTR_DEFAULT':
      return volatilityOf(constraint['raw_expr'], model).kind === 'volatile' ? 'rewrite' : 'none';
    case 'CONSTR_CHECK':
      return 'scan';
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return 'build';
    default:
      return 'none';
  }
}

function ofType(node: SyntaxNode, relation: Relation | undefined, model: SchemaModel): Work {
  const {column, to} = newTypeOf(node);
  const casts = castsOf(field(node['def'], 'ColumnDef')['raw_default'], column);
  const from = relation?.columns.get(column)?.type ?? '';
  const change = casts ? changeThrough([from, ...casts, to], model) : 'rewrite';
  const otherClass = change === 'indexes' || change === 'time-zone';
  if (change === 'rewrite') return 'rewrite';
  if (change === 'unknown') return 'none';
  return rebuiltIndexes(relation, column, otherClass).length > 0 ? 'build' : 'none';
}
