import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {filterPattern} from '../../core/catalog/filter.ts';
import {pageOf, type Page, type PageRequest} from '../../core/catalog/page.ts';
import type {LastValue, Sequence} from '../../core/catalog/sequence.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {named, number} from './shapes.ts';
import {lastValuesSql, sequencesSql} from './sql/sequences.ts';

const sequenceRow = z.object({
  ...named,
  type: z.string(),
  start: z.string(),
  increment: z.string(),
  min: z.string(),
  max: z.string(),
  cycles: z.boolean(),
  ownerTable: z.string().exactOptional(),
  ownerColumn: z.string().exactOptional(),
  identity: z.boolean().exactOptional(),
});

const valueRow = z.object({oid: number, value: z.string().exactOptional()});

/** A page of a schema's sequences, those of serial and identity columns among them. Never waits for a lock. */
export async function listSequences(
  db: Queryable,
  schema: string,
  request: PageRequest & ReadOptions,
): Promise<Outcome<Page<Sequence>>> {
  const {after, limit, filter} = request;
  const params = [schema, after?.name ?? null, limit + 1, filterPattern(filter)];
  const rows = await readRows(db, sequencesSql, params, sequenceRow, request);
  if (!rows.ok) return rows;
  const page = pageOf(rows.value, limit);
  const values = await readValues(
    db,
    page.items.map(({oid}) => oid),
    request,
  );
  if (!values.ok) return values;
  return ok({...page, items: page.items.map(item => toSequence(item, values.value.get(item.oid)))});
}

async function readValues(
  db: Queryable,
  oids: readonly number[],
  {signal}: ReadOptions,
): Promise<Outcome<ReadonlyMap<number, LastValue>>> {
  const options = {lockTimeout: 100, ...(signal ? {signal} : {})};
  const rows = await readRows(db, lastValuesSql, [oids], valueRow, options);
  if (!rows.ok) return rows.failure.reason === 'locked' ? ok(new Map()) : rows;
  return ok(
    new Map(
      rows.value.map(({oid, value}) => [oid, value === undefined ? {kind: 'unused'} : {kind: 'used', value}]),
    ),
  );
}

function toSequence(row: z.infer<typeof sequenceRow>, lastValue: LastValue | undefined): Sequence {
  const {ownerTable, ownerColumn, identity, ...sequence} = row;
  const owned =
    ownerTable === undefined || ownerColumn === undefined
      ? {}
      : {ownedBy: {table: ownerTable, column: ownerColumn, identity: identity ?? false}};
  return {...sequence, lastValue: lastValue ?? {kind: 'not-visible'}, ...owned};
}
