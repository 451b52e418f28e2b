import {targetOf} from '../../definition/names.ts';
import {partsOf} from '../../definition/parts.ts';
import {createTable} from '../../definition/tables.ts';
import {nameOf} from '../../key.ts';
import type {AttributesOf} from '../../attributes.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {WriteContext, Writer, Written} from '../writer.ts';
import {isDeferredDefault} from './deferred.ts';
import {inlineConstraints} from './inline.ts';
import {afterParts, changeTable, settingsOf} from './table-change.ts';
import {joinParents} from './table-parents.ts';

type Table = ObjectOf<'table'>;

export const tableWriter: Writer<'table'> = {
  create(table, context) {
    const joins = joinsLater(table, context.to);
    const sql = createTable(
      joins ? alone(table) : table,
      withoutDeferred(table, context.to),
      inlineConstraints(table, context),
    );
    return [
      {sql},
      ...writeCommon(targetOf(table), {after: table.attributes}, context),
      ...settingsOf(table),
      ...(joins ? joinParents(table, afterParts(table, context.to)) : []),
    ];
  },
  drop: table => [{sql: `DROP ${targetOf(table).what} ${nameOf(table)}`, ...lossOf(table)}],
  change: changeTable,
  letGo: letGo,
};

function lossOf(table: Table): {readonly loses?: string} {
  const {server, partitionKey} = table.attributes;
  if (server !== undefined) return {};
  return {
    loses:
      partitionKey === undefined
        ? `All rows of ${nameOf(table)}.`
        : `All rows of ${nameOf(table)} and its partitions.`,
  };
}

/** A partition is made by itself, with indexes of its own names, and taken in once everything is there. */
function joinsLater(table: Table, to: SchemaSnapshot): boolean {
  const {partitionOf, inherits} = table.attributes;
  if (partitionOf !== undefined) return true;
  return (
    inherits !== undefined && !partsOf(to, table.key, 'column').some(({attributes}) => attributes.inherited)
  );
}

/** Defaults that call what needs the table are set once both are there. */
function withoutDeferred(table: Table, to: SchemaSnapshot): SchemaSnapshot {
  const waiting = partsOf(to, table.key, 'column').filter(column => isDeferredDefault(column, to));
  if (waiting.length === 0) return to;
  const objects = new Map(to.objects);
  for (const {attributes, ...column} of waiting) {
    const {default: _, ...others} = attributes;
    objects.set(column.key, {...column, attributes: others});
  }
  return {...to, objects};
}

function alone(table: Table): Table {
  const {partitionOf: _of, partitionBound: _bound, inherits: _inherits, ...attributes} = table.attributes;
  const kept: AttributesOf['table'] = attributes;
  return {...table, attributes: kept};
}

function letGo(
  table: Table,
  cause: {readonly key: string; readonly kind: string},
  {to}: WriteContext,
): {before: readonly Written[]; after: readonly Written[]} {
  const {ofType} = table.attributes;
  const now = to.objects.get(table.key);
  const type = now?.kind === 'table' ? now.attributes.ofType : undefined;
  const alter = `ALTER TABLE ${nameOf(table)}`;
  if (ofType !== undefined && cause.kind === 'type')
    return {
      before: [{sql: `${alter} NOT OF`}],
      after: type === undefined ? [] : [{sql: `${alter} OF ${type}`}],
    };
  // The partition key, which cannot be taken off: the server says so when the other object is dropped.
  return {before: [], after: []};
}
