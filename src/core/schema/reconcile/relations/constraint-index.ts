import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {addConstraint} from '../../definition/constraints.ts';
import {parentName, schemaName} from '../../definition/names.ts';
import {storageOptions} from '../../definition/options.ts';
import {partsOf} from '../../definition/parts.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {backed} from '../companions.ts';
import {sameValue} from '../equal.ts';
import type {WriteContext, Written} from '../writer.ts';

type Constraint = ObjectOf<'constraint'>;
type Index = ObjectOf<'index'>;

/** Primary keys, unique and exclusion constraints. In the safe form the index is built while others write. */
export function addWithIndex(constraint: Constraint, context: WriteContext): readonly Written[] {
  const {to, from} = context;
  const table = to.objects.get(constraint.parent ?? '');
  const index = indexOf(constraint, to);
  const columns = tightened(constraint, context);
  const about = [constraint.key, ...columns.map(({key}) => key)];
  const partitioned = table?.kind === 'table' && table.attributes.partitionKey !== undefined;
  const add = addConstraint(constraint);
  if (partitioned) return [{sql: add.replace(/^ALTER TABLE /, 'ALTER TABLE ONLY '), about}];
  const known = index && from.objects.get(index.key);
  if (index && known?.kind === 'index' && isTakenOver(known, index))
    return [{sql: usingIndex(constraint, index), about}];
  if (!index || !isBuiltBefore(constraint, index, context)) return [{sql: add, about}];
  return builtBefore(constraint, index, columns);
}

function isBuiltBefore(constraint: Constraint, index: Index, {safe, to, creates}: WriteContext): boolean {
  const {type, withoutOverlaps} = constraint.attributes;
  const table = to.objects.get(constraint.parent ?? '');
  if (!safe || !table || creates(table.key)) return false;
  return type !== 'exclusion' && !withoutOverlaps && index.attributes.attachedTo === undefined;
}

function builtBefore(
  constraint: Constraint,
  index: Index,
  columns: readonly ObjectOf<'column'>[],
): readonly Written[] {
  const alter = `ALTER TABLE ${parentName(constraint)}`;
  const plain = createIndex(index, parentName(constraint), '');
  const loosened = columns.map(({name}) => `${alter} ALTER COLUMN ${quoteWhereNeeded(name)} DROP NOT NULL`);
  return [
    {
      sql: createIndex(index, parentName(constraint), ' CONCURRENTLY'),
      transaction: 'outside',
      plain,
      undo: [`DROP INDEX CONCURRENTLY ${schemaName(index)}`],
      note: 'Fails on equal values, and leaves an invalid index behind then: drop it before the next attempt.',
    },
    {
      sql: usingIndex(constraint, index),
      about: [constraint.key, ...columns.map(({key}) => key)],
      // The index goes with the constraint, and has to be there again for the step before.
      undo: [`${alter} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`, ...loosened, plain],
    },
  ];
}

/** @returns the columns that become NOT NULL with a primary key. */
function tightened(constraint: Constraint, {to, from}: WriteContext): readonly ObjectOf<'column'>[] {
  if (constraint.attributes.type !== 'primary key') return [];
  return partsOf(from, constraint.parent ?? '', 'column').filter(
    ({key, name, attributes}) =>
      constraint.attributes.columns?.includes(name) && !attributes.notNull && to.objects.has(key),
  );
}

/** @returns the index behind a constraint. */
export function indexOf(constraint: Constraint, snapshot: SchemaSnapshot): Index | undefined {
  const key = `index ${quoteWhereNeeded(constraint.schema ?? '')}.${quoteWhereNeeded(constraint.name)}`;
  const direct =
    snapshot.objects.get(key) ?? snapshot.objects.get(`index ${constraint.key.slice('constraint '.length)}`);
  return direct?.kind === 'index' && backed(direct, snapshot).includes(constraint.key) ? direct : undefined;
}

/** Whether an index that is there already is what the constraint needs. */
export function isTakenOver(before: Index, after: Index): boolean {
  const [was, is] = [before.attributes, after.attributes];
  return (
    was.constraint === undefined &&
    is.constraint !== undefined &&
    was.unique === true &&
    was.predicate === undefined &&
    was.method === is.method &&
    was.nullsNotDistinct === is.nullsNotDistinct &&
    sameValue(was.keys, is.keys) &&
    sameValue(was.include, is.include)
  );
}

function createIndex({name, attributes}: Index, table: string, concurrently: string): string {
  const {keys, include, nullsNotDistinct, options, tablespace} = attributes;
  return [
    `CREATE UNIQUE INDEX${concurrently} ${quoteWhereNeeded(name)} ON ${table} (${keys.join(', ')})`,
    include ? `INCLUDE (${include.map(quoteWhereNeeded).join(', ')})` : '',
    nullsNotDistinct ? 'NULLS NOT DISTINCT' : '',
    options ? `WITH (${storageOptions(options)})` : '',
    tablespace === undefined ? '' : `TABLESPACE ${quoteWhereNeeded(tablespace)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function usingIndex(constraint: Constraint, index: Index): string {
  const {type, deferrable, initiallyDeferred} = constraint.attributes;
  return [
    `ALTER TABLE ${parentName(constraint)} ADD CONSTRAINT ${quoteWhereNeeded(constraint.name)} ${type.toUpperCase()}`,
    `USING INDEX ${quoteWhereNeeded(index.name)}`,
    ...(deferrable ? ['DEFERRABLE'] : []),
    ...(initiallyDeferred ? ['INITIALLY DEFERRED'] : []),
  ].join(' ');
}
