import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {valueClause} from '../../definition/columns.ts';
import {parentName, targetOf} from '../../definition/names.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf} from '../../objects.ts';
import {inheritedFrom} from '../companions.ts';
import {differingAttributes} from '../equal.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';
import {addIdentity, alterIdentity, dropIdentity, givesRoom} from './column-identity.ts';
import {dropNotNull, setNotNull} from './column-not-null.ts';
import {lossOfType, rewritesTable, usingClause} from './column-type.ts';
import {foreignOptionChanges, optionChanges} from './options.ts';

type Column = ObjectOf<'column'>;

/** What ALTER TABLE on a parent does to its children as well. */
const cascading = new Set([
  'type',
  'collation',
  'default',
  'notNull',
  'generated',
  'generatedKind',
  'storage',
  'statistics',
  'identity',
  'identityOptions',
]);

/** @returns the statements that change a column of a table, in an order in which PostgreSQL takes them. */
export function changeColumn(
  change: Changed<'column'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const {before, after} = change;
  const attributes = withoutInherited(change, context);
  const generated =
    attributes.has('generated') || attributes.has('generatedKind')
      ? changeGenerated(before, after, context)
      : [];
  if (generated === 'recreate') return generated;
  const alter = `ALTER TABLE ${parentName(after)} ALTER COLUMN ${quoteWhereNeeded(after.name)}`;
  const own = {before, after, attributes};
  const identity = attributes.has('identity') || attributes.has('identityOptions');
  const [had, has] = [before.attributes.identity, after.attributes.identity];
  const loosened = attributes.has('notNull') && !after.attributes.notNull;
  const tightened = attributes.has('notNull') && after.attributes.notNull;
  return [
    ...(identity && had !== undefined && has === undefined && !givesRoom(change, context)
      ? [dropIdentity(after)]
      : []),
    ...(loosened ? dropNotNull(after, context) : []),
    ...generated,
    ...changeValues(own, alter, context),
    ...(identity && had !== undefined && has !== undefined ? alterIdentity(own, alter) : []),
    ...changeSettings(own, alter),
    ...changeInherited(own, context),
    ...writeCommon(
      targetOf(after),
      {before: before.attributes, after: after.attributes, attributes},
      context,
    ),
    ...(tightened ? setNotNull(after, context) : []),
    ...(identity && had === undefined && has !== undefined ? addIdentity(after, alter) : []),
  ];
}

/** INHERIT leaves a column the table's own as well; only CREATE TABLE makes one that is not. */
function changeInherited(
  {before, after, attributes}: Changed<'column'>,
  {from, to}: WriteContext,
): readonly Written[] {
  if (!attributes.has('inherited')) return [];
  const table = nameOf({kind: 'table', key: after.parent ?? ''});
  const [was, is] = [from.objects.get(after.parent ?? ''), to.objects.get(after.parent ?? '')];
  const parents = was && is ? differingAttributes(was, is) : [];
  if (before.attributes.inherited && (parents.includes('inherits') || parents.includes('partitionOf')))
    return [];
  const words = before.attributes.inherited
    ? 'cannot be made its own'
    : 'stays its own, whatever becomes of the parent';
  return [{leftOut: `Column ${after.name} of ${table} ${words}.`}];
}

/** Without what a parent's statement does here too. */
function withoutInherited(
  {before, after, attributes}: Changed<'column'>,
  {from, to}: WriteContext,
): ReadonlySet<string> {
  const done = inheritedFrom(after, to).flatMap(key => {
    const [had, has] = [from.objects.get(key), to.objects.get(key)];
    if (had?.kind !== 'column' || has?.kind !== 'column') return [];
    const other = differingAttributes(has, after);
    return differingAttributes(had, has).filter(name => cascading.has(name) && !other.includes(name));
  });
  return before.attributes.inherited
    ? new Set([...attributes].filter(name => !done.includes(name)))
    : attributes;
}

