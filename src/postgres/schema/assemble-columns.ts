import {ok, type Outcome} from '../../core/outcome.ts';
import type {Row} from '../../core/session.ts';
import type {Collected} from './assemble.ts';
import {readTypes, toColumns} from './columns.ts';
import {toObject} from './decode.ts';
import type {DetailsOf} from './details.ts';
import {likeKeys} from './names.ts';
import type {ColumnFacts} from './relations.ts';
import {grouped, inSlices, nextTurn} from './slices.ts';
import type {SchemaRows} from './sources.ts';
import {number, options, text} from './values.ts';

/** @returns what is known of the columns of all relations, those of extensions' tables among them */
export async function assembleColumns(
  {list, load}: SchemaRows,
  collected: Collected,
  detailsOf: DetailsOf,
): Promise<Outcome<ReadonlyMap<number, ReadonlyMap<number, ColumnFacts>>>> {
  const sequences = await load('sequences');
  if (!sequences.ok) return sequences;
  await addSequences(sequences.value, collected, detailsOf);
  const rows = await load('columns');
  if (!rows.ok) return rows;
  const byRelation = await grouped(rows.value, 'relation', nextTurn);
  const sources = {
    types: readTypes(list('typeFacts')),
    collations: collationNames(list('typeFacts')),
    identities: identityOptions(sequences.value),
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
  for (const row of sequences.value) standFor(row, columns, collected);
  return ok(columns);
}

function collationNames(rows: readonly Row[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const row of rows)
    if (row['collationName'] !== null)
      names.set(number(row['ownCollation']), likeKeys(text(row['collationName'])));
  return names;
}

/** Those of identity columns are part of the column, and stand for it in dependencies. */
async function addSequences(rows: readonly Row[], collected: Collected, detailsOf: DetailsOf): Promise<void> {
  await inSlices(rows, nextTurn, row => {
    if (row['relation'] !== null) return;
    const oid = number(row['oid']);
    const object = toObject('sequence', row, detailsOf('pg_class', oid));
    collected.add(object);
    collected.addresses.add('pg_class', oid, object.key);
  });
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
