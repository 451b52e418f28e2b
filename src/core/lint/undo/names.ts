import {field, names, qualified, relationOf, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {note, sql, type Done, type Undo} from './parts.ts';

const relations: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'TABLE',
  OBJECT_INDEX: 'INDEX',
  OBJECT_VIEW: 'VIEW',
  OBJECT_MATVIEW: 'MATERIALIZED VIEW',
  OBJECT_SEQUENCE: 'SEQUENCE',
  OBJECT_FOREIGN_TABLE: 'FOREIGN TABLE',
};

const listed: Readonly<Record<string, string>> = {OBJECT_TYPE: 'TYPE', OBJECT_DOMAIN: 'DOMAIN'};

const parts: Readonly<Record<string, string>> = {
  OBJECT_COLUMN: 'COLUMN ',
  OBJECT_TABCONSTRAINT: 'CONSTRAINT ',
};

const owned: Readonly<Record<string, string>> = {OBJECT_TRIGGER: 'TRIGGER', OBJECT_POLICY: 'POLICY'};

/** RENAME, the other way round. */
export function undoRename({statement}: Done): readonly Undo[] {
  const {node} = statement;
  const type = text(node['renameType']) ?? '';
  const to = text(node['newname']);
  const old = text(node['subname']);
  const table = relationOf(node['relation']);
  const object = qualified(names(field(field(node, 'object'), 'List')['items']));
  if (to === undefined) return [];
  const now = quoteWhereNeeded(to);
  const relation = relations[type];
  if (relation !== undefined && table)
    return [sql(`ALTER ${relation} ${written(named(table, to))} RENAME TO ${quoteWhereNeeded(table.name)}`)];
  const kind = listed[type];
  if (kind !== undefined && object)
    return [sql(`ALTER ${kind} ${written(named(object, to))} RENAME TO ${quoteWhereNeeded(object.name)}`)];
  if (old === undefined) return [note(`Not undone: ${statement.sql}`)];
  if (type === 'OBJECT_SCHEMA') return [sql(`ALTER SCHEMA ${now} RENAME TO ${quoteWhereNeeded(old)}`)];
  const part = parts[type];
  const of = relations[text(node['relationType']) ?? ''] ?? 'TABLE';
  if (part !== undefined && table)
    return [sql(`ALTER ${of} ${written(table)} RENAME ${part}${now} TO ${quoteWhereNeeded(old)}`)];
  const own = owned[type];
  return own !== undefined && table
    ? [sql(`ALTER ${own} ${now} ON ${written(table)} RENAME TO ${quoteWhereNeeded(old)}`)]
    : [note(`Not undone: ${statement.sql}`)];
}

/** SET SCHEMA, the other way round. */
export function undoMove({statement, before}: Done): readonly Undo[] {
  const {node} = statement;
  const table = relationOf(node['relation']);
  const schema = text(node['newschema']);
  const kind = relations[text(node['objectType']) ?? ''];
  if (!table || schema === undefined || kind === undefined) return [note(`Not undone: ${statement.sql}`)];
  return [
    sql(
      `ALTER ${kind} ${written({schema, name: table.name})} SET SCHEMA ${quoteWhereNeeded(before.schemaOf(table))}`,
    ),
  ];
}

function named({schema}: QualifiedName, name: string): QualifiedName {
  return schema === undefined ? {name} : {schema, name};
}
