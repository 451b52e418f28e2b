import {written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {LintFile} from '../file.ts';
import type {SchemaModel} from '../model/schema.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {isAllKnown} from './support/all-read.ts';
import {dependentsOf} from './support/dependents.ts';
import {fileAt} from './support/history-place.ts';
import {leftBehind, notBroughtBack, takenAlong, type Leftover, type Points} from './support/left-behind.ts';
import {droppedObjects, fullName, short, type NamedObject} from './support/relation-names.ts';

export const rule: FileRule = {
  id: 'down-does-not-undo',
  severity: 'warning',
  title: 'The down migration does not lead back to where up began',
  about: `A rollback should leave the schema that was there before. What down leaves behind makes the next up fail, because it
is there already; what it does not bring back, or takes along, is missing for the version before.

Compared are the tables, columns, constraints, indexes and types before up and after down, as far as the statements tell
them. Silent where down runs code, such as a DO block, or has a statement that does not parse; a rehearsal compares
whatever the files do.

An error where down certainly fails: it drops a table that another one references or a view reads, before it drops those.`,
  direction: 'down',
  checkFile: (file, situations) => {
    if (!isAllKnown(file)) return [];
    const failing = situations.flatMap(inWrongOrder);
    const points = pointsOf(file, situations);
    if (failing.length > 0 || !points) return failing;
    return [
      ...behind(file, leftBehind(points), situations),
      ...said(
        file,
        notBroughtBack(points),
        'Does not bring back',
        'Up drops it, and the version before needs it.',
      ),
      ...said(file, takenAlong(points), 'Takes along', 'Up has not made it, and the version before has it.'),
    ];
  },
};

function pointsOf({counterpart}: LintFile, situations: readonly Situation[]): Points | undefined {
  const [first, last] = [situations[0], situations.at(-1)];
  if (!first || !last || !counterpart?.before || counterpart.statements.length === 0) return undefined;
  return {
    before: counterpart.before,
    between: first.before,
    after: last.after,
    up: counterpart.path,
    statements: counterpart.statements,
  };
}

function inWrongOrder(situation: Situation): readonly FileDraft[] {
  const {statement, before, index} = situation;
  const {node} = statement;
  const isTable = node['removeType'] === 'OBJECT_TABLE';
  if ((!isTable && node['removeType'] !== 'OBJECT_TYPE') || node['behavior'] === 'DROP_CASCADE') return [];
  const objects = droppedObjects(statement);
  const all = objects.map(each => each.name);
  return objects.flatMap(({name, at}) => {
    const dependents = isTable ? dependentsOf(before, name, all) : columnsOfType(before, name);
    if (dependents.length === 0) return [];
    return [
      {
        statement: index,
        at,
        severity: 'error',
        what: `Fails: ${enumerated(dependents)} still ${dependents.length > 1 ? 'depend' : 'depends'} on ${short(name)}`,
        why: 'Without CASCADE PostgreSQL drops nothing that another object depends on (SQLSTATE 2BP01).',
        fix: 'Drop what depends on it first: the other way round than up makes it.',
        remedies: [],
      },
    ];
  });
}

/** Columns that have the type, or arrays of it. */
function columnsOfType(model: SchemaModel, name: QualifiedName): readonly string[] {
  const type = model.type(name);
  if (!type) return [];
  const printed = new Set([written(type), short(type)].flatMap(each => [each, `${each}[]`]));
  return [...model.relations()].flatMap(relation =>
    [...relation.columns.values()]
      .filter(column => printed.has(column.type))
      .map(column => `column ${short(fullName(relation))}.${quoteWhereNeeded(column.name)}`),
  );
}

const most = 3;

function summary(words: readonly string[]): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  return enumerated(rest > 0 ? [...shown, `${rest} more`] : shown);
}

function behind(
  file: LintFile,
  left: readonly Leftover[],
  situations: readonly Situation[],
): readonly FileDraft[] {
  if (left.length === 0) return [];
  const mistaken = wrongName(left, situations);
  const words = summary(left.map(each => each.words));
  const statements = left.flatMap(({sql}) => (sql === undefined ? [] : `${sql};`));
  return [
    {
      ...fileAt(file),
      ...(mistaken ? {statement: mistaken.index, at: mistaken.object.at} : {}),
      what: mistaken
        ? `Drops ${short(mistaken.object.name)}, but up makes ${words}`
        : `Leaves ${words} as up made it`,
      why: 'After a rollback the schema is not the one before, and the next up meets what is still there.',
      fix: 'Undo it as well.',
      remedies:
        statements.length === left.length && !mistaken
          ? [{kind: 'last', title: 'Undo that as well', sql: statements.toReversed().join('\n')}]
          : [],
    },
  ];
}

/** A DROP of something that is not there, where something of that kind should go. */
function wrongName(
  left: readonly Leftover[],
  situations: readonly Situation[],
): {readonly index: number; readonly object: NamedObject} | undefined {
  const found = situations.flatMap(({statement, before, index}) => {
    const kind = statement.kind === 'DropStmt' ? statement.node['removeType'] : undefined;
    if (kind !== 'OBJECT_TABLE' && kind !== 'OBJECT_INDEX') return [];
    const noun = kind === 'OBJECT_TABLE' ? 'table ' : 'index ';
    if (!left.some(({words}) => words.startsWith(noun))) return [];
    return droppedObjects(statement)
      .filter(({name}) => !before.relation(name) && !before.index(name))
      .map(object => ({index, object}));
  });
  return found[0];
}

