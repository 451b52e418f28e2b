import {ok, type Outcome} from '../../../core/outcome.ts';
import {grouped} from '../../../core/grouped.ts';
import type {Ask} from '../reader.ts';
import {exclusionsSql, keyOptionsSql, keyTextsSql, predicatesSql} from '../sql/index-parts.ts';
import {has, RawKeyOptions, RawKeyTexts, RawText, type RawIndex} from './raw.ts';
import type {Pieces} from './rows.ts';

type Deparsed = Pick<Pieces, 'texts' | 'predicates' | 'exclusions' | 'keyOptions'> & {
  readonly gaps: readonly string[];
};

/** Has the server deparse what cannot be written from the catalog: expressions, options of operator classes, predicates, what excludes. */
export async function readDeparsed(ask: Ask, indexes: readonly RawIndex[]): Promise<Outcome<Deparsed>> {
  const options = await ask.rows(keyOptionsSql, [], RawKeyOptions);
  if (!options.ok) return options;
  const optioned = new Set(options.value.flatMap(row => (row.options === true ? [row.oid] : [])));
  const written = indexes.filter(index => has(index, 'expressions') || optioned.has(index.oid));
  const texts = await whereAny(written, oids => ask.rows(keyTextsSql, [oids], RawKeyTexts));
  if (!texts.ok) return texts;
  const partial = indexes.filter(index => has(index, 'partial'));
  const predicates = await whereAny(partial, oids => ask.rows(predicatesSql, [oids], RawText));
  if (!predicates.ok) return predicates;
  const excluding = indexes.filter(index => has(index, 'exclusion'));
  const exclusions = await whereAny(excluding, oids => ask.rows(exclusionsSql, [oids], RawText));
  if (!exclusions.ok) return exclusions;
  const read = {
    texts: new Map(texts.value.map(row => [row.oid, row])),
    predicates: new Map(predicates.value.map(({oid, text}) => [oid, text])),
    exclusions: new Map(exclusions.value.map(({oid, text}) => [oid, text])),
  };
  const missing = new Set([
    ...written.filter(({oid}) => !read.texts.has(oid)),
    ...partial.filter(({oid}) => !read.predicates.has(oid)),
  ]);
  return ok({...read, keyOptions: grouped(options.value, ({oid}) => oid), gaps: gapsOf(missing.size)});
}

function gapsOf(missing: number): readonly string[] {
  if (missing === 0) return [];
  const indexes = missing === 1 ? 'an index' : `${missing} indexes`;
  return [
    `Expressions or predicates of ${indexes} could not be read, because somebody locks the table exclusively.`,
  ];
}

async function whereAny<T>(
  indexes: readonly RawIndex[],
  ask: (oids: readonly number[]) => Promise<Outcome<readonly T[]>>,
): Promise<Outcome<readonly T[]>> {
  return indexes.length === 0 ? ok([]) : ask(indexes.map(({oid}) => oid));
}
