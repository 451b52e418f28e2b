import {text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {droppedObjects, short, type NamedObject} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'drop-schema',
  severity: 'warning',
  title: 'A schema is dropped',
  about: `Without \`CASCADE\` the statement fails with 2BP01 as long as anything is in the schema. With it, all tables of the
schema go with their rows, and so does everything outside that depends on them: views, foreign keys, functions. Each
table is locked with \`ACCESS EXCLUSIVE\`.

Drop the tables by their names first: then the statement says what it takes.`,
  direction: 'up',
  kinds: ['DropStmt'],
  check: situation => {
    if (situation.statement.node['removeType'] !== 'OBJECT_SCHEMA') return [];
    return droppedObjects(situation.statement).flatMap(object => drafts(situation, object));
  },
};

const mostNamed = 5;

function drafts(situation: Situation, object: NamedObject): readonly Draft[] {
  const {before, statement, file} = situation;
  const {name} = object.name;
  const inside = [
    ...[...before.relations()].filter(({schema}) => schema === name).map(relation => short(relation)),
    ...[...before.types()].filter(({schema}) => schema === name).map(type => short(type)),
  ];
  const isKnown = [...before.schemas()].includes(name);
  const isTolerant = statement.node['missing_ok'] === true && file.history.id !== undefined;
  if (isMadeHere(situation, name) || (inside.length === 0 && (isKnown || isTolerant))) return [];
  const isCascade = statement.node['behavior'] === 'DROP_CASCADE';
  if (isCascade) return [withAll(object, inside)];
  return inside.length > 0 ? [failing(object, inside)] : [];
}

function isMadeHere({file, index}: Situation, name: string): boolean {
  return file.statements
    .slice(0, index)
    .some(({statement: {kind, node}}) => kind === 'CreateSchemaStmt' && text(node['schemaname']) === name);
}

function withAll({name, at}: NamedObject, inside: readonly string[]): Draft {
  return {
    at,
    what: `Drops schema ${quoteWhereNeeded(name.name)} with ${inside.length > 0 ? someOf(inside) : 'all that is in it'}`,
    why: 'CASCADE takes every table of the schema with its rows, and what depends on them elsewhere. Each is locked with ACCESS EXCLUSIVE.',
    fix: 'Drop what is in it by name, and then the schema without CASCADE.',
  };
}

function failing({name, at}: NamedObject, inside: readonly string[]): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: schema ${quoteWhereNeeded(name.name)} contains ${someOf(inside)}`,
    why: 'Without CASCADE PostgreSQL drops an empty schema only (SQLSTATE 2BP01).',
    fix: 'Drop what is in it first, each by its name.',
  };
}

function someOf(inside: readonly string[]): string {
  const rest = inside.length - mostNamed;
  return enumerated(rest > 0 ? [...inside.slice(0, mostNamed), `${rest} more`] : inside);
}

const shop = 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id int)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'with all that is in it', history: shop, sql: 'DROP SCHEMA «shop» CASCADE;'},
    {name: 'one that nobody knows', sql: 'drop schema «"Shop"» cascade;'},
    {name: 'it is not empty', history: shop, sql: 'DROP SCHEMA «shop»;'},
  ],
  silent: [
    {name: 'an empty schema', history: 'CREATE SCHEMA shop', sql: 'DROP SCHEMA shop;'},
    {name: 'emptied before', history: shop, sql: 'DROP TABLE shop.orders; DROP SCHEMA shop;'},
    {name: 'in case it is there', sql: 'DROP SCHEMA IF EXISTS shop CASCADE; CREATE SCHEMA shop;'},
    {name: 'one of this file', sql: `${shop}; DROP SCHEMA shop CASCADE;`},
    {name: 'back again', history: shop, direction: 'down', sql: 'DROP SCHEMA shop CASCADE;'},
  ],
  claims: [
    {sql: 'DROP SCHEMA other', does: 'nothing'},
    {setup: 'CREATE TABLE other.t (id int)', sql: 'DROP SCHEMA other', does: {fails: '2BP01'}},
    {setup: 'CREATE TABLE other.t (id int)', sql: 'DROP SCHEMA other CASCADE', does: 'AE other.t'},
  ],
});
