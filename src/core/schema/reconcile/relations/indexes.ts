import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {indexStatements} from '../../definition/indexes.ts';
import {schemaName, targetOf} from '../../definition/names.ts';
import {sorted} from '../../definition/options.ts';
import type {ObjectOf, SchemaObject} from '../../objects.ts';
import {backed, tableOf} from '../companions.ts';
import {indexPartitions} from '../index-partitions.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, Draft, WriteContext, Writer, Written} from '../writer.ts';
import {isTakenOver} from './constraint-index.ts';
import {optionChanges} from './options.ts';

type Index = ObjectOf<'index'>;

export const indexWriter: Writer<'index'> = {
  create(index, context) {
    const common = writeCommon(targetOf(index), {after: index.attributes}, context);
    const own = made(index, context);
    const undone = own.some(item => 'transaction' in item);
    return [
      ...own,
      ...(undone ? common.map(draft => ({...draft, undo: []})) : common),
      ...attached(index, context),
    ];
  },
  drop(index, context) {
    const name = schemaName(index);
    if (index.attributes.attachedTo !== undefined)
      return [{leftOut: `PostgreSQL drops ${name} with the index of the partitioned table only.`}];
    if (!context.safe || isPartitioned(index, context)) return [{sql: `DROP INDEX ${name}`}];
    return [{sql: `DROP INDEX CONCURRENTLY ${name}`, transaction: 'outside', plain: `DROP INDEX ${name}`}];
  },
  change,
};

function made(index: Index, context: WriteContext): readonly Written[] {
  const {definition, constraint} = index.attributes;
  const {attachedTo: _, ...attributes} = index.attributes;
  const statements = indexStatements({...index, attributes}).map(sql => ({sql}));
  if (constraint !== undefined) return [...inheritedConstraint(index, context), ...statements];
  const [create, ...settings] = statements;
  if (!create || definition === undefined) return [];
  if (!isBuiltBesideWriters(index, context))
    return [{...create, ...undoOfPartitioned(index, context)}, ...settings];
  const sql = create.sql.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY ');
  const note = 'When it fails it leaves an invalid index behind: drop it before the next attempt.';
  const undo = [`DROP INDEX CONCURRENTLY ${schemaName(index)}`];
  return [
    {sql, transaction: 'outside', plain: create.sql, note, undo},
    ...settings.map(draft => ({...draft, undo: []})),
  ];
}

/** The indexes of partitions, which migrations of their own have built, go with it and have to be there again. */
function undoOfPartitioned(index: Index, context: WriteContext): {readonly undo?: readonly string[]} {
  const built = leavesOf(index.key, context).filter(leaf => isBuiltBesideWriters(leaf, context));
  if (built.length === 0) return {};
  if (index.attributes.attachedTo !== undefined && context.creates(`index ${index.attributes.attachedTo}`))
    return {undo: []};
  return {
    undo: [
      `DROP INDEX ${schemaName(index)}`,
      ...built.flatMap(({attributes}) => attributes.definition ?? []),
    ],
  };
}

function leavesOf(key: string, context: WriteContext): readonly Index[] {
  return (indexPartitions(context.to).get(key) ?? []).flatMap(partition => {
    const index = context.to.objects.get(partition);
    if (index?.kind !== 'index' || !context.creates(partition)) return [];
    return [index, ...leavesOf(partition, context)];
  });
}

/** The index of a partition for a constraint that the partition has from its parent only. */
function inheritedConstraint(index: Index, {to}: WriteContext): readonly Written[] {
  if (backed(index, to).some(key => to.objects.has(key))) return [];
  let above: SchemaObject | undefined = index;
  while (above?.kind === 'index' && above.attributes.attachedTo !== undefined)
    above = to.objects.get(`index ${above.attributes.attachedTo}`);
  const key = above?.kind === 'index' ? backed(above, to)[0] : undefined;
  const constraint = to.objects.get(key ?? '');
  const table = tableOf(index, to)[0]?.slice('table '.length);
  if (constraint?.kind !== 'constraint' || table === undefined) return [];
  const name = quoteWhereNeeded(index.attributes.constraint ?? index.name);
  const only = isPartitioned(index, {to}) ? 'ONLY ' : '';
  return [{sql: `ALTER TABLE ${only}${table} ADD CONSTRAINT ${name} ${constraint.attributes.definition}`}];
}

