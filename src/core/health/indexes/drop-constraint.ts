import type {IndexRow} from '../parts/indexes.ts';
import {attaching} from './attaching.ts';
import {indexDefinitionOf, storageText} from './definition.ts';
import {lines, type IndexMigration} from './migration.ts';
import type {IndexModel} from './model.ts';
import {serverName, serverQuote} from './server-quote.ts';

type Constraint = NonNullable<IndexRow['constraint']>;

/**
 * The migration that drops the constraint of an index, and the index with it.
 * @returns nothing where an exclusion constraint could not be read
 */
export function dropConstraintMigration(
  model: IndexModel,
  index: IndexRow,
  constraint: Constraint,
): IndexMigration | undefined {
  const down = index.partitioned ? partitioned(model, index) : alone(index, constraint);
  if (down === undefined) return undefined;
  const title = `Drop the constraint ${constraint.name}`;
  const up = `ALTER TABLE ${serverName(tableOf(index))} DROP CONSTRAINT ${serverQuote(constraint.name)};`;
  return {title, up, down};
}

function alone(index: IndexRow, constraint: Constraint): string | undefined {
  if (constraint.kind === 'unique' && index.method === 'btree') return uniqueWithIndex(index, constraint);
  const added = adding(index);
  return added && lines(added);
}

/** Nothing is made of a part of it: one that could not be read leaves all as it is. */
function partitioned(model: IndexModel, index: IndexRow): string | undefined {
  let isComplete = true;
  const statements = attaching(model, index, one => {
    const added = adding(one);
    isComplete &&= added !== undefined;
    return added ?? [];
  });
  return isComplete ? lines(statements) : undefined;
}

/**
 * The index is built first, so that whoever has a large table can build it before that without blocking writes: an index
 * that is there already is taken. CONCURRENTLY itself would have to be alone in a migration, and what that one undoes
 * could not be seen by itself.
 */
function uniqueWithIndex(index: IndexRow, constraint: Constraint): string {
  const concurrently = indexDefinitionOf(index, {concurrently: true, tablespace: true});
  const added = `${addConstraint(index, constraint)} UNIQUE USING INDEX ${serverQuote(index.name)}`;
  return [
    '-- So that a large table stays writable, build the index before this, outside of a transaction:',
    `-- ${concurrently};`,
    lines([
      indexDefinitionOf(index, {ifNotExists: true, tablespace: true}),
      `${added}${deferral(constraint)}`,
    ]),
  ].join('\n');
}

/** @returns the statements that add the constraint of one index, and leave partitions alone */
function adding(index: IndexRow): readonly string[] | undefined {
  const {constraint} = index;
  if (constraint?.kind === 'exclusion') return excluding(index, constraint);
  return constraint && [keyed(index, constraint)];
}

/** The server's text leaves out where it is stored. */
function excluding(index: IndexRow, constraint: Constraint): readonly string[] | undefined {
  const {tablespace} = index;
  if (constraint.definition === undefined) return undefined;
  return [
    `${addConstraint(index, constraint)} ${constraint.definition}`,
    ...(tablespace === undefined
      ? []
      : [`ALTER INDEX ${serverName(index)} SET TABLESPACE ${serverQuote(tablespace)}`]),
  ];
}

/** What is not a btree holds a range that may not overlap, which is its last key. */
function keyed(index: IndexRow, constraint: Constraint): string {
  const {keys, include, method, tablespace, nullsNotDistinct} = index;
  return [
    `${addConstraint(index, constraint)} ${constraint.kind === 'primary-key' ? 'PRIMARY KEY' : 'UNIQUE'}`,
    nullsNotDistinct ? ' NULLS NOT DISTINCT' : '',
    ` (${keys.map(({text}) => text).join(', ')}${method === 'btree' ? '' : ' WITHOUT OVERLAPS'})`,
    include.length > 0 ? ` INCLUDE (${include.map(serverQuote).join(', ')})` : '',
    storageText(index),
    tablespace === undefined ? '' : ` USING INDEX TABLESPACE ${serverQuote(tablespace)}`,
    deferral(constraint),
  ].join('');
}

function addConstraint(index: IndexRow, {name}: Constraint): string {
  const only = index.partitioned ? 'ONLY ' : '';
  return `ALTER TABLE ${only}${serverName(tableOf(index))} ADD CONSTRAINT ${serverQuote(name)}`;
}

function deferral({deferrable, deferred}: Constraint): string {
  return `${deferrable ? ' DEFERRABLE' : ''}${deferred === true ? ' INITIALLY DEFERRED' : ''}`;
}

function tableOf({schema, table}: IndexRow): {readonly schema: string; readonly name: string} {
  return {schema, name: table};
}
