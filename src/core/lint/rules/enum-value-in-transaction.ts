import {names, qualified, text, type QualifiedName} from '../../sql/objects.ts';
import type {LintFile} from '../file.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {usesOf} from './support/enum-uses.ts';
import {isSameName, short} from './support/relation-names.ts';

export const rule: FileRule = {
  id: 'enum-value-in-transaction',
  severity: 'error',
  title: 'A new value of an enum is used in the transaction that adds it',
  about: `\`ALTER TYPE … ADD VALUE\` may run in a transaction, but until that has committed the new value cannot be used: each
statement that names it fails with 55P04 (unsafe use of new value), and the migration with it. That is so in INSERT and
UPDATE, in comparisons, casts, defaults, checks, indexes and views, and for a new value that was renamed. A function in
PL/pgSQL is not looked into before it runs.

From PostgreSQL 17 on, a type that is made in the same transaction is an exception. Up to 16 it is none.

Add the value in a migration of its own, and use it in the next one.`,
  checkFile: (file, situations) =>
    situations.flatMap((situation, index) => {
      const added = addedBy(situation);
      return added ? usesBehind(file, situations, index, added) : [];
    }),
};

interface Added {
  readonly name: QualifiedName;
  readonly value: string;
}

/** Nothing where the value is there already, and IF NOT EXISTS passes over it. */
function addedBy({statement, before}: Situation): Added | undefined {
  const {typeName, newVal, oldVal} = statement.node;
  const name = qualified(names(typeName));
  const value = text(newVal);
  if (statement.kind !== 'AlterEnumStmt' || !name || value === undefined || oldVal !== undefined)
    return undefined;
  const type = before.type(name);
  return type?.kind === 'enum' && type.values.includes(value) ? undefined : {name, value};
}

function usesBehind(
  file: LintFile,
  situations: readonly Situation[],
  index: number,
  {name, value}: Added,
): readonly FileDraft[] {
  const block = file.statements[index]?.block;
  const [first] = situations.slice(index);
  if (block === undefined || !first) return [];
  const isMadeHere = situations
    .slice(0, index)
    .some((each, at) => file.statements[at]?.block === block && makes(each, name));
  if (isMadeHere && first.major >= 17) return [];
  let called = value;
  return situations.flatMap((situation, at) => {
    if (at <= index || file.statements[at]?.block !== block) return [];
    called = renamed(situation, name, called);
    const type = situation.before.type(name);
    if (!type || situation.statement.kind === 'AlterEnumStmt') return [];
    return usesOf(situation.statement, {type, value: called, model: situation.after}).map(node =>
      draft(file, situations, {
        at,
        added: index,
        value: called,
        type: short(name),
        location: node['location'],
      }),
    );
  });
}

function makes({statement, before}: Situation, name: QualifiedName): boolean {
  const made = qualified(names(statement.node['typeName']));
  return statement.kind === 'CreateEnumStmt' && made !== undefined && isSameName(before, made, name);
}

function renamed({statement, before}: Situation, name: QualifiedName, value: string): string {
  const type = qualified(names(statement.node['typeName']));
  const isIt = statement.kind === 'AlterEnumStmt' && type !== undefined && isSameName(before, type, name);
  return isIt && text(statement.node['oldVal']) === value ? (text(statement.node['newVal']) ?? value) : value;
}

interface Use {
  readonly at: number;
  readonly added: number;
  readonly value: string;
  readonly type: string;
  readonly location: unknown;
}

function draft(
  file: LintFile,
  situations: readonly Situation[],
  {at, added, value, type, location}: Use,
): FileDraft {
  const statement = situations[at]?.statement;
  const place = file.statements[added]?.span;
  const isLast = at === situations.length - 1;
  return {
    statement: at,
    at: statement?.nameAt(location) ?? {start: 0, end: 0},
    what: `Fails: '${value}' of ${type} cannot be used before it is committed`,
    why: 'The value is added in the same transaction, and PostgreSQL refuses every use of it until that has committed (SQLSTATE 55P04).',
    fix: 'Add the value in a migration of its own, and use it in the next one.',
    related: place ? [{path: file.path, start: place.start, end: place.end, words: 'It is added here'}] : [],
    remedies:
      isLast && statement
        ? [
            {
              title: 'Use it in a migration of its own',
              kind: 'steps',
              preferred: true,
              steps: [{sql: statement.sql, how: 'own', title: `use ${value}`, undo: ''}],
            },
          ]
        : [],
  };
}

