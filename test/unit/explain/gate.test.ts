import {describe, expect, it} from 'vitest';
import {verdictOf, type Verdict} from '../../../src/core/explain/gate.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

async function judge(sql: string): Promise<Verdict> {
  const parsed = await parser.parse(sql);
  if (!parsed.ok) expect.fail(parsed.failure.message);
  const [statement] = parsed.value;
  if (!statement) expect.fail('no statement');
  return verdictOf(statement, sql);
}

function explainedOf(sql: string, verdict: Verdict): string {
  if (verdict.kind === 'not-explainable') expect.fail(verdict.why);
  return sql.slice(verdict.explained.start, verdict.explained.end);
}

/** A tree without its places, to compare what was written in different texts. */
function shape(tree: unknown): unknown {
  const text = JSON.stringify(tree, (name, value: unknown) =>
    ['location', 'start', 'end', 'rexpr_list_start', 'rexpr_list_end', 'list_start', 'list_end'].includes(
      name,
    )
      ? undefined
      : value,
  );
  return JSON.parse(text);
}

describe('the verdict on a statement', () => {
  it.each([
    'SELECT 1',
    'VALUES (1), (2)',
    'TABLE orders',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    '(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1',
    'SELECT pg_advisory_xact_lock(1)',
    "SELECT set_config('work_mem', '1GB', false)",
    "SELECT pg_notify('c', 'DELETE FROM orders')",
    "SELECT pg_logical_emit_message(true, 'a', 'b')",
    "SELECT 'pg_terminate_backend(1)' AS pg_reload_conf FROM nextval",
    '/* DELETE */ SELECT 1 -- ; DELETE FROM orders',
    "SELECT E'\\'; DELETE FROM orders; --'",
    'SELECT $$; DELETE FROM orders; $$, $a$ $$;$$ $a$',
  ])('%j reads, and is explained as it is', async sql => {
    const verdict = await judge(sql);
    expect(verdict).toMatchObject({kind: 'reads', notes: []});
    expect(sql).toContain(explainedOf(sql, verdict));
  });

  it.each([
    ['INSERT INTO orders DEFAULT VALUES', 'inserts into orders'],
    ['UPDATE shop.orders SET a = 1', 'updates shop.orders'],
    ['DELETE FROM "Orders; x"', 'deletes from "Orders; x"'],
    ['MERGE INTO orders USING s ON true WHEN MATCHED THEN DELETE', 'merges into orders'],
    [
      'WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM gone',
      'inserts into archive and deletes from orders',
    ],
    [
      'SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x WHERE EXISTS (SELECT FROM y)) a, z FOR NO KEY UPDATE OF z',
      'locks rows (FOR NO KEY UPDATE)',
    ],
    ['SELECT * FROM (SELECT * FROM orders FOR SHARE) o', 'locks rows (FOR SHARE)'],
    ['SELECT * FROM orders FOR KEY SHARE SKIP LOCKED', 'locks rows (FOR KEY SHARE)'],
    ['SELECT * INTO copy FROM orders', 'creates table copy'],
    ['SELECT 1 AS a INTO TEMP copy UNION SELECT 2 UNION SELECT 3', 'creates table copy'],
    ['CREATE TABLE s.copy AS TABLE orders', 'creates table s.copy'],
    ['CREATE MATERIALIZED VIEW m AS SELECT 1 WITH NO DATA', 'creates materialized view m'],
    ["SELECT nextval('s'), setval('s', 2)", 'advances a sequence (nextval) and sets a sequence (setval)'],
    ['SELECT lo_unlink(1), lo_put(1, 0, $1)', 'changes large objects (lo_unlink, lo_put)'],
  ])('%j writes: it %s', async (sql, what) => {
    const verdict = await judge(sql);
    expect(verdict).toMatchObject({kind: 'writes', what});
    expect(explainedOf(sql, verdict)).toBe(sql);
  });

  it.each([
    ['SELECT pg_terminate_backend(pid) FROM pg_stat_activity', 'ends other sessions (pg_terminate_backend)'],
    ['SELECT pg_catalog.PG_RELOAD_CONF()', 'makes the server read its configuration again (pg_reload_conf)'],
    [
      'DELETE FROM orders WHERE pg_try_advisory_lock(id)',
      'takes an advisory lock that outlasts the transaction (pg_try_advisory_lock) and deletes from orders',
    ],
    [
      "SELECT * FROM ext.dblink('dbname=a', 'DELETE FROM b') AS t(a int)",
      'works over a connection of its own (dblink)',
    ],
    ["SELECT 1 ORDER BY lo_export(1, '/tmp/x')", 'writes files on the server (lo_export)'],
    [
      "SELECT pg_logical_emit_message(false, 'a', 'b')",
      'writes to the write-ahead log (pg_logical_emit_message)',
    ],
    [
      "SELECT pg_logical_emit_message($1, 'a', 'b')",
      'writes to the write-ahead log (pg_logical_emit_message)',
    ],
  ])('%j escapes: it %s', async (sql, what) =>
    expect(await judge(sql)).toMatchObject({kind: 'escapes', what}),
  );

  it('says that only ROLLBACK removes what EXPLAIN ANALYZE creates, and that sequences keep their value', async () => {
    const verdict = await judge("CREATE TABLE t AS SELECT nextval('s')");
    expect(verdict).toMatchObject({
      notes: [expect.stringContaining('only ROLLBACK removes'), expect.stringContaining('after ROLLBACK')],
    });
    expect(await judge('SELECT 1 AS a INTO t UNION SELECT 2')).toMatchObject({
      notes: [expect.stringContaining('only ROLLBACK removes')],
    });
  });
});

