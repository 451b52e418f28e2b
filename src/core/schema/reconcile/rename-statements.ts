import {quoteWhereNeeded} from '../../sql/quote.ts';
import {parentKind, parentName, schemaName} from '../definition/names.ts';
import {partsOf} from '../definition/parts.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {ReconcilingStatement} from '../reconciliation.ts';
import {inheritedFrom} from './companions.ts';
import type {RenamePair} from './rename-pairs.ts';

/** @returns the statement that renames an object, and those for constraints whose generated names have its name in them. */
export function renameStatements(
  {before, after}: RenamePair,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): readonly ReconcilingStatement[] {
  // Renamed with the parent's.
  if (before.kind === 'column' && inheritedFrom(before, from).length > 0) return [];
  const holdsData = before.kind === 'table' || before.kind === 'column';
  const note = `Taken for the same ${before.kind} under a new name, because all else is equal: otherwise drop the one and make the other.`;
  const about = [after.key, before.key];
  const rename: ReconcilingStatement = {
    sql: `${renaming(before)} TO ${quoteWhereNeeded(after.name)}`,
    transaction: 'inside',
    ...(holdsData ? {note} : {}),
    about,
  };
  const names = from.versionNumber < 180_000 ? [] : notNullNames(before, after, from, to);
  return [rename, ...names.map((sql): ReconcilingStatement => ({sql, transaction: 'inside', about}))];
}

function renaming(object: SchemaObject): string {
  const name = quoteWhereNeeded(object.name);
  switch (object.kind) {
    case 'column':
      return `ALTER TABLE ${parentName(object)} RENAME COLUMN ${name}`;
    case 'constraint': {
      const word = parentKind(object.parent ?? '') === 'domain' ? 'DOMAIN' : 'TABLE';
      return `ALTER ${word} ${parentName(object)} RENAME CONSTRAINT ${name}`;
    }
    case 'index':
      return `ALTER INDEX ${schemaName(object)} RENAME`;
    default:
      return `ALTER ${object.kind.toUpperCase()} ${nameOf(object)} RENAME`;
  }
}

/** From 18 on NOT NULL has a name, which PostgreSQL makes of those of the table and the column. */
function notNullNames(
  before: SchemaObject,
  after: SchemaObject,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): readonly string[] {
  const rename = (table: string, old: string, now: string): string =>
    `ALTER TABLE ${table} RENAME CONSTRAINT ${quoteWhereNeeded(old)} TO ${quoteWhereNeeded(now)}`;
  if (before.kind === 'column') {
    const table = from.objects.get(before.parent ?? '');
    if (!table || !isPlainNotNull(before, from)) return [];
    return [
      rename(nameOf(table), `${table.name}_${before.name}_not_null`, `${table.name}_${after.name}_not_null`),
    ];
  }
  if (before.kind !== 'table' || after.kind !== 'table') return [];
  const columns = partsOf(from, before.key, 'column').filter(column => isPlainNotNull(column, from));
  return columns
    .filter(column => partsOf(to, after.key, 'column').some(({name}) => name === column.name))
    .map(({name}) =>
      rename(nameOf(after), `${before.name}_${name}_not_null`, `${after.name}_${name}_not_null`),
    );
}

function isPlainNotNull(column: ObjectOf<'column'>, snapshot: SchemaSnapshot): boolean {
  const own = partsOf(snapshot, column.parent ?? '', 'constraint').some(
    ({attributes}) => attributes.type === 'not null' && attributes.columns?.[0] === column.name,
  );
  return column.attributes.notNull === true && !own;
}
