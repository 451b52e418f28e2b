import {text, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {SchemaModel} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {dependentsOf, userWords} from './support/dependents.ts';
import {isMadeHere} from './support/made-here.ts';
import {droppedObjects, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'drop-cascade',
  severity: 'warning',
  title: 'CASCADE drops what nobody has named',
  about: `\`CASCADE\` also drops every object that depends on what is named: views that read the table, and views that read
those; foreign keys of other tables; columns that have the type; functions and defaults. Which ones these are depends on
the database that the migration meets: a view that somebody has made in production only goes without a word. Each table
that loses something is locked with \`ACCESS EXCLUSIVE\`.

Without \`CASCADE\` the statement fails with 2BP01 when there is something that depends on it, and says what that is.`,
  direction: 'up',
  kinds: ['DropStmt', 'AlterTableStmt', 'DropOwnedStmt'],
  check: situation => {
    const {statement} = situation;
    if (statement.kind === 'AlterTableStmt') return ofActions(situation);
    if (statement.node['behavior'] !== 'DROP_CASCADE') return [];
    if (statement.kind === 'DropOwnedStmt')
      return [draft(situation, lastWord(situation), 'what the role owns', [])];
    return ofDrop(situation);
  },
};

/** Kinds that a DROP without CASCADE says nothing about either. */
const silentKinds = new Set(['OBJECT_SCHEMA', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE']);

function ofDrop(situation: Situation): readonly Draft[] {
  const {statement, before, file} = situation;
  const type = text(statement.node['removeType']) ?? '';
  if (silentKinds.has(type)) return [];
  const objects = followed.has(type) ? droppedObjects(statement).map(({name}) => name) : [];
  const isTolerant = statement.node['missing_ok'] === true && file.history.id !== undefined;
  const meant = objects.filter(name => !isNothing(situation, type, name, isTolerant));
  if (objects.length > 0 && meant.length === 0) return [];
  const along = meant.flatMap(name =>
    types.has(type) ? columnsOf(before, name) : dependentsOf(before, name, objects),
  );
  const what = meant.length > 0 ? enumerated(meant.map(name => short(name))) : 'what is named';
  return [draft(situation, lastWord(situation), what, [...new Set(along)])];
}

const routines = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE']);
const types = new Set(['OBJECT_TYPE', 'OBJECT_DOMAIN']);
const relations = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);

const followed = new Set([...routines, ...types, ...relations]);

/** @returns `column moods.mood`: they go with their type, and their values with them */
function columnsOf(model: SchemaModel, name: QualifiedName): readonly string[] {
  const type = model.type(name);
  return type
    ? [...model.relations()].flatMap(relation =>
        [...relation.columns.values()]
          .filter(column => column.type.replace('[]', '') === short(type) && relation.kind !== 'view')
          .map(column => `column ${short(relation)}.${quoteWhereNeeded(column.name)}`),
      )
    : [];
}

/** Made by this file, or in case that it is there in a project that has no such object. */
function isNothing(situation: Situation, type: string, name: QualifiedName, isTolerant: boolean): boolean {
  const {before} = situation;
  const made = routines.has(type)
    ? before.routines(name)
    : [relations.has(type) ? before.relation(name) : before.type(name)].flatMap(known =>
        known ? [known.made] : [],
      );
  if (made.length === 0) return isTolerant;
  return made.every(each => isMadeHere(each, situation)) || situation.isNew(name);
}

function ofActions(situation: Situation): readonly Draft[] {
  const {statement, before} = situation;
  const table = relationNamed(statement);
  if (!table || situation.isNew(table) || statement.node['objtype'] !== 'OBJECT_TABLE') return [];
  return statement.actions
    .filter(({subtype}) => subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint')
    .filter(({node}) => node['behavior'] === 'DROP_CASCADE')
    .filter(({node}) => {
      const name = text(node['name']) ?? '';
      const relation = before.relation(table);
      const known = relation?.columns.get(name) ?? relation?.constraints.get(name);
      return known
        ? !isMadeHere(known.made, situation)
        : !(node['missing_ok'] === true && relation?.complete === true);
    })
    .map(action => {
      const at = {start: action.end - 'CASCADE'.length, end: action.end};
      const name = text(action.node['name']) ?? '';
      const users = action.subtype === 'AT_DropColumn' ? before.usersOf(table, name) : [];
      return draft(
        situation,
        at,
        name,
        users.map(user => userWords(user)),
      );
    });
}

function lastWord({statement: {words, whole}}: Situation): Span {
  return words.findLast(({text: word}) => word === 'CASCADE') ?? whole;
}

function draft({statement}: Situation, at: Span, object: string, along: readonly string[]): Draft {
  return {
    at: {start: at.start, end: at.end},
    what:
      along.length > 0
        ? `Also drops ${enumerated(along)}`
        : `Drops whatever depends on ${object}, without naming it`,
    why: 'CASCADE takes every view, foreign key, column, default and function that depends on it, also those that only one database has.',
    fix: 'Drop what depends on it first, each by its name, and leave CASCADE out: then the statement fails where something was overlooked.',
    remedies: along.length > 0 ? [] : [without(statement.sql, at)],
    ...(along.length > 0 ? {} : {severity: 'information' as const}),
  };
}

function without(sql: string, {start, end}: Span): Remedy {
  const before = sql.slice(0, start).trimEnd().length;
  return {
    title: 'Leave CASCADE out',
    kind: 'edit',
    preferred: true,
    edits: [{start: before, end, text: ''}],
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, code text)';
const view = `${orders}; CREATE VIEW v AS SELECT id FROM orders`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table that a view reads',
      history: view,
      sql: 'DROP TABLE orders «CASCADE»;',
    },
    {
      name: 'nothing is known that depends on it',
      history: orders,
      sql: 'DROP TABLE orders «CASCADE»;',
      fixed: 'DROP TABLE orders;',
    },
    {
      name: 'a column',
      history: view,
      sql: 'ALTER TABLE orders DROP COLUMN code «CASCADE», ADD n int;',
      fixed: 'ALTER TABLE orders DROP COLUMN code, ADD n int;',
    },
    {
      name: 'a type that a column has',
      history: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE moods (id int, mood mood)",
      sql: 'DROP TYPE mood «CASCADE»;',
    },
    {
      name: 'a function',
      history: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      sql: 'DROP FUNCTION f(int) «CASCADE»;',
    },
    {name: 'a type', history: "CREATE TYPE mood AS ENUM ('ok')", sql: 'DROP TYPE mood «CASCADE»;'},
    {name: 'an extension', sql: 'DROP EXTENSION IF EXISTS hstore «cascade»;'},
    {name: 'what a role owns', sql: 'DROP OWNED BY app «CASCADE»;'},
  ],
  silent: [
    {
      name: 'without it',
      history: orders,
      sql: 'DROP TABLE orders; ALTER TABLE items DROP COLUMN note RESTRICT;',
    },
    {name: 'a table of this file', sql: 'CREATE TABLE t (id int); DROP TABLE t CASCADE;'},
    {
      name: 'in case it is there',
      history: orders,
      sql: 'DROP TABLE IF EXISTS items CASCADE; CREATE TABLE items (id int);',
    },
    {
      name: 'a foreign key that cascades',
      history: orders,
      sql: 'CREATE TABLE i (o int REFERENCES orders ON DELETE CASCADE);',
    },
    {name: 'a function, in case it is there', sql: 'DROP FUNCTION IF EXISTS f(int) CASCADE; SELECT 1;'},
    {name: 'a trigger', sql: 'DROP TRIGGER t ON orders CASCADE;'},
    {name: 'back again', history: orders, direction: 'down', sql: 'DROP TABLE orders CASCADE;'},
  ],
  claims: [
    {
      sql: 'ALTER TABLE orders DROP COLUMN note CASCADE',
      does: 'AE order_notes, AE orders',
    },
    {
      sql: 'DROP TABLE orders CASCADE',
      does: 'AE customers, AE items, AE order_notes, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey, AE totals, AE totals_id_idx',
    },
    {sql: 'DROP TYPE mood CASCADE', does: 'AE moods'},
  ],
});
