import {field, list, text} from '../../../sql/objects.ts';
import type {PlacedStatement} from '../../file.ts';

/** @returns what SET gave a parameter last, where that is a constant */
export function literalOf(statements: readonly PlacedStatement[], parameter: string): string | undefined {
  const last = statements.findLast(
    ({statement: {kind, node}}) =>
      kind === 'VariableSetStmt' && text(node['name'])?.toLowerCase() === parameter,
  );
  const [value] = list(last?.statement.node['args']);
  const constant = field(value, 'A_Const');
  return (
    text(field(constant, 'sval')['sval']) ??
    text(field(field(field(value, 'TypeCast'), 'arg'), 'A_Const')['sval'])
  );
}
