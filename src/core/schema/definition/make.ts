import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaKind, SchemaSnapshot} from '../objects.ts';
import {columnClause, columnSettings} from './columns.ts';
import {addConstraint} from './constraints.ts';
import {createServer, createUserMapping, createWrapper} from './foreign.ts';
import {indexStatements} from './indexes.ts';
import {parentName} from './names.ts';
import {
  createPolicy,
  createRoutine,
  eventTriggerStatements,
  ruleStatements,
  triggerStatements,
} from './programs.ts';
import {createPublication, subscriptionStatements} from './replication.ts';
import {databaseSettings, defaultPrivilegeStatements, roleStatements} from './roles.ts';
import {createTable, tableSettings} from './tables.ts';
import {withoutSemicolon} from './text.ts';
import {configurationStatements, createDictionary} from './text-search.ts';
import {createType, domainStatements, sequenceStatements} from './types.ts';
import {createMaterializedView, createView} from './views.ts';

/** Writes the statements that make one object, without what all kinds have in common. */
type Maker<K extends SchemaKind> = (object: ObjectOf<K>, snapshot: SchemaSnapshot) => readonly string[];

/**
 * @returns the statements that make the object where all that it needs is there, without semicolons. What are
 *   parts of it as objects of their own are left to them.
 */
export function makeStatements<K extends SchemaKind>(
  object: ObjectOf<K>,
  snapshot: SchemaSnapshot,
): readonly string[] {
  return makers[object.kind](object, snapshot);
}

const told = ({attributes}: {readonly attributes: {readonly definition: string}}): readonly string[] => [
  withoutSemicolon(attributes.definition),
];

const makers: {readonly [K in SchemaKind]: Maker<K>} = {
  schema: schema => [`CREATE SCHEMA ${nameOf(schema)}`],
  extension: ({name, attributes}) => [
    `CREATE EXTENSION ${quoteWhereNeeded(name)} SCHEMA ${quoteWhereNeeded(attributes.schema)} VERSION '${attributes.version}'`,
  ],
  table: (table, snapshot) => [createTable(table, snapshot, []), ...tableSettings(table, snapshot)],
  column: (column, snapshot) => [
    `ALTER TABLE ${parentName(column)} ADD COLUMN ${columnClause(column, snapshot)}`,
    ...columnSettings(column),
  ],
  constraint: constraint => [addConstraint(constraint)],
  index: indexStatements,
  sequence: sequenceStatements,
  view: view => [createView(view)],
  'materialized view': view => [createMaterializedView(view)],
  function: routine => [createRoutine(routine)],
  trigger: triggerStatements,
  'event trigger': eventTriggerStatements,
  rule: ruleStatements,
  policy: policy => [createPolicy(policy)],
  type: type => [createType(type)],
  domain: domainStatements,
  statistics: statistics => [
    ...told(statistics),
    ...(statistics.attributes.target === undefined
      ? []
      : [`ALTER STATISTICS ${nameOf(statistics)} SET STATISTICS ${statistics.attributes.target}`]),
  ],
  publication: publication => [createPublication(publication)],
  subscription: subscriptionStatements,
  'foreign data wrapper': wrapper => [createWrapper(wrapper)],
  server: server => [createServer(server)],
  'user mapping': mapping => [createUserMapping(mapping)],
  language: told,
  collation: told,
  cast: told,
  operator: told,
  'operator class': told,
  'operator family': family => [
    `CREATE OPERATOR FAMILY ${nameOf(family)}`,
    ...(family.attributes.members ?? []).map(
      member => `ALTER OPERATOR FAMILY ${nameOf(family)} ADD ${member}`,
    ),
  ],
  conversion: told,
  transform: told,
  'access method': told,
  'text search configuration': configurationStatements,
  'text search dictionary': dictionary => [createDictionary(dictionary)],
  'text search parser': told,
  'text search template': told,
  'default privileges': ({attributes}, {versionNumber}) =>
    defaultPrivilegeStatements(attributes, {is: attributes.privileges, versionNumber}),
  database: ({attributes}) => databaseSettings({}, attributes.settings),
  role: roleStatements,
};
