import {bookkeepingRules} from '../schema/compare/bookkeeping.ts';
import {partsOfName} from '../schema/compare/names.ts';
import {nameOf} from '../schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import {quoteWhereNeeded} from '../sql/quote.ts';

const usual = new Set(bookkeepingRules.map(({name = ''}) => name.slice('*.'.length)));

/**
 * @param tables qualified names, quoted or not, of tables in which a tool keeps its books, besides those with the usual names
 * @returns the schema without them and what belongs to them; a schema that holds nothing else goes too, because the
 *   tool makes it for itself
 */
export function withoutBooks(snapshot: SchemaSnapshot, tables: readonly string[]): SchemaSnapshot {
  const own = new Set(tables.map(name => partsOfName(name).map(quoteWhereNeeded).join('.')));
  const objects = [...snapshot.objects.values()];
  const books = new Set(
    objects
      .filter(object => object.kind === 'table' && (own.has(nameOf(object)) || usual.has(object.name)))
      .map(({key}) => key),
  );
  if (books.size === 0) return snapshot;
  const belongs = (object: SchemaObject): boolean =>
    books.has(object.key) || wholesOf(object).some(whole => books.has(whole));
  const left = objects.filter(object => !belongs(object));
  const emptied = new Set(objects.filter(belongs).map(({schema = ''}) => schema));
  for (const {schema} of left) if (schema !== undefined) emptied.delete(schema);
  const kept = left.filter(({kind, name}) => kind !== 'schema' || name === 'public' || !emptied.has(name));
  return {...snapshot, objects: new Map(kept.map(object => [object.key, object]))};
}

function wholesOf(object: SchemaObject): readonly string[] {
  const owner = object.kind === 'sequence' ? object.attributes.ownedBy : undefined;
  return [
    ...(object.parent === undefined ? [] : [object.parent]),
    ...(owner === undefined
      ? []
      : [`table ${partsOfName(owner).slice(0, 2).map(quoteWhereNeeded).join('.')}`]),
  ];
}
