import {ok, type Outcome} from '../../../core/outcome.ts';
import {each, inTurns} from '../../../core/turns.ts';
import type {Ask} from '../reader.ts';
import {keyTextsSql, vocabularySql} from '../sql/index-parts.ts';
import {readColumns} from './columns.ts';
import {deparsedKeys, pairOf, rawKeys, type RawKey, type Vocabulary} from './keys.ts';
import {RawKeyTexts, RawWord, type RawIndex} from './raw.ts';

/** Reads the columns, operator classes and collations that the keys of indexes are written with. */
export async function readVocabulary(ask: Ask, indexes: readonly RawIndex[]): Promise<Outcome<Vocabulary>> {
  const columns = await readColumns(ask);
  if (!columns.ok) return columns;
  const words = await ask.rows(vocabularySql, [], RawWord);
  if (!words.ok) return words;
  const byKind = (wanted: string): ReadonlyMap<number, RawWord> =>
    new Map(words.value.flatMap(word => (word.kind === wanted ? [[word.oid, word]] : [])));
  const known = {
    columns: columns.value,
    classes: byKind('opclass'),
    collations: byKind('collation'),
  };
  const isDefault = await readDefaults(ask, indexes, known);
  return isDefault.ok ? ok({...known, isDefault: isDefault.value}) : isDefault;
}

interface Example {
  readonly index: RawIndex;
  readonly keys: readonly RawKey[];
  readonly at: number;
}

/**
 * Whether a class is the default of a type follows from casts, domains and pseudo-types. The server is asked for one
 * index of each pair that is not plain from the catalog: of such pairs a database has few.
 */
async function readDefaults(
  ask: Ask,
  indexes: readonly RawIndex[],
  {columns, classes}: Omit<Vocabulary, 'isDefault'>,
): Promise<Outcome<ReadonlyMap<string, boolean>>> {
  const examples = new Map<string, Example>();
  const looking = each(indexes, index => {
    const keys = rawKeys(index);
    for (const [at, key] of keys.entries()) {
      const type = columns.get(index.table)?.get(key.number)?.typeOid;
      const opclass = classes.get(key.opclass);
      if (type === undefined || (opclass?.isDefault === true && opclass.type === type)) continue;
      const pair = pairOf(key.opclass, type);
      if (!examples.has(pair)) examples.set(pair, {index, keys, at});
    }
  });
  await inTurns(looking, ask.pause);
  if (examples.size === 0) return ok(new Map());
  const oids = [...new Set([...examples.values()].map(({index}) => index.oid))];
  const texts = await ask.rows(keyTextsSql, [oids], RawKeyTexts);
  if (!texts.ok) return texts;
  const byOid = new Map(texts.value.map(row => [row.oid, row]));
  const isDefault = ([pair, {index, keys, at}]: [string, Example]): readonly [string, boolean] => {
    const row = byOid.get(index.oid);
    return [pair, row !== undefined && deparsedKeys(keys, row)[at]?.opclass === undefined];
  };
  return ok(new Map([...examples].map(isDefault)));
}