/** Where the table itself is taken in as a partition later, PostgreSQL puts its indexes to those of the parent. */
function attached(index: Index, context: WriteContext): readonly Written[] {
  const {to, creates} = context;
  const {attachedTo} = index.attributes;
  if (attachedTo === undefined || tableOf(index, to).some(creates)) return [];
  const parent = to.objects.get(`index ${attachedTo}`);
  const undone =
    parent?.kind === 'index' && creates(parent.key) && undoOfPartitioned(parent, context).undo !== undefined;
  return [{...attach(index, attachedTo), ...(undone ? {undo: []} : {})}];
}

function attach(index: Index, to: string): Draft {
  return {sql: `ALTER INDEX ${to} ATTACH PARTITION ${schemaName(index)}`, after: [`index ${to}`]};
}

function isBuiltBesideWriters(index: Index, context: WriteContext): boolean {
  return context.safe && !tableOf(index, context.to).some(context.creates) && !isPartitioned(index, context);
}

function isPartitioned(index: Index, {to}: Pick<WriteContext, 'to'>): boolean {
  return tableOf(index, to).some(key => {
    const table = to.objects.get(key);
    return table?.kind === 'table' && table.attributes.partitionKey !== undefined;
  });
}

const inPlace = new Set([
  'options',
  'tablespace',
  'statistics',
  'comment',
  'dependsOnExtensions',
  'invalid',
  'attachedTo',
  'definition',
]);

function change(
  {before, after, attributes}: Changed<'index'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const [was, is] = [before.attributes, after.attributes];
  // Options and the tablespace are told by the definition too.
  const told = ['options', 'tablespace'].some(name => attributes.has(name));
  const others = [...attributes].filter(name => !inPlace.has(name));
  const taken = attributes.has('constraint') && isTakenOver(before, after);
  if (
    was.attachedTo !== undefined &&
    attributes.has('attachedTo') &&
    !context.drops(`index ${was.attachedTo}`)
  )
    return [
      {leftOut: `PostgreSQL does not detach ${schemaName(after)} from the index of the partitioned table.`},
    ];
  if (!taken && (others.length > 0 || (attributes.has('definition') && !told))) return 'recreate';
  if (attributes.has('attachedTo') && was.attachedTo !== undefined) return 'recreate';
  const alter = `ALTER INDEX ${schemaName(after)}`;
  return [
    ...(attributes.has('options') ? optionChanges(alter, was.options, is.options) : []),
    ...(attributes.has('tablespace')
      ? [{sql: `${alter} SET TABLESPACE ${quoteWhereNeeded(is.tablespace ?? 'pg_default')}`}]
      : []),
    ...(attributes.has('statistics') ? statistics(before, after, alter) : []),
    ...(attributes.has('invalid') ? validity(after, context) : []),
    ...writeCommon(targetOf(after), {before: was, after: is, attributes}, context),
    ...(attributes.has('attachedTo') && is.attachedTo !== undefined ? [attach(after, is.attachedTo)] : []),
  ];
}

function statistics({attributes: was}: Index, {attributes: is}: Index, alter: string): readonly Draft[] {
  const [had, has] = [was.statistics ?? {}, is.statistics ?? {}];
  const keys = sorted({...had, ...has}).filter(([key]) => had[key] !== has[key]);
  return keys.map(([key]) => ({sql: `${alter} ALTER COLUMN ${key} SET STATISTICS ${has[key] ?? -1}`}));
}

function validity(index: Index, context: WriteContext): readonly Written[] {
  const name = schemaName(index);
  if (index.attributes.invalid) return [{leftOut: 'No statement makes an index invalid.'}];
  if (isPartitioned(index, context)) return [];
  if (!context.safe) return [{sql: `REINDEX INDEX ${name}`}];
  return [
    {sql: `REINDEX INDEX CONCURRENTLY ${name}`, transaction: 'outside', plain: `REINDEX INDEX ${name}`},
  ];
}
