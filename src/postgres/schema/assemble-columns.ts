import type {Row} from '../../core/session.ts';
import type {Collected} from './assemble.ts';
import {readTypes, toColumns} from './columns.ts';
import type {DetailsOf} from './details.ts';
import {likeKeys} from './names.ts';
import type {ColumnFacts} from './relations.ts';
import {grouped, inSlices, nextTurn} from './slices.ts';
import type {SchemaRows} from './sources.ts';
import {number, options, text} from './values.ts';

/** @returns what is known of the columns of all relations, those of extensions' tables among them */
export async function assembleColumns(
  {list, large}: SchemaRows,
  collected: Collected,
  detailsOf: DetailsOf,
): Promise<ReadonlyMap<number, ReadonlyMap<number, ColumnFacts>>> {
  const byRelation = await grouped(large.columns, 'relation', nextTurn);
  const sources = {
    types: readTypes(list('typeFacts')),
    collations: collationNames(list('typeFacts')),
    identities: identityOptions(large.sequences),
    detailsOf,
    addresses: collected.addresses,
  };
  const columns = new Map<number, ReadonlyMap<number, ColumnFacts>>();
  const add = (oid: number): void => {
    const {objects, facts} = toColumns(collected.relations.get(oid), byRelation.get(oid) ?? [], sources);
    columns.set(oid, facts);
    for (const object of objects) collected.add(object);
  };
  // First those that are compared, in the order of their names.
  await inSlices([...new Set([...collected.relations.keys(), ...byRelation.keys()])], nextTurn, add);
  for (const row of large.sequences) standFor(row, columns, collected);
  return columns;
}

function collationNames(rows: readonly Row[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const row of rows)
    if (row['collationName'] !== null)
      names.set(number(row['ownCollation']), likeKeys(text(row['collationName'])));
  return names;
}

type Identities = Map<number, Map<number, Readonly<Record<string, string>>>>;

function identityOptions(sequences: readonly Row[]): Identities {
  const identities: Identities = new Map();
  for (const row of sequences) {
    if (row['relation'] === null) continue;
    const relation = number(row['relation']);
    const set = options(row['options']);
    const known = identities.get(relation) ?? new Map<number, Readonly<Record<string, string>>>();
    if (set) identities.set(relation, known.set(number(row['number']), set));
  }
  return identities;
}

/** Whoever needs the sequence of an identity column needs the column. */
function standFor(
  row: Row,
  columns: ReadonlyMap<number, ReadonlyMap<number, ColumnFacts>>,
  {addresses}: Collected,
): void {
  if (row['relation'] === null) return;
  const key = columns.get(number(row['relation']))?.get(number(row['number']))?.key;
  if (key !== undefined) addresses.add('pg_class', number(row['oid']), key);
}