describe('a statement around another one', () => {
  it.each([
    ['EXPLAIN SELECT 1', 'SELECT 1', 'EXPLAIN'],
    ['explain analyze verbose (select 1)', '(select 1)', 'EXPLAIN'],
    ['EXPLAIN VERBOSE SELECT 1', 'SELECT 1', 'EXPLAIN'],
    ['EXPLAIN (SELECT 1)', '(SELECT 1)', 'EXPLAIN'],
    ['EXPLAIN (ANALYZE, FORMAT "json") (SELECT 1)', '(SELECT 1)', 'EXPLAIN'],
    [
      'EXPLAIN /* (a */ (COSTS off /* ) */) -- SELECT 2\n SELECT é FROM "🐘"',
      'SELECT é FROM "🐘"',
      'EXPLAIN',
    ],
    ['DECLARE c CURSOR WITH HOLD FOR SELECT 1 FROM a', 'SELECT 1 FROM a', 'cursor'],
    ['DECLARE "for" INSENSITIVE SCROLL CURSOR FOR VALUES (1)', 'VALUES (1)', 'cursor'],
    ["COPY (SELECT ')' AS a) TO STDOUT WITH (FORMAT csv)", "SELECT ')' AS a", 'COPY'],
    ['CREATE VIEW v AS SELECT 1', 'SELECT 1', 'view'],
    [
      'CREATE OR REPLACE TEMP VIEW "as" (a, b) WITH (security_barrier) AS SELECT 1 AS x, 2 FROM t WITH LOCAL CHECK OPTION',
      'SELECT 1 AS x, 2 FROM t',
      'view',
    ],
    ['CREATE VIEW v AS SELECT 1 AS option WITH CHECK OPTION', 'SELECT 1 AS option', 'view'],
    ['PREPARE p (int, numeric(3, 1)) AS SELECT $1 AS a', 'SELECT $1 AS a', 'PREPARE'],
  ])('%j: explains %j', async (sql, inner, note) => {
    const verdict = await judge(sql);
    expect(explainedOf(sql, verdict)).toBe(inner);
    expect(verdict).toMatchObject({kind: 'reads', notes: [expect.stringContaining(note)]});
    const alone = await parser.parse(inner);
    expect(alone.ok && alone.value.map(({kind, node}) => shape({kind, node}))).toEqual([
      verdict.kind === 'reads' && shape({kind: verdict.explained.kind, node: verdict.explained.node}),
    ]);
  });

  it.each([
    ['EXPLAIN ANALYZE DELETE FROM orders', 'DELETE FROM orders', 'deletes from orders'],
    ['PREPARE p AS UPDATE orders SET a = $1', 'UPDATE orders SET a = $1', 'updates orders'],
    [
      'COPY (DELETE FROM orders RETURNING *) TO PROGRAM $$cat$$',
      'DELETE FROM orders RETURNING *',
      'deletes from orders',
    ],
    ['EXPLAIN CREATE TABLE t AS SELECT 1', 'CREATE TABLE t AS SELECT 1', 'creates table t'],
    [
      'DECLARE c CURSOR FOR SELECT 1 FROM o FOR UPDATE',
      'SELECT 1 FROM o FOR UPDATE',
      'locks rows (FOR UPDATE)',
    ],
  ])('%j: what is inside writes', async (sql, inner, what) => {
    const verdict = await judge(sql);
    expect(verdict).toMatchObject({kind: 'writes', what});
    expect(explainedOf(sql, verdict)).toBe(inner);
  });

  it('is looked into as deep as it goes', async () => {
    const sql = 'EXPLAIN (VERBOSE) DECLARE c CURSOR FOR SELECT 1';
    const verdict = await judge(sql);
    expect(explainedOf(sql, verdict)).toBe('SELECT 1');
    expect(verdict).toMatchObject({notes: [{}, {}].map(() => expect.any(String))});
  });
});

