import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {targetOf} from '../../definition/names.ts';
import {replicaIdentity} from '../../definition/tables.ts';
import {partsOf} from '../../definition/parts.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';
import {detach, joinParents, leaveParents} from './table-parents.ts';
import {foreignOptionChanges, optionChanges} from './options.ts';

type Table = ObjectOf<'table'>;
type Write = (change: Changed<'table'>, alter: string, context: WriteContext) => readonly Written[];

const attributesAsWritten = [
  'partitionOf',
  'partitionBound',
  'inherits',
  'ofType',
  'accessMethod',
  'tablespace',
  'persistence',
  'options',
  'toastOptions',
  'foreignOptions',
  'rowSecurity',
  'forceRowSecurity',
  'replicaIdentity',
  'clusterOn',
] as const;

/** @returns the statements that change a table in place. Columns and constraints are objects of their own. */
export function changeTable(
  change: Changed<'table'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const {before, after, attributes} = change;
  const has = (name: string): boolean => attributes.has(name);
  // A foreign table holds no rows.
  if (has('server') && before.attributes.server !== undefined && after.attributes.server !== undefined)
    return 'recreate';
  const fixed = ['server', 'partitionKey'].filter(has);
  if (fixed.length > 0)
    return [
      {
        leftOut: `PostgreSQL cannot make ${nameOf(after)} ${fixedWords(after)}; copy its rows into a new table.`,
      },
    ];
  const parents = has('partitionBound') && !has('partitionOf') ? reattach(change) : [];
  return [
    ...parents,
    ...attributesAsWritten
      .filter(has)
      .flatMap(name => writes[name](change, `ALTER TABLE ${nameOf(after)}`, context)),
    ...writeCommon(
      targetOf(after),
      {before: before.attributes, after: after.attributes, attributes},
      context,
    ),
  ];
}

function fixedWords({attributes}: Table): string {
  if (attributes.server !== undefined) return 'a foreign table';
  return attributes.partitionKey === undefined
    ? 'an ordinary table'
    : `partitioned by ${attributes.partitionKey}`;
}

function reattach({before, after}: Changed<'table'>): readonly Written[] {
  const {partitionOf} = after.attributes;
  return partitionOf === undefined ? [] : [...detach(before), ...joinParents(after)];
}

const writes: Readonly<Record<(typeof attributesAsWritten)[number], Write>> = {
  partitionOf: ({before, after}, _, context) => [
    ...detach(before),
    ...(after.attributes.partitionOf === undefined ? [] : joinParents(after, afterParts(after, context.to))),
  ],
  partitionBound: () => [],
  inherits: ({before, after}) => leaveParents(before, after),
  ofType: ({after: {attributes}}, alter) => [
    {sql: attributes.ofType === undefined ? `${alter} NOT OF` : `${alter} OF ${attributes.ofType}`},
  ],
  accessMethod: ({after: {attributes}}, alter, {versionNumber}) =>
    versionNumber < 150_000
      ? [{leftOut: 'The access method of a table cannot be changed before PostgreSQL 15.'}]
      : [
          {
            sql: `${alter} SET ACCESS METHOD ${quoteWhereNeeded(attributes.accessMethod ?? 'heap')}`,
            note: rewrites,
          },
        ],
  tablespace: ({after: {attributes}}, alter) => [
    {
      sql: `${alter} SET TABLESPACE ${quoteWhereNeeded(attributes.tablespace ?? 'pg_default')}`,
      note: rewrites,
    },
  ],
  persistence: ({after: {attributes}}, alter) => [
    {sql: `${alter} SET ${attributes.persistence === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`, note: rewrites},
  ],
  options: ({before, after}, alter) =>
    optionChanges(alter, before.attributes.options, after.attributes.options),
  toastOptions: ({before, after}, alter) =>
    optionChanges(alter, before.attributes.toastOptions, after.attributes.toastOptions, 'toast.'),
  foreignOptions: ({before, after}) =>
    foreignOptionChanges(
      `ALTER FOREIGN TABLE ${nameOf(after)}`,
      before.attributes.foreignOptions,
      after.attributes.foreignOptions,
    ),
  rowSecurity: ({after: {attributes}}, alter) => [
    {sql: `${alter} ${attributes.rowSecurity ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`},
  ],
  forceRowSecurity: ({after: {attributes}}, alter) => [
    {sql: `${alter} ${attributes.forceRowSecurity ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`},
  ],
  replicaIdentity: ({after}, alter) => identityDrafts(after, alter),
  clusterOn: ({after}, alter) => clusterDrafts(after, alter),
};

const rewrites = 'Rewrites the table while nobody else can read or write it.';

/** @returns what a table needs as soon as it was made. */
export function settingsOf(table: Table): readonly Written[] {
  const {attributes} = table;
  const alter = `ALTER TABLE ${nameOf(table)}`;
  return [
    ...(attributes.rowSecurity ? [{sql: `${alter} ENABLE ROW LEVEL SECURITY`}] : []),
    ...(attributes.forceRowSecurity ? [{sql: `${alter} FORCE ROW LEVEL SECURITY`}] : []),
    ...(attributes.replicaIdentity === undefined || attributes.server !== undefined
      ? []
      : identityDrafts(table, alter)),
    ...(attributes.clusterOn === undefined ? [] : clusterDrafts(table, alter)),
  ];
}

function identityDrafts(table: Table, alter: string): readonly Written[] {
  const {replicaIdentity: identity = 'default'} = table.attributes;
  const sql = `${alter} REPLICA IDENTITY ${replicaIdentity(identity)}`;
  return identity.startsWith('index ')
    ? [{sql, after: indexKeys(table, identity.slice('index '.length))}]
    : [{sql}];
}

function clusterDrafts(table: Table, alter: string): readonly Written[] {
  const {clusterOn} = table.attributes;
  if (clusterOn === undefined) return [{sql: `${alter} SET WITHOUT CLUSTER`}];
  return [{sql: `${alter} CLUSTER ON ${quoteWhereNeeded(clusterOn)}`, after: indexKeys(table, clusterOn)}];
}

/** The index may be that of a constraint, which makes it. */
function indexKeys({key, schema = ''}: Table, name: string): readonly string[] {
  const index = quoteWhereNeeded(name);
  return [`index ${quoteWhereNeeded(schema)}.${index}`, `constraint ${key.slice('table '.length)}.${index}`];
}

/** @returns the keys of the indexes and constraints that have to be there before partitions are put together. */
export function afterParts(table: Table, to: SchemaSnapshot): readonly string[] {
  const tables = [table.key, `table ${table.attributes.partitionOf ?? ''}`];
  return tables.flatMap(key =>
    [...partsOf(to, key, 'index'), ...partsOf(to, key, 'constraint')].map(part => part.key),
  );
}
