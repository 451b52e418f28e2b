import {expect, it} from 'vitest';
import {effectsOf} from '../../../src/core/sql/effects.ts';
import {describeObject} from '../../../src/core/sql/objects.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

it.each<[string, readonly string[]]>([
  ['CREATE TABLE s.t (id int)', ['+ table s.t']],
  ['CREATE TABLE IF NOT EXISTS t (id int)', ['+? table t']],
  ['CREATE TEMP TABLE t (id int)', []],
  ['CREATE TABLE t AS SELECT 1', ['+ table t']],
  ['CREATE MATERIALIZED VIEW m AS SELECT 1', ['+ materialized view m']],
  ['CREATE VIEW v AS SELECT 1', ['+ view v']],
  ['CREATE OR REPLACE VIEW v AS SELECT 1', ['+? view v']],
  ['CREATE SEQUENCE s', ['+ sequence s']],
  ['CREATE INDEX CONCURRENTLY i ON s.t (id)', ['+ index s.i']],
  ['CREATE INDEX ON t (id)', []],
  ['CREATE TYPE mood AS ENUM ()', ['+ type mood']],
  ['CREATE TYPE c AS (a int)', ['+ type c']],
  ['CREATE DOMAIN d AS int', ['+ type d']],
  ["ALTER TYPE mood ADD VALUE 'b'", ["+ value 'b' of type mood"]],
  ["ALTER TYPE mood ADD VALUE IF NOT EXISTS 'b'", ["+? value 'b' of type mood"]],
  ["ALTER TYPE mood RENAME VALUE 'a' TO 'b'", ["+ value 'b' of type mood", "- value 'a' of type mood"]],
  ['CREATE FUNCTION s.f() RETURNS int LANGUAGE sql RETURN 1', ['+ function s.f']],
  ["CREATE OR REPLACE PROCEDURE p() LANGUAGE sql AS ''", ['+? function p']],
  ['CREATE SCHEMA s', ['+ schema s']],
  ['CREATE EXTENSION IF NOT EXISTS citext', ['+? extension citext']],
  ['CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()', ['+ trigger g on t']],
  ['CREATE POLICY p ON t', ['+ policy p on t']],
  [
    'ALTER TABLE t ADD COLUMN a int, ADD COLUMN IF NOT EXISTS b int, DROP COLUMN c, DROP COLUMN IF EXISTS d',
    ['+ column t.a', '+? column t.b', '- column t.c', '-? column t.d'],
  ],
  [
    'ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0), ADD CHECK (b > 0), DROP CONSTRAINT l',
    ['+ constraint k on t', '- constraint l on t'],
  ],
  [
    'ALTER TABLE t ALTER a SET NOT NULL, ALTER b DROP NOT NULL, ALTER c TYPE bigint',
    ['+? NOT NULL on t.a', '-? NOT NULL on t.b'],
  ],
  ['ALTER TABLE t ENABLE ROW LEVEL SECURITY', ['+? row security on t']],
  ['ALTER TABLE t RENAME a TO b', ['- column t.a', '+ column t.b']],
  ['ALTER TABLE s.t RENAME TO u', ['- table s.t', '+ table s.u']],
  ['ALTER INDEX i RENAME TO j', ['- index i', '+ index j']],
  ['DROP TABLE a, b.c', ['- table a', '- table b.c']],
  ['DROP INDEX CONCURRENTLY IF EXISTS s.i', ['-? index s.i']],
  ['DROP TYPE s.mood', ['- type s.mood']],
  ['DROP FUNCTION s.f(int)', ['- function s.f']],
  ['DROP SCHEMA s', ['- schema s']],
  ['DROP EXTENSION citext', ['- extension citext']],
  ['DROP TRIGGER g ON s.t', ['- trigger g on s.t']],
  ['DROP POLICY p ON t', ['- policy p on t']],
  ['INSERT INTO t VALUES (1)', []],
])('%s', async (sql, effects) => {
  const parsed = await parser.parse(sql);
  const found = parsed.ok ? parsed.value.flatMap(effectsOf) : [];
  expect(
    found.map(
      ({object, leaves, tolerant}) =>
        `${leaves === 'present' ? '+' : '-'}${tolerant ? '?' : ''} ${describeObject(object)}`,
    ),
  ).toEqual(effects);
});
