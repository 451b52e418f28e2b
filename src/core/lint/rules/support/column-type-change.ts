import {field} from '../../../sql/objects.ts';
import type {Span} from '../../../sql/positions.ts';
import type {Column} from '../../model/schema.ts';
import type {LintStatement} from '../../statement.ts';
import type {Altered} from './altered.ts';
import {newTypeOf} from './using-cast.ts';

/** One ALTER COLUMN … TYPE. */
export interface ColumnTypeChange {
  readonly found: Altered;
  readonly action: Altered['actions'][number];
  readonly name: string;
  /** Undefined where nothing is known of it. */
  readonly column: Column | undefined;
  /** As `format_type` prints it. */
  readonly to: string;
  /** From TYPE to the end of the action. */
  readonly at: Span;
  readonly using: unknown;
  /** Another collation than the type's own. */
  readonly collates: boolean;
}

export function readTypeChange(
  statement: LintStatement,
  found: Altered,
  action: Altered['actions'][number],
): ColumnTypeChange {
  const {column: name, typeName, to} = newTypeOf(action.node);
  const place = statement.at(typeName['location']);
  const type = statement.words.findLast(({start, text}) => start < place && text === 'TYPE');
  const definition = field(action.node['def'], 'ColumnDef');
  return {
    found,
    action,
    name,
    column: found.relation?.columns.get(name),
    to,
    at: {start: type?.start ?? action.start, end: action.end},
    using: definition['raw_default'],
    collates: 'collClause' in definition,
  };
}
