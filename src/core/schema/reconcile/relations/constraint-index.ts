import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {addConstraint} from '../../definition/constraints.ts';
import {parentName, schemaName} from '../../definition/names.ts';
import {storageOptions} from '../../definition/options.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {backed} from '../companions.ts';
import {sameValue} from '../equal.ts';
import type {WriteContext, Written} from '../writer.ts';

type Constraint = ObjectOf<'constraint'>;
type Index = ObjectOf<'index'>;

/** Primary keys, unique and exclusion constraints. In the safe form the index is built while others write. */
export function addWithIndex(constraint: Constraint, context: WriteContext): readonly Written[] {
  const {to, from, safe, creates} = context;
  const table = to.objects.get(constraint.parent ?? '');
  const index = indexOf(constraint, to);
  const partitioned = table?.kind === 'table' && table.attributes.partitionKey !== undefined;
  if (partitioned) return [{sql: addConstraint(constraint).replace(/^ALTER TABLE /, 'ALTER TABLE ONLY ')}];
  const known = index && from.objects.get(index.key);
  if (index && known?.kind === 'index' && isTakenOver(known, index))
    return [{sql: usingIndex(constraint, index)}];
  const {type, withoutOverlaps} = constraint.attributes;
  const short = !safe || type === 'exclusion' || withoutOverlaps || !table || creates(table.key);
  if (short || !index || index.attributes.attachedTo !== undefined) return [{sql: addConstraint(constraint)}];
  const make = (concurrently: string): string => createIndex(index, parentName(constraint), concurrently);
  const name = schemaName(index);
  const add = usingIndex(constraint, index);
  return [
    {
      sql: make(' CONCURRENTLY'),
      transaction: 'outside',
      plain: make(''),
      undo: [`DROP INDEX CONCURRENTLY ${name}`],
      note: 'Fails on equal values, and leaves an invalid index behind then: drop it before the next attempt.',
    },
    // The index goes with the constraint, and has to be there again for the step before.
    {
      sql: add,
      undo: [
        `ALTER TABLE ${parentName(constraint)} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`,
        make(''),
      ],
    },
  ];
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
