import {field, text, type QualifiedName} from '../../../sql/objects.ts';
import type {Relation} from '../../model/schema.ts';
import type {Situation} from '../../rule.ts';
import type {Action} from '../../statement.ts';
import {relationNamed} from './relation-names.ts';

/** An ALTER TABLE of a table that holds rows and that others may be using. */
export interface Altered {
  readonly table: QualifiedName;
  /** Undefined where nothing is known of it. */
  readonly relation: Relation | undefined;
  readonly actions: readonly (Action & {readonly index: number})[];
}

/**
 * @param subtypes PostgreSQL's names of the actions that are asked for
 * @returns nothing for a table that is new, temporary, empty, small or foreign, and for other objects
 */
export function altered(situation: Situation, subtypes: readonly string[]): Altered | undefined {
  const found = alteredAtAll(situation, subtypes);
  return found && !situation.isHarmless(found.table) ? found : undefined;
}

/** As `altered`, of small tables as well: for what does not depend on their size. */
export function alteredAtAll(situation: Situation, subtypes: readonly string[]): Altered | undefined {
  const {statement, before} = situation;
  const table = relationNamed(statement);
  if (!table || statement.node['objtype'] !== 'OBJECT_TABLE') return undefined;
  const relation = before.relation(table);
  if (relation?.kind === 'foreign table') return undefined;
  const actions = statement.actions
    .map((action, index) => ({...action, index}))
    .filter(({subtype}) => subtypes.includes(subtype))
    .filter(action => !isThere(action, relation));
  return actions.length > 0 ? {table, relation, actions} : undefined;
}

/** ADD COLUMN IF NOT EXISTS of a column that the table has does nothing. */
function isThere({subtype, node}: Action, relation: Relation | undefined): boolean {
  const name = text(field(node['def'], 'ColumnDef')['colname']);
  return (
    subtype === 'AT_AddColumn' && node['missing_ok'] === true && relation?.columns.has(name ?? '') === true
  );
}