describe('what EXPLAIN does not take', () => {
  it.each([
    ['COPY orders TO STDOUT', 'COPY', 'SELECT * FROM'],
    ['COPY orders FROM STDIN', 'COPY', 'SELECT * FROM'],
    ['DO $$ BEGIN DELETE FROM orders; END $$', 'DO', 'auto_explain'],
    ['CALL p()', 'CALL', 'auto_explain'],
    ["SET work_mem = '1GB'", 'SET', 'connection'],
    ['RESET ALL', 'RESET', 'connection'],
    ['SHOW work_mem', 'SHOW', 'PostgreSQL plans'],
    ['BEGIN', 'BEGIN', 'one by one'],
    ['START TRANSACTION READ ONLY', 'START TRANSACTION', 'one by one'],
    ['COMMIT', 'COMMIT', 'one by one'],
    ["PREPARE TRANSACTION 'a'", 'PREPARE TRANSACTION', 'one by one'],
    ['SAVEPOINT a', 'SAVEPOINT', 'one by one'],
    ['VACUUM FULL orders', 'VACUUM', 'PostgreSQL plans'],
    ['ANALYZE orders', 'ANALYZE', 'PostgreSQL plans'],
    ['LISTEN a', 'LISTEN', 'PostgreSQL plans'],
    ['NOTIFY a', 'NOTIFY', 'PostgreSQL plans'],
    ['LOCK orders', 'LOCK', 'PostgreSQL plans'],
    ['TRUNCATE orders', 'TRUNCATE', 'PostgreSQL plans'],
    [
      'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
      'REFRESH MATERIALIZED VIEW',
      'query of the materialized view',
    ],
    ['EXPLAIN REFRESH MATERIALIZED VIEW m', 'REFRESH MATERIALIZED VIEW', 'query of the materialized view'],
    ['FETCH 1 FROM c', 'FETCH', 'query of the cursor'],
    ['CLOSE c', 'CLOSE', 'query of the cursor'],
    ['DEALLOCATE p', 'DEALLOCATE', 'prepared'],
    ['DISCARD ALL', 'DISCARD', 'PostgreSQL plans'],
    ['GRANT SELECT ON t TO u', 'GRANT', 'PostgreSQL plans'],
    ['REASSIGN OWNED BY a TO b', 'REASSIGN OWNED', 'PostgreSQL plans'],
    ["COMMENT ON TABLE t IS 'a'", 'COMMENT', 'PostgreSQL plans'],
    ['CREATE TABLE t (a int)', 'CREATE TABLE', 'PostgreSQL plans'],
    ['CREATE UNLOGGED TABLE t (a int)', 'CREATE TABLE', 'PostgreSQL plans'],
    ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX', 'PostgreSQL plans'],
    ['CREATE FOREIGN TABLE t (a int) SERVER s', 'CREATE FOREIGN TABLE', 'PostgreSQL plans'],
    ['CREATE FOREIGN DATA WRAPPER w', 'CREATE FOREIGN DATA WRAPPER', 'PostgreSQL plans'],
    ['CREATE USER u', 'CREATE USER', 'PostgreSQL plans'],
    ['CREATE USER MAPPING FOR u SERVER s', 'CREATE USER MAPPING', 'PostgreSQL plans'],
    ['CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = a)', 'CREATE TEXT SEARCH DICTIONARY', 'PostgreSQL plans'],
    ['ALTER MATERIALIZED VIEW m RENAME TO n', 'ALTER MATERIALIZED VIEW', 'PostgreSQL plans'],
    ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO u', 'ALTER DEFAULT PRIVILEGES', 'PostgreSQL plans'],
    ['DROP OPERATOR CLASS c USING btree', 'DROP OPERATOR CLASS', 'PostgreSQL plans'],
    ['DROP OPERATOR + (int, int)', 'DROP OPERATOR', 'PostgreSQL plans'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t'", 'CREATE FUNCTION', 'its body'],
    ['CREATE OR REPLACE PROCEDURE f() LANGUAGE sql AS $$ $$', 'CREATE PROCEDURE', 'its body'],
    ['CREATE RULE r AS ON INSERT TO t DO ALSO DELETE FROM u', 'CREATE RULE', 'the rule is for'],
  ])('%j: names %s, and says what to explain instead', async (sql, command, advice) =>
    expect(await judge(sql)).toEqual({
      kind: 'not-explainable',
      why: `EXPLAIN does not take ${command}: it has no plan.`,
      advice: expect.stringContaining(advice),
    }),
  );

  it.each([
    ['EXECUTE p(1)', 'EXECUTE runs what another session prepared'],
    ['EXPLAIN ANALYZE EXECUTE p', 'EXECUTE runs what another session prepared'],
    ['CREATE TABLE t AS EXECUTE p', 'CREATE TABLE AS EXECUTE runs what another session prepared'],
    ['CREATE RECURSIVE VIEW v (n) AS SELECT 1', 'recursive view'],
  ])('%j: %s', async (sql, why) =>
    expect(await judge(sql)).toMatchObject({kind: 'not-explainable', why: expect.stringContaining(why)}),
  );
});
