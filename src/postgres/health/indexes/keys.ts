import type {IndexKey} from '../../../core/health/parts/indexes.ts';
import {splitIndexText} from '../../schema/index-text.ts';
import {numbers} from '../../schema/values.ts';
import type {KnownColumn, KnownColumns} from './columns.ts';
import type {RawIndex, RawKeyTexts, RawWord} from './raw.ts';

/** What keys are written with. */
export interface Vocabulary {
  readonly columns: KnownColumns;
  readonly classes: ReadonlyMap<number, RawWord>;
  readonly collations: ReadonlyMap<number, RawWord>;
  /** Of a pair of operator class and type, whether the server leaves the class out. */
  readonly isDefault: ReadonlyMap<string, boolean>;
}

/** A key of an index with the columns' catalog values. */
export interface RawKey {
  readonly number: number;
  readonly opclass: number;
  readonly collation: number;
  readonly direction: number;
}

const parsed = new Map<string, readonly RawKey[]>();

/** @returns the keys, without the columns of INCLUDE. Most indexes of a database have keys of a few patterns. */
export function rawKeys({keys, keyCount}: RawIndex): readonly RawKey[] {
  const pattern = `${keys} ${keyCount}`;
  const before = parsed.get(pattern);
  if (before) return before;
  if (parsed.size >= mostPatterns) parsed.clear();
  const made = parseKeys(keys).slice(0, keyCount);
  parsed.set(pattern, made);
  return made;
}

const mostPatterns = 10_000;

function parseKeys(keys: string): readonly RawKey[] {
  const [columns = [], classes = [], collations = [], directions = []] = keys.split(';').map(numbers);
  return columns.map((number, key) => ({
    number,
    opclass: classes[key] ?? 0,
    collation: collations[key] ?? 0,
    direction: directions[key] ?? 0,
  }));
}

/** @returns the columns of INCLUDE */
export function includedNumbers({keys, keyCount}: RawIndex): readonly number[] {
  return keyCount === undefined ? none : numbers(keys.split(';', 1)[0]).slice(keyCount);
}

const none: readonly number[] = [];

export function pairOf(opclass: number, type: number): string {
  return `${opclass} ${type}`;
}

/** @returns a key that is a column, from the catalog alone */
export function columnKey(key: RawKey, column: KnownColumn, known: Vocabulary): IndexKey {
  const opclass = known.classes.get(key.opclass);
  const isDefault =
    opclass === undefined ||
    (opclass.isDefault === true && opclass.type === column.typeOid) ||
    known.isDefault.get(pairOf(key.opclass, column.typeOid)) === true;
  const collation =
    key.collation === 0 || key.collation === column.collation
      ? undefined
      : known.collations.get(key.collation);
  return {
    text: column.quoted,
    column: key.number,
    type: column.type,
    ...(isDefault ? {} : {opclass: opclass.text}),
    ...(collation === undefined ? {} : {collation: collation.text}),
    ...directionOf(key.direction),
  };
}

/** @returns the keys of an index as the server deparsed them: those with expressions, or with options of a class */
export function deparsedKeys(keys: readonly RawKey[], texts: RawKeyTexts): readonly IndexKey[] {
  const whole = splitIndexText(texts.definition).keys;
  return keys.map((key, at) => {
    const own = texts.keys[at] ?? '';
    const type = texts.types[at];
    return {
      text: own,
      ...(key.number === 0 ? {} : {column: key.number}),
      ...(type === undefined ? {} : {type}),
      ...suffixOf((whole[at] ?? '').slice(own.length)),
      ...directionOf(key.direction),
    };
  });
}

const name = String.raw`(?:"(?:[^"]|"")*"|[^\s."()]+)`;
const suffix = new RegExp(
  String.raw`^(?: COLLATE (?<collation>${name}(?:\.${name})?))?(?: (?!DESC\b|NULLS )(?<opclass>${name}(?:\.${name})?))?(?: \((?<options>.*)\))?(?: DESC)?(?: NULLS (?:FIRST|LAST))?$`,
  's',
);

/** What the server writes behind a key: ` COLLATE "C" text_pattern_ops (siglen='32') DESC`. */
function suffixOf(text: string): Pick<IndexKey, 'collation' | 'opclass' | 'opclassOptions'> {
  const {collation, opclass, options} = suffix.exec(text)?.groups ?? {};
  return {
    ...(opclass === undefined ? {} : {opclass}),
    ...(options === undefined ? {} : {opclassOptions: options}),
    ...(collation === undefined ? {} : {collation}),
  };
}

/** INDOPTION_DESC is 1, INDOPTION_NULLS_FIRST 2. */
function directionOf(direction: number): Pick<IndexKey, 'descending' | 'nullsFirst'> {
  return {descending: (direction & 1) !== 0, nullsFirst: (direction & 2) !== 0};
}
