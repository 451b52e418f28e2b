import type {AttributesOf} from '../../core/schema/attributes.ts';
import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import type {Addresses} from './addresses.ts';
import type {DetailsOf} from './details.ts';
import {parsePrivileges} from './privileges.ts';
import type {ColumnFacts, Relation, TypeFacts} from './relations.ts';
import {number, options, optionalText, optionalTexts, text} from './values.ts';

type Draft = {-readonly [N in keyof AttributesOf['column']]: AttributesOf['column'][N]};

export interface ColumnSources {
  readonly types: TypeTable;
  readonly collations: ReadonlyMap<number, string>;
  /** Options of identity columns' sequences, by relation and number. */
  readonly identities: ReadonlyMap<number, ReadonlyMap<number, Readonly<Record<string, string>>>>;
  readonly detailsOf: DetailsOf;
  readonly addresses: Addresses;
}

export type TypeTable = ReadonlyMap<number, ReadonlyMap<number, TypeFacts>>;

export function readTypes(rows: readonly Row[]): TypeTable {
  const types = new Map<number, Map<number, TypeFacts>>();
  for (const row of rows) {
    const facts = {
      text: text(row['text']),
      collation: number(row['collation']),
      storage: text(row['storage']),
      base: number(row['base']),
      category: text(row['category']),
      form: text(row['form']),
    };
    const type = number(row['type']);
    const known = types.get(type) ?? new Map<number, TypeFacts>();
    types.set(type, known.set(number(row['modifier']), facts));
  }
  return types;
}

/**
 * @param rows of one relation, in any order
 * @returns its columns in order; no objects for a relation that is not compared
 */
export function toColumns(
  relation: Relation | undefined,
  rows: readonly Row[],
  sources: ColumnSources,
): {readonly objects: readonly SchemaObject[]; readonly facts: ReadonlyMap<number, ColumnFacts>} {
  const objects: SchemaObject[] = [];
  const facts = new Map<number, ColumnFacts>();
  const inOrder = rows.toSorted((a, b) => number(a['number']) - number(b['number']));
  for (const [index, row] of inOrder.entries()) {
    const at = number(row['number']);
    const type = sources.types.get(number(row['type']))?.get(number(row['modifier']));
    // The type was made after the other statement: with one moment for both it cannot happen.
    if (!type) throw new TypeError(`no type ${String(row['type'])}`);
    const fact = {name: text(row['name']), type, collation: number(row['collation'])};
    if (!relation) {
      facts.set(at, fact);
      continue;
    }
    const object = toColumn(relation, row, {at, type, position: index + 1}, sources);
    facts.set(at, {...fact, key: object.key});
    sources.addresses.addColumn(relation.oid, at, object.key);
    objects.push(object);
  }
  return {objects, facts};
}

function toColumn(
  relation: Relation,
  row: Row,
  {at, type, position}: {readonly at: number; readonly type: TypeFacts; readonly position: number},
  {collations, identities, detailsOf}: ColumnSources,
): SchemaObject {
  const {kind, identity} = relation;
  const attributes: Draft = {type: type.text, position};
  const collation = number(row['collation']);
  if (collation !== type.collation) attributes.collation = collations.get(collation) ?? '';
  if (kind === 'table') {
    if (row['notNull'] === true) attributes.notNull = true;
    if (row['local'] === false) attributes.inherited = true;
  }
  if (row['expression'] !== null || row['identity'] !== null) fillValue(attributes, row);
  const sequence = row['identity'] === null ? undefined : identities.get(relation.oid)?.get(at);
  if (sequence) attributes.identityOptions = sequence;
  if (kind !== 'view' && row['storage'] !== type.storage)
    attributes.storage = storages[text(row['storage'])] ?? '';
  if (row['compression'] !== null) attributes.compression = row['compression'] === 'l' ? 'lz4' : 'pglz';
  if (row['statistics'] !== null) attributes.statistics = number(row['statistics']);
  if (row['options'] !== null) fillOptions(attributes, 'options', row);
  if (row['foreignOptions'] !== null) fillOptions(attributes, 'foreignOptions', row);
  const privileges = optionalTexts(row['privileges']);
  if (privileges?.length) attributes.privileges = parsePrivileges(privileges);
  const details = detailsOf('pg_class', relation.oid, at);
  if (details?.comment !== undefined) attributes.comment = details.comment;
  if (details?.securityLabels) attributes.securityLabels = details.securityLabels;
  return {...identity('column', text(row['name'])), attributes};
}

function fillValue(attributes: Draft, row: Row): void {
  const expression = optionalText(row['expression']);
  if (row['identity'] !== null) attributes.identity = row['identity'] === 'a' ? 'always' : 'by default';
  else if (row['generated'] === null) {
    if (expression !== undefined) attributes.default = expression;
  } else if (expression !== undefined) {
    attributes.generated = expression;
    attributes.generatedKind = row['generated'] === 'v' ? 'virtual' : 'stored';
  }
}

function fillOptions(attributes: Draft, name: 'options' | 'foreignOptions', row: Row): void {
  const set = options(row[name]);
  if (set) attributes[name] = set;
}

const storages: Readonly<Record<string, string>> = {p: 'plain', e: 'external', m: 'main', x: 'extended'};
