import {ok, type Outcome} from '../../core/outcome.ts';
import type {Row} from '../../core/session.ts';
import type {Collected} from './assemble.ts';
import {toConstraint, type Domain} from './constraints.ts';
import type {DetailsOf} from './details.ts';
import {isPlain, toIndex} from './indexes.ts';
import type {Moment} from './moment.ts';
import {eachKey, type Known, type Relation} from './relations.ts';
import {byName, grouped, inSlices, nextTurn} from './slices.ts';
import type {SchemaRows} from './sources.ts';
import {indexTextsSql} from './sql/indexes.ts';
import {number, numbers, text} from './values.ts';

interface Parts {
  readonly known: Known;
  readonly detailsOf: DetailsOf;
}

export async function assembleConstraints(
  {list, load}: SchemaRows,
  collected: Collected,
  {known, detailsOf}: Parts,
): Promise<Outcome<void>> {
  const rows = await load('constraints');
  if (!rows.ok) return rows;
  const domains = new Map(
    list('kind domain').map((row): [number, Domain] => [
      number(row['oid']),
      {schema: text(row['namespace']), name: text(row['name'])},
    ]),
  );
  const add = (row: Row): void => {
    const oid = number(row['oid']);
    const object = toConstraint(row, known, domains, detailsOf('pg_constraint', oid)?.comment);
    if (!object) return;
    collected.add(object);
    collected.addresses.add('pg_constraint', oid, object.key);
    const tell = (key: string | undefined): void => collected.needs.add(object.key, key);
    eachKey(known, number(row['relation']), numbers(row['columns']), tell);
    eachKey(known, number(row['referenced']), numbers(row['referencedColumns']), tell);
  };
  const ofRelations = await grouped(rows.value, 'relation', nextTurn);
  const ofDomains = await grouped(ofRelations.get(0) ?? [], 'domain', nextTurn);
  await inSlices([...collected.relations.keys()], nextTurn, oid => byName(ofRelations.get(oid)).forEach(add));
  await inSlices([...domains.keys()], nextTurn, oid => byName(ofDomains.get(oid)).forEach(add));
  return ok(undefined);
}

/** @returns by oid of an index: the key of the constraint that it is there for */
export async function assembleIndexes(
  {list, load}: SchemaRows,
  collected: Collected,
  {known, detailsOf, moment}: Parts & {readonly moment: Moment},
): Promise<Outcome<ReadonlyMap<number, string>>> {
  const rows = await load('indexes');
  if (!rows.ok) return rows;
  const classes = new Map(list('defaultClasses').map(row => [number(row['oid']), number(row['type'])]));
  const others: number[] = [];
  await inSlices(rows.value, nextTurn, row => {
    const isCompared = collected.relations.has(number(row['relation']));
    if (isCompared && !isPlain(row, known, classes)) others.push(number(row['oid']));
  });
  const texts = others.length === 0 ? ok([]) : await moment.rows(indexTextsSql, [others]);
  if (!texts.ok) return texts;
  const definitions = new Map(texts.value.map(row => [number(row['oid']), text(row['definition'])]));
  const supports = new Map<number, string>();
  const add = (table: Relation, row: Row): void => {
    const oid = number(row['oid']);
    const object = toIndex(row, table, {
      known,
      definition: definitions.get(oid),
      details: detailsOf('pg_class', oid),
    });
    collected.add(object);
    collected.addresses.add('pg_class', oid, object.key);
    eachKey(known, table.oid, numbers(row['columns']), key => collected.needs.add(object.key, key));
    const supported = constraintKey(row, table);
    collected.needs.add(object.key, supported);
    if (supported !== undefined && collected.objects.has(supported)) supports.set(oid, supported);
  };
  const byRelation = await grouped(rows.value, 'relation', nextTurn);
  await inSlices([...collected.relations.values()], nextTurn, table => {
    for (const row of byName(byRelation.get(table.oid))) add(table, row);
  });
  return ok(supports);
}

function constraintKey(row: Row, {identity}: Relation): string | undefined {
  const constraint = row['constraint'];
  if (constraint === null) return undefined;
  return identity('constraint', text(constraint)).key;
}