function said(file: LintFile, words: readonly string[], begin: string, why: string): readonly FileDraft[] {
  if (words.length === 0) return [];
  return [
    {
      ...fileAt(file),
      what: `${begin} ${summary(words)}`,
      why,
      fix: 'Write down so that it ends where up began, or say in a comment why it cannot.',
      remedies: [],
    },
  ];
}

const orders =
  "CREATE TABLE orders (id bigint PRIMARY KEY, note text, state text DEFAULT 'new'); CREATE INDEX orders_note_idx ON orders (note)";

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table stays',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);',
      sql: '«DROP TABLE» a;',
      fixed: 'DROP TABLE a;\nDROP TABLE b;',
    },
    {
      name: 'another name',
      direction: 'down',
      counterpart: 'CREATE TABLE orders (id int);',
      sql: 'DROP TABLE IF EXISTS «ordres»;',
    },
    {
      name: 'a column stays',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int;',
      sql: '«ALTER TABLE» orders DROP COLUMN a;',
      fixed: 'ALTER TABLE orders DROP COLUMN a;\nALTER TABLE orders DROP COLUMN b;',
    },
    {
      name: 'NOT NULL stays',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE orders ALTER note SET NOT NULL;\nALTER TABLE orders ADD COLUMN a int;',
      sql: '«ALTER TABLE» orders DROP COLUMN a;',
      fixed: 'ALTER TABLE orders DROP COLUMN a;\nALTER TABLE orders ALTER COLUMN note DROP NOT NULL;',
    },
    {
      name: 'the wrong order',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a);',
      sql: 'DROP TABLE «a»;\nDROP TABLE b;',
    },
    {
      name: 'a type before the column that has it',
      direction: 'down',
      history: orders,
      counterpart: "CREATE TYPE size AS ENUM ('s', 'm');\nALTER TABLE orders ADD COLUMN a size;",
      sql: 'DROP TYPE «size»;\nALTER TABLE orders DROP COLUMN a;',
    },
    {
      name: 'a trigger goes, its function stays',
      direction: 'down',
      history: orders,
      counterpart:
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\nCREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();",
      sql: '«DROP TRIGGER» touched ON orders;',
      fixed: 'DROP TRIGGER touched ON orders;\nDROP FUNCTION touch;',
    },
    {
      name: 'a dropped column is not brought back',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE orders DROP COLUMN state;\nALTER TABLE orders ADD COLUMN a int;',
      sql: '«ALTER TABLE» orders DROP COLUMN a;',
    },
    {
      name: 'an index that up has not made',
      direction: 'down',
      history: orders,
      counterpart: 'CREATE INDEX orders_state_idx ON orders (state);',
      sql: '«DROP INDEX» orders_state_idx, orders_note_idx;',
    },
  ],
  silent: [
    {
      name: 'a type that only holds more may stay',
      direction: 'down',
      history: 'CREATE TABLE orders (code varchar(20), note text)',
      counterpart: "ALTER TABLE orders ALTER code TYPE varchar(40), ALTER note SET DEFAULT '';",
      sql: 'ALTER TABLE orders ALTER note DROP DEFAULT;',
    },
    {
      name: 'all is taken back',
      direction: 'down',
      history: orders,
      counterpart:
        "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a);\nALTER TABLE orders ADD COLUMN c int, ALTER state SET DEFAULT 'x';\nCREATE INDEX i ON orders (c);",
      sql: "ALTER TABLE orders DROP COLUMN c;\nALTER TABLE orders ALTER state SET DEFAULT 'new';\nDROP TABLE b;\nDROP TABLE a;",
    },
    {
      name: 'both at once',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a);',
      sql: 'DROP TABLE a, b;',
    },
    {
      name: 'with CASCADE',
      direction: 'down',
      counterpart: 'CREATE SCHEMA s;\nCREATE TABLE s.a (id int);\nCREATE TABLE s.b (id int);',
      sql: 'DROP SCHEMA s CASCADE;',
    },
    {
      name: 'renamed back',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE orders RENAME TO bookings;',
      sql: 'ALTER TABLE bookings RENAME TO orders;',
    },
    {
      name: 'code that nobody knows',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);',
      sql: "DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$;",
    },
    {
      name: 'code that may drop what depends on it',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a);',
      sql: "DO $$ BEGIN EXECUTE 'DROP TABLE b'; END $$;\nDROP TABLE a;",
    },
    {
      name: 'a statement that does not parse',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);',
      sql: 'DROP TABLE a;\nDROP TABEL b;',
    },
    {
      name: 'only rows',
      direction: 'down',
      history: orders,
      counterpart: 'INSERT INTO orders VALUES (1);',
      sql: 'DELETE FROM orders WHERE id = 1;',
    },
  ],
  claims: [
    {sql: 'DROP TABLE customers', does: {fails: '2BP01'}},
    {sql: 'DROP TYPE mood', does: {fails: '2BP01'}},
  ],
});
