import type {ForeignKeyRow} from '../../../core/health/parts/indexes.ts';
import type {Vocabulary} from './keys.ts';
import type {RawForeignKey, RawTable} from './raw.ts';

const actions: Readonly<Record<string, ForeignKeyRow['onDelete']>> = {
  a: 'no-action',
  r: 'restrict',
  c: 'cascade',
  n: 'set-null',
  d: 'set-default',
};

/** @returns the row; nothing for a key of a table that is not read, such as a temporary one */
export function toForeignKey(
  raw: RawForeignKey,
  tables: ReadonlyMap<number, RawTable>,
  {columns}: Vocabulary,
): ForeignKeyRow | undefined {
  const referenced = tables.get(raw.references);
  if (!tables.has(raw.table) || !referenced) return undefined;
  const named = (table: number, numbers: readonly number[]): ForeignKeyRow['columns'] =>
    numbers.map(number => {
      const column = columns.get(table)?.get(number);
      const {name = '', type = ''} = column ?? {};
      return {column: number, name, type, nullable: column?.nullable === true};
    });
  const sets = named(raw.table, raw.deleteSets ?? []).map(({name}) => name);
  return {
    oid: raw.oid,
    name: raw.name,
    tableOid: raw.table,
    columns: named(raw.table, raw.columns),
    referencesOid: raw.references,
    referencesSchema: referenced.schema,
    referencesTable: referenced.name,
    referencedColumns: named(raw.references, raw.referenced),
    match: raw.match === 'f' ? 'full' : 'simple',
    validated: raw.notValidated !== true,
    enforced: raw.notEnforced !== true,
    onDelete: actions[raw.onDelete] ?? 'no-action',
    onUpdate: actions[raw.onUpdate] ?? 'no-action',
    ...(sets.length === 0 ? {} : {deleteSets: sets}),
    ...(raw.deferrable === undefined ? {} : {deferrable: raw.deferrable}),
    ...(raw.deferred === undefined ? {} : {deferred: raw.deferred}),
    ...(raw.period === undefined ? {} : {period: raw.period}),
    ...(raw.parent === undefined ? {} : {parent: raw.parent}),
    ...(raw.index === undefined ? {} : {index: raw.index}),
  };
}