const moods = "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE moods (id int, mood mood, note text)";
const add = "ALTER TYPE mood ADD VALUE 'good';";

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'rows with it',
      history: moods,
      sql: `${add}\nINSERT INTO moods VALUES (1, 'ok', 'good'), (2, «'good'», NULL);`,
      fixed: `${add}\n-- next migration\nINSERT INTO moods VALUES (1, 'ok', 'good'), (2, 'good', NULL);`,
    },
    {
      name: 'named columns',
      history: moods,
      sql: `${add} INSERT INTO moods (note, mood) SELECT 'good', «'good'»;`,
    },
    {
      name: 'UPDATE and WHERE',
      history: moods,
      sql: `${add} UPDATE moods SET note = 'good', mood = «'good'» WHERE mood IN ('ok', «'good'»);`,
    },
    {name: 'a default', history: moods, sql: `${add} ALTER TABLE moods ALTER mood SET DEFAULT «'good'»;`},
    {name: 'a cast', sql: `CREATE TYPE mood AS ENUM (); COMMIT; BEGIN; ${add} SELECT «'good'»::text::mood;`},
    {
      name: 'a check',
      history: moods,
      sql: `${add} ALTER TABLE moods ADD CHECK (mood <> «'good'») NOT VALID;`,
    },
    {
      name: 'a partial index',
      history: moods,
      sql: `${add} CREATE INDEX i ON moods (id) WHERE mood = «'good'»;`,
    },
    {name: 'a new column', history: moods, sql: `${add} ALTER TABLE moods ADD next mood DEFAULT «'good'»;`},
    {name: 'a new table', history: moods, sql: `${add} CREATE TABLE t (m mood NOT NULL DEFAULT «'good'»);`},
    {
      name: 'a new value with another name',
      history: moods,
      sql: `${add} ALTER TYPE mood RENAME VALUE 'good' TO 'fine'; SELECT «'fine'»::mood;`,
    },
    {
      name: 'a type of the same transaction, up to PostgreSQL 16',
      major: 16,
      sql: "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'b'; SELECT «'b'»::m;",
    },
  ],
  silent: [
    {
      name: 'each by itself',
      history: moods,
      transaction: 'none',
      sql: `${add} INSERT INTO moods VALUES (1, 'good');`,
    },
    {name: 'another value', history: moods, sql: `${add} UPDATE moods SET mood = 'ok' WHERE note = 'good';`},
    {
      name: 'it was there',
      history: moods,
      sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'; SELECT 'ok'::mood;",
    },
    {
      name: 'an old value with another name',
      history: moods,
      sql: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; SELECT 'fine'::mood;",
    },
    {
      name: 'a type of the same transaction, from PostgreSQL 17 on',
      major: 17,
      sql: "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'b'; SELECT 'b'::m;",
    },
    {name: 'a comment', history: moods, sql: `${add} COMMENT ON TYPE mood IS 'good';`},
    {
      name: 'committed before',
      history: moods,
      transaction: 'none',
      sql: `BEGIN; ${add} COMMIT; SELECT 'good'::mood;`,
    },
  ],
  claims: [
    ...[
      "INSERT INTO moods VALUES (1, 'good')",
      "INSERT INTO moods SELECT 1, 'good'",
      "SELECT 'good'::mood",
      "SELECT 'good'::text::mood FROM orders LIMIT 1",
      "ALTER TABLE moods ALTER mood SET DEFAULT 'good'",
      "ALTER TABLE moods ADD CHECK (mood <> 'good')",
      "ALTER TABLE moods ADD m mood DEFAULT 'good'",
      "CREATE TABLE t (m mood DEFAULT 'good')",
      "CREATE INDEX i ON moods (id) WHERE mood = 'good'",
      "UPDATE moods SET mood = 'good' WHERE mood = 'ok'",
      "SELECT count(*) FROM moods WHERE mood = 'good'",
      "CREATE VIEW v AS SELECT 1 AS one FROM moods WHERE mood = 'good'",
      "ALTER TYPE mood RENAME VALUE 'good' TO 'fine'; SELECT 'fine'::mood",
    ].map(use => ({sql: `${add} ${use}`, does: {fails: '55P04'}})),
    {
      sql: `${add} CREATE FUNCTION f() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'good'::mood; END $$`,
      does: 'nothing',
    },
    {sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'; SELECT 'ok'::mood", does: 'nothing'},
    {sql: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; SELECT 'fine'::mood", does: 'nothing'},
    {
      sql: "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'b'; SELECT 'b'::m",
      does: {fails: '55P04'},
      to: 16,
    },
    {
      sql: "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'b'; SELECT 'b'::m",
      does: 'nothing',
      from: 17,
    },
  ],
});
