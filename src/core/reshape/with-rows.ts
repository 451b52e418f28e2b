import type {SchemaSnapshot} from '../schema/objects.ts';
import type {ReconcilingStatement} from '../schema/reconciliation.ts';
import {rowStatements, type DatabaseRows} from './rows.ts';

/**
 * Puts rows between the statements that make a schema of nothing: behind the tables, in the order in which these are made,
 * so that what they refer to is there; and before what would act on them or hold them to each other. Triggers and rules
 * have done their work already, where the rows come from.
 * @param now milliseconds since 1970
 */
export function withRows(
  statements: readonly ReconcilingStatement[],
  {objects}: SchemaSnapshot,
  {tables, sequences}: DatabaseRows,
  now: number,
): readonly ReconcilingStatement[] {
  const actsOnRows = (key: string): boolean => {
    const object = objects.get(key);
    return (
      object?.kind === 'trigger' ||
      object?.kind === 'rule' ||
      (object?.kind === 'constraint' && object.attributes.type === 'foreign key')
    );
  };
  const isLate = ({about}: ReconcilingStatement): boolean => about.length > 0 && about.every(actsOnRows);
  const made = new Map(
    statements.flatMap(({about}, place) => about.map(key => [key, place] as const)).toReversed(),
  );
  const placeOf = (table: string): number => made.get(`table ${table}`) ?? statements.length;
  const inOrder = tables.toSorted((one, other) => placeOf(one.table) - placeOf(other.table));
  const rows = rowStatements({tables: inOrder, sequences}, now).map((sql): ReconcilingStatement => ({
    sql: sql.replace(/;$/, ''),
    transaction: 'inside',
    about: [],
  }));
  return [...statements.filter(each => !isLate(each)), ...rows, ...statements.filter(isLate)];
}