function changeGenerated(
  before: Column,
  after: Column,
  {versionNumber}: WriteContext,
): readonly Written[] | 'recreate' {
  const [was, is] = [before.attributes, after.attributes];
  const alter = `ALTER TABLE ${parentName(after)} ALTER COLUMN ${quoteWhereNeeded(after.name)}`;
  if (is.generated === undefined)
    return was.generatedKind === 'virtual' ? 'recreate' : [{sql: `${alter} DROP EXPRESSION`}];
  if (was.generated === undefined || was.generatedKind !== is.generatedKind || versionNumber < 170_000)
    return 'recreate';
  const expression = valueClause(after)
    .replace(/^GENERATED ALWAYS /, '')
    .replace(/ (STORED|VIRTUAL)$/, '');
  return [
    {
      sql: `${alter} SET EXPRESSION ${expression}`,
      ...(is.generatedKind === 'virtual' ? {} : {note: rewrites}),
    },
  ];
}

const rewrites = 'Rewrites the table and its indexes while nobody else can read or write it.';

/** Type and default in one statement, because a default of the old type may not fit the new one. */
function changeValues(
  {before, after, attributes}: Changed<'column'>,
  alter: string,
  {to}: WriteContext,
): readonly Written[] {
  const [was, is] = [before.attributes, after.attributes];
  const setDefault = is.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${is.default}`;
  const changed = attributes.has('type') || attributes.has('collation');
  // That an identity, an expression or a sequence takes the default's place is said by what makes it.
  const defaults = attributes.has('default') && is.generated === undefined;
  if (!changed) return defaults ? [{sql: `${alter} ${setDefault}`}] : [];
  const table = to.objects.get(after.parent ?? '');
  if (table?.kind === 'table' && usesInKey(table.attributes.partitionKey, after.name))
    return [
      {
        leftOut: `PostgreSQL does not change the type of column ${after.name}, because the table is partitioned by it.`,
      },
    ];
  const column = quoteWhereNeeded(after.name);
  const collate = is.collation === undefined ? '' : ` COLLATE ${is.collation}`;
  const using = usingClause(column, was.type, is.type);
  const drop = was.default !== undefined && (defaults || using !== '');
  const own = `ALTER COLUMN ${column}`;
  const words = [
    ...(drop ? [`${own} DROP DEFAULT`] : []),
    `${own} TYPE ${is.type}${collate}${using}`,
    ...(is.default !== undefined && (drop || defaults) ? [`${own} ${setDefault}`] : []),
  ];
  const loses = lossOfType(`${parentName(after)}.${column}`, was.type, is.type);
  return [
    {
      sql: `ALTER TABLE ${parentName(after)} ${words.join(', ')}`,
      ...(rewritesTable(was.type, is.type) ? {note: rewrites} : {}),
      ...(loses === undefined ? {} : {loses}),
    },
  ];
}

function usesInKey(key: string | undefined, column: string): boolean {
  const quoted = quoteWhereNeeded(column);
  return (key?.match(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []).slice(1).includes(quoted);
}

function changeSettings({before, after, attributes}: Changed<'column'>, alter: string): readonly Written[] {
  const [was, is] = [before.attributes, after.attributes];
  const has = (name: string): boolean => attributes.has(name);
  const foreign = `ALTER FOREIGN TABLE ${parentName(after)} ALTER COLUMN ${quoteWhereNeeded(after.name)}`;
  return [
    ...(has('storage') ? storage(after, alter) : []),
    ...(has('compression') ? [{sql: `${alter} SET COMPRESSION ${is.compression ?? 'default'}`}] : []),
    ...(has('statistics') ? [{sql: `${alter} SET STATISTICS ${is.statistics ?? -1}`}] : []),
    ...(has('options') ? optionChanges(alter, was.options, is.options) : []),
    ...(has('foreignOptions') ? foreignOptionChanges(foreign, was.foreignOptions, is.foreignOptions) : []),
  ];
}

/** Before 16 there is no word for the type's own storage; what it is follows from the type. */
function storage({attributes}: Column, alter: string): readonly Written[] {
  const own = /^(numeric|inet|cidr|macaddr)/.test(attributes.type) ? 'MAIN' : 'EXTENDED';
  return [{sql: `${alter} SET STORAGE ${(attributes.storage ?? own).toUpperCase()}`}];
}
