import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {columnClause, columnSettings} from '../../definition/columns.ts';
import {parentKind, parentName, targetOf} from '../../definition/names.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../../objects.ts';
import {inheritedFrom} from '../companions.ts';
import {differingAttributes} from '../equal.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, LetGo, WriteContext, Writer, Written} from '../writer.ts';
import {changeColumn} from './column-change.ts';
import {baseOf, usingClause} from './column-type.ts';
import {isDeferredDefault} from './deferred.ts';
import {changeViewColumn} from './view-column.ts';

type Column = ObjectOf<'column'>;

export const columnWriter: Writer<'column'> = {
  create(column, context) {
    const common = writeCommon(targetOf(column), {after: column.attributes}, context);
    if (parentKind(column.parent ?? '') !== 'table') return [...viewColumn(column, context), ...common];
    const settings = columnSettings(column).map(sql => ({sql}));
    return [...made(column, context), ...settings, ...common];
  },
  drop(column) {
    if (parentKind(column.parent ?? '') !== 'table') return [];
    const name = `${parentName(column)}.${quoteWhereNeeded(column.name)}`;
    const loses = column.attributes.generated === undefined ? {loses: `All values of ${name}.`} : {};
    return [{sql: `${alterTable(column)} DROP COLUMN ${quoteWhereNeeded(column.name)}`, ...loses}];
  },
  change: (change, context) =>
    parentKind(change.after.parent ?? '') === 'table'
      ? changeColumn(change, context)
      : changeViewColumn(change, context),
  displaces: (change, dependant) => displaces(change, dependant),
  letGo,
};

export function alterTable(column: Column): string {
  return `ALTER TABLE ${parentName(column)}`;
}

/** How the column itself comes into being: with its table, with that of a parent, with a type, or by itself. */
function made(column: Column, context: WriteContext): readonly Written[] {
  const {to, creates} = context;
  const table = to.objects.get(column.parent ?? '');
  const {default: value} = column.attributes;
  const setDefault = value === undefined ? [] : [{sql: `${alterColumn(column)} SET DEFAULT ${value}`}];
  if (creates(column.parent ?? ''))
    return isDeferredDefault(column, to) ? setDefault : ownOfChild(column, to, setDefault);
  if (table?.kind === 'table' && table.attributes.ofType !== undefined) return setDefault;
  const parent = inheritedFrom(column, to).find(creates);
  const above = to.objects.get(parent ?? '');
  if (above?.kind === 'column') {
    const differing = new Set(differingAttributes(above, column));
    return differing.has('default') ? setDefault : [];
  }
  return [{sql: `${alterTable(column)} ADD COLUMN ${columnClause(column, to)}`, ...noteOnNew(column)}];
}

/** The clause of a column that is inherited does not stand in its table, and its default may be another than above. */
function ownOfChild(column: Column, to: SchemaSnapshot, setDefault: readonly Written[]): readonly Written[] {
  const defaults = inheritedFrom(column, to).flatMap(key => {
    const above = to.objects.get(key);
    return above?.kind === 'column' ? [above.attributes.default] : [];
  });
  const own = column.attributes.default;
  if (defaults.every(value => value === own)) return [];
  return own === undefined ? [{sql: `${alterColumn(column)} DROP DEFAULT`}] : setDefault;
}

function noteOnNew({attributes, name}: Column): {readonly note?: string} {
  const {notNull, default: value, generated, generatedKind, identity} = attributes;
  if (generated !== undefined) return generatedKind === 'virtual' ? {} : {note: rewrites};
  if (identity !== undefined || volatile.test(value ?? '')) return {note: rewrites};
  return notNull && value === undefined
    ? {note: `Fails when the table has rows, because they have no value for ${name}.`}
    : {};
}

const rewrites = 'Rewrites the table, because each row gets a value of its own.';
const volatile =
  /\b(nextval|random|gen_random_uuid|uuid_generate_v\d\w*|uuidv[47]|clock_timestamp|timeofday)\(/;

export function alterColumn(column: Column): string {
  return `${alterTable(column)} ALTER COLUMN ${quoteWhereNeeded(column.name)}`;
}

function viewColumn(column: Column, context: WriteContext): readonly Written[] {
  const bare: Column = {
    ...column,
    attributes: {type: column.attributes.type, position: column.attributes.position},
  };
  const attributes = new Set(differingAttributes(bare, column));
  return changeViewColumn({before: bare, after: column, attributes}, context, {common: false});
}

/** What PostgreSQL does not take along when the type of a column changes. */
function displaces({before, after, attributes}: Changed<'column'>, dependant: SchemaObject): boolean {
  if (!attributes.has('type') && !attributes.has('collation')) return false;
  switch (dependant.kind) {
    case 'view':
    case 'materialized view':
    case 'rule':
    case 'policy':
    case 'trigger':
    case 'function':
      return true;
    case 'column':
      return dependant.attributes.generated !== undefined;
    case 'constraint':
      // Both its sides would have to change at once.
      return (
        dependant.attributes.type === 'foreign key' &&
        baseOf(before.attributes.type) !== baseOf(after.attributes.type)
      );
    default:
      return false;
  }
}

/** A column whose type is made again is text in between; one whose default needs the object is without it. */
function letGo(column: Column, cause: SchemaObject, {to, creates}: WriteContext): LetGo | 'recreate' {
  const now = to.objects.get(column.key);
  if (now?.kind !== 'column' || parentKind(column.parent ?? '') !== 'table') return {before: [], after: []};
  if (column.attributes.generated !== undefined) return 'recreate';
  const alter = alterTable(column);
  const name = quoteWhereNeeded(column.name);
  const {type, default: value, collation} = column.attributes;
  const drop = value === undefined ? [] : [`ALTER COLUMN ${name} DROP DEFAULT`];
  const set =
    now.attributes.default === undefined
      ? []
      : [`ALTER COLUMN ${name} SET DEFAULT ${now.attributes.default}`];
  const inherited = inheritedFrom(column, to).length > 0;
  if (
    (cause.kind === 'type' || cause.kind === 'domain') &&
    baseOf(type).replace(/(\[\])+$/, '') === nameOf(cause)
  ) {
    if (inherited) return {before: [], after: [], retypes: true};
    const text = type.endsWith('[]') ? 'text[]' : 'text';
    const wanted = `${now.attributes.type}${now.attributes.collation === undefined ? '' : ` COLLATE ${now.attributes.collation}`}`;
    const before = [...drop, `ALTER COLUMN ${name} TYPE ${text} USING ${name}::${text}`];
    const after = [
      `ALTER COLUMN ${name} TYPE ${wanted}${usingClause(name, text, now.attributes.type)}`,
      ...set,
    ];
    const note = 'Rewrites the table, and fails when a value is not one of the new type.';
    return {
      before: [{sql: `${alter} ${before.join(', ')}`}],
      after: [{sql: `${alter} ${after.join(', ')}`, note}],
      retypes: true,
    };
  }
  if (cause.kind === 'collation' && collation !== undefined && creates(cause.key))
    return {
      before: [{sql: `${alter} ALTER COLUMN ${name} TYPE ${type} COLLATE "default"`}],
      after: [
        {
          sql: `${alter} ALTER COLUMN ${name} TYPE ${type} COLLATE ${now.attributes.collation ?? '"default"'}`,
        },
      ],
      retypes: true,
    };
  return {
    before: drop.map(words => ({sql: `${alter} ${words}`})),
    after: set.map(words => ({sql: `${alter} ${words}`})),
  };
}
