import {enumerated, enumeratedInShort} from '../../words.ts';
import type {ForeignKeyRow, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {supportersOf, supportsForeignKey, wantsSupport} from './foreign-key-support.ts';
import {modelOf, topOf, type IndexModel} from './model.ts';

/** @returns what is at stake when the index is dropped, a sentence each; nothing when it only makes queries faster */
export function servesOf(part: IndexesPart, index: IndexRow): readonly string[] {
  const model = modelOf(part);
  return [
    ...constraintWords(index),
    ...identityWords(model, index),
    ...relyingWords(model, index),
    ...supportWords(model, index),
    ...partitionWords(model, index),
    ...(index.clustered ? ['CLUSTER orders the table by it.'] : []),
    ...(index.extension === undefined ? [] : [`It belongs to the extension ${index.extension}.`]),
  ];
}

/** @returns foreign keys for which no other index finds the rows that refer. @param without indexes not to count on */
export function onlySupports(
  model: IndexModel,
  index: IndexRow,
  without: ReadonlySet<number> = new Set(),
): readonly ForeignKeyRow[] {
  return supported(model, index).filter(key =>
    supportersOf(model, key, {without}).every(({oid}) => oid === index.oid),
  );
}

function supported(model: IndexModel, index: IndexRow): readonly ForeignKeyRow[] {
  const keys = model.foreignKeysOf.get(index.tableOid) ?? [];
  return keys.filter(key => wantsSupport(key) && supportsForeignKey(index, key));
}

const enforces = {
  'primary-key': 'It is the primary key',
  unique: 'It enforces the unique constraint',
  exclusion: 'It enforces the exclusion constraint',
} as const;

function constraintWords({constraint, unique, keys}: IndexRow): readonly string[] {
  if (constraint) return [`${enforces[constraint.kind]} ${constraint.name}.`];
  return unique ? [`It keeps (${keys.map(({text}) => text).join(', ')}) unique.`] : [];
}

function identityWords(
  {tables}: IndexModel,
  {replicaIdentity, constraint, tableOid}: IndexRow,
): readonly string[] {
  const isDefault = constraint?.kind === 'primary-key' && tables.get(tableOid)?.replicaIdentity === 'default';
  return replicaIdentity || isDefault
    ? ['It is the replica identity: logical replication finds updated and deleted rows by it.']
    : [];
}

function relyingWords({relyingOn, tables}: IndexModel, {oid}: IndexRow): readonly string[] {
  const keys = (relyingOn.get(oid) ?? []).filter(({parent}) => parent === undefined);
  if (keys.length === 0) return [];
  const named = keys.map(({name, tableOid}) => `${name} of ${tables.get(tableOid)?.name ?? 'a table'}`);
  return [`${noun(keys)} ${enumeratedInShort(named)} refer${keys.length === 1 ? 's' : ''} to its columns.`];
}

function supportWords(model: IndexModel, index: IndexRow): readonly string[] {
  return supported(model, index).map(key => {
    const others = supportersOf(model, key).filter(({oid}) => oid !== index.oid);
    const whole = `the foreign key ${key.name}: rows that refer to a row of ${key.referencesTable} are found by it when that row is deleted or its key updated`;
    return others.length === 0
      ? `It alone supports ${whole}.`
      : `It supports ${whole}, as ${enumerated(others.map(({name}) => name))} ${others.length === 1 ? 'does' : 'do'}.`;
  });
}

function partitionWords(model: IndexModel, index: IndexRow): readonly string[] {
  if (index.parent !== undefined)
    return [`It is attached to ${topOf(model, index).name} and can only be dropped with that.`];
  const parts = model.attached.get(index.oid)?.length ?? 0;
  if (!index.partitioned || parts === 0) return [];
  return [
    `Indexes of ${parts} ${parts === 1 ? 'partition' : 'partitions'} are attached to it and dropped with it.`,
  ];
}

function noun(keys: readonly ForeignKeyRow[]): string {
  return keys.length === 1 ? 'The foreign key' : 'The foreign keys';
}
