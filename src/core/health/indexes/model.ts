import type {ForeignKeyRow, IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {grouped} from '../../grouped.ts';
import {atOnce, type Turns} from '../../turns.ts';

/** A reading of indexes, by what is asked of it. */
export interface IndexModel {
  readonly part: IndexesPart;
  readonly indexes: ReadonlyMap<number, IndexRow>;
  readonly tables: ReadonlyMap<number, IndexedTable>;
  readonly ofTable: ReadonlyMap<number, readonly IndexRow[]>;
  /** Indexes of partitions, by the partitioned index that they are attached to. */
  readonly attached: ReadonlyMap<number | undefined, readonly IndexRow[]>;
  /** Partitions, by their partitioned table. */
  readonly partitions: ReadonlyMap<number | undefined, readonly IndexedTable[]>;
  readonly foreignKeysOf: ReadonlyMap<number, readonly ForeignKeyRow[]>;
  /** Partitions' copies of a foreign key, by the key of their parent. */
  readonly foreignKeyCopies: ReadonlyMap<number | undefined, readonly ForeignKeyRow[]>;
  /** Foreign keys, by the unique index that they rely on. */
  readonly relyingOn: ReadonlyMap<number | undefined, readonly ForeignKeyRow[]>;
}

const known = new WeakMap<IndexesPart, IndexModel>();

/** All checks ask one and the same reading, so it is made once for each. */
export function modelOf(part: IndexesPart): IndexModel {
  return atOnce(modelInTurns(part));
}

/** The same, for whoever has to let others have their turn in between. */
export function* modelInTurns(part: IndexesPart): Turns<IndexModel> {
  const before = known.get(part);
  if (before) return before;
  const indexes = new Map(part.indexes.map(index => [index.oid, index]));
  yield undefined;
  const tables = new Map(part.tables.map(table => [table.oid, table]));
  yield undefined;
  const ofTable = grouped(part.indexes, ({tableOid}) => tableOid);
  yield undefined;
  const attached = grouped(part.indexes, ({parent}) => parent);
  yield undefined;
  const model = {
    part,
    indexes,
    tables,
    ofTable,
    attached,
    partitions: grouped(part.tables, ({parent}) => parent),
    foreignKeysOf: grouped(part.foreignKeys, ({tableOid}) => tableOid),
    foreignKeyCopies: grouped(part.foreignKeys, ({parent}) => parent),
    relyingOn: grouped(part.foreignKeys, ({index}) => index),
  };
  known.set(part, model);
  return model;
}

/** @returns the partitions of a table that hold rows, at any depth; the table itself when it is not partitioned */
export function leavesOf(model: IndexModel, table: IndexedTable): readonly IndexedTable[] {
  if (table.kind !== 'partitioned-table') return [table];
  return (model.partitions.get(table.oid) ?? []).flatMap(partition => leavesOf(model, partition));
}

/** @returns the partitioned index at the top that it is attached to, or itself */
export function topOf(model: IndexModel, index: IndexRow): IndexRow {
  let top = index;
  while (top.parent !== undefined) {
    const parent = model.indexes.get(top.parent);
    if (!parent) break;
    top = parent;
  }
  return top;
}
