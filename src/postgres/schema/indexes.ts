import {identityOf} from '../../core/schema/key.ts';
import type {AttributesOf} from '../../core/schema/attributes.ts';
import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import type {Details} from './details.ts';
import {splitIndexText} from './index-text.ts';
import {likeKeys} from './names.ts';
import {namesOf, type Known, type Relation, type TypeFacts} from './relations.ts';
import {number, numbers, options, optionalText, optionalTexts, text} from './values.ts';

type Draft = {-readonly [N in keyof AttributesOf['index']]: AttributesOf['index'][N]};

/** Input types of the operator classes that are somebody's default. */
export type DefaultClasses = ReadonlyMap<number, number>;

/**
 * @returns whether the index can be written without asking the server: only columns, each with the collation of its
 *   column and the default operator class of its type
 */
export function isPlain(row: Row, known: Known, classes: DefaultClasses): boolean {
  if (row['isPlain'] !== true) return false;
  const columns = known.columns.get(number(row['relation']));
  const collations = numbers(row['collations']);
  const positions = numbers(row['columns']);
  return numbers(row['classes']).every((oid, key) => {
    const column = columns?.get(positions[key] ?? 0);
    return (
      column !== undefined && column.collation === collations[key] && isDefault(classes.get(oid), column.type)
    );
  });
}

/** For the types that GetDefaultOpClass surely finds; what it looks for further is left to the server. */
function isDefault(input: number | undefined, {base, category, form}: TypeFacts): boolean {
  if (input === undefined) return false;
  if (input === base) return true;
  switch (input) {
    case pseudo.text:
      return base === pseudo.varchar;
    case pseudo.anyarray:
      return category === 'A';
    case pseudo.anyenum:
      return form === 'e';
    case pseudo.anyrange:
      return form === 'r';
    case pseudo.anymultirange:
      return form === 'm';
    default:
      return false;
  }
}

/** Source: pg_type.dat */
const pseudo = {text: 25, varchar: 1043, anyarray: 2277, anyenum: 3500, anyrange: 3831, anymultirange: 4537};

/** @param definition as the server wrote it; absent for a plain index */
export function toIndex(
  row: Row,
  table: Relation,
  {
    known,
    definition,
    details,
  }: {readonly known: Known; readonly definition?: string | undefined; readonly details: Details | undefined},
): SchemaObject {
  const schema = text(row['namespace']);
  const name = text(row['name']);
  const split = definition === undefined ? {keys: plainKeys(row, known)} : splitIndexText(definition);
  const attributes: Draft = {method: text(row['method']), keys: split.keys};
  if (split.predicate !== undefined) attributes.predicate = split.predicate;
  const constraint = optionalText(row['constraint']);
  if (constraint === undefined) attributes.definition = definition ?? plainText(row, table, known);
  else attributes.constraint = constraint;
  if (row['unique'] === true) attributes.unique = true;
  if (row['nullsNotDistinct'] === true) attributes.nullsNotDistinct = true;
  const include = included(row, known);
  if (include.length > 0) attributes.include = include;
  fillRare(attributes, row, details);
  return {...identityOf('index', {schema, name}), parent: table.key, attributes};
}

function fillRare(attributes: Draft, row: Row, details: Details | undefined): void {
  const set = options(row['options']);
  if (set) attributes.options = set;
  const tablespace = optionalText(row['tablespace']);
  if (tablespace !== undefined) attributes.tablespace = tablespace;
  if (row['invalid'] === true) attributes.invalid = true;
  const statistics = options(optionalTexts(row['statistics']));
  if (statistics) attributes.statistics = statistics;
  const attachedTo = optionalText(row['attachedTo']);
  if (attachedTo !== undefined) attributes.attachedTo = likeKeys(attachedTo);
  if (details?.comment !== undefined) attributes.comment = details.comment;
  if (details?.dependsOnExtensions) attributes.dependsOnExtensions = details.dependsOnExtensions;
}

function included(row: Row, known: Known): readonly string[] {
  return (
    namesOf(known, number(row['relation']), numbers(row['columns']).slice(number(row['keyCount']))) ?? []
  );
}

function plainKeys(row: Row, known: Known): readonly string[] {
  const keys = numbers(row['columns']).slice(0, number(row['keyCount']));
  const directions = numbers(row['directions']);
  return (namesOf(known, number(row['relation']), keys) ?? []).map(
    (name, key) => `${known.quote(name)}${order(directions[key] ?? 0)}`,
  );
}

/** INDOPTION_DESC is 1, INDOPTION_NULLS_FIRST 2; nulls come last in ascending order, and first in descending. */
function order(direction: number): string {
  switch (direction) {
    case 1:
      return ' DESC NULLS LAST';
    case 2:
      return ' NULLS FIRST';
    case 3:
      return ' DESC';
    default:
      return '';
  }
}

/** Source: pg_get_indexdef_worker in src/backend/utils/adt/ruleutils.c */
function plainText(row: Row, table: Relation, known: Known): string {
  const {quote} = known;
  const include = included(row, known).map(name => quote(name));
  return [
    `CREATE ${row['unique'] === true ? 'UNIQUE ' : ''}INDEX ${quote(text(row['name']))} ON `,
    row['partitioned'] === true ? 'ONLY ' : '',
    `${quote(table.schema)}.${quote(table.name)} USING ${quote(text(row['method']))} `,
    `(${plainKeys(row, known).join(', ')})`,
    include.length > 0 ? ` INCLUDE (${include.join(', ')})` : '',
    row['nullsNotDistinct'] === true ? ' NULLS NOT DISTINCT' : '',
  ].join('');
}
