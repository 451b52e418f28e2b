import type {Pair} from '../pair.ts';

const f = (rest: string): string => `CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql ${rest}`;
const g = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
const t = `CREATE TABLE t (id int, note text); ${g}`;
const body = "AS 'SELECT a'";

export const functionPairs: readonly Pair[] = [
  {about: 'a function', a: '', b: f("AS $$SELECT a + 1 -- it's\n$$")},
  {about: 'body of a function', a: f("AS 'SELECT a'"), b: f("AS 'SELECT a + 1'")},
  {about: 'body in standard form', a: f('RETURN a'), b: f('RETURN a + 1')},
  {
    about: 'body of several statements in standard form',
    setup: 'CREATE TABLE t (a int);',
    a: f('BEGIN ATOMIC SELECT 1; SELECT a; END'),
    b: f('BEGIN ATOMIC INSERT INTO t VALUES (f.a); SELECT t.a FROM t WHERE t.a = f.a; END'),
  },
  {
    about: 'result of a function',
    a: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    b: "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
  },
  {
    about: 'result as a table',
    a: "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'",
    b: "CREATE FUNCTION f() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, ''y'''",
  },
  {
    about: 'name of an argument',
    a: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1'",
    b: "CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT $1'",
  },
  {
    about: 'default of an argument',
    a: f(body),
    b: "CREATE FUNCTION f(a int DEFAULT 5) RETURNS int LANGUAGE sql AS 'SELECT a'",
  },
  {
    about: 'mode of an argument',
    a: "CREATE FUNCTION f(a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    b: "CREATE FUNCTION f(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  },
  {
    about: 'overloaded functions',
    a: f(body),
    b: `${f(body)}; CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2'; CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 3'`,
  },
  {
    about: 'one of the overloaded functions',
    setup: `${f(body)}; CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2';`,
    a: '',
    b: "CREATE OR REPLACE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 22'",
  },
  {about: 'immutable', a: f(body), b: f(`IMMUTABLE ${body}`)},
  {about: 'stable', a: f(`IMMUTABLE ${body}`), b: f(`STABLE ${body}`)},
  {about: 'parallel safe', a: f(body), b: f(`PARALLEL SAFE ${body}`)},
  {about: 'strict', a: f(body), b: f(`STRICT ${body}`)},
  {about: 'leakproof', a: f(body), b: f(`LEAKPROOF ${body}`)},
  {about: 'security definer', a: f(body), b: f(`SECURITY DEFINER ${body}`)},
  {
    about: 'cost and rows',
    a: "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'",
    b: "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql COST 5 ROWS 7 AS 'SELECT 1'",
  },
  {
    about: 'settings of a function',
    a: f(`SET search_path = public, pg_temp ${body}`),
    b: f(`SET search_path = 'public', "My s" SET work_mem = '8MB' ${body}`),
  },
  {
    about: 'language of a function',
    a: f(body),
    b: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a; END'",
  },
  {about: 'support function', a: f(body), b: f(`SUPPORT pg_catalog.generate_series_int4_support ${body}`)},
  {about: 'comment of a function', setup: `${f(body)};`, a: '', b: "COMMENT ON FUNCTION f(int) IS 'one'"},
  {
    about: 'function revoked from everybody',
    setup: `CREATE ROLE pair_one; ${f(body)};`,
    a: '',
    b: 'REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION f(int) TO pair_one',
  },
  {
    about: 'function that depends on an extension',
    setup: `CREATE EXTENSION pgcrypto; ${f(body)};`,
    a: '',
    b: 'ALTER FUNCTION f(int) DEPENDS ON EXTENSION pgcrypto',
  },
  {
    about: 'function and procedure',
    a: "CREATE FUNCTION f(a int) RETURNS void LANGUAGE sql AS 'SELECT 1'",
    b: "CREATE PROCEDURE f(a int) LANGUAGE sql AS 'SELECT 1'",
  },
  {
    about: 'body of a procedure',
    a: "CREATE PROCEDURE f(a int, INOUT b text) LANGUAGE plpgsql AS 'BEGIN NULL; END'",
    b: "CREATE PROCEDURE f(a int, INOUT b text) LANGUAGE plpgsql AS 'BEGIN b := a::text; END'",
  },
  {
    about: 'an aggregate',
    a: '',
    b: "CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = '0')",
  },
  {
    about: 'start of an aggregate',
    a: "CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = '0')",
    b: "CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = '7')",
  },
  {
    about: 'function that a default, a check, an index and a view use',
    setup: '',
    a: "CREATE FUNCTION f(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a'; CREATE TABLE t (a int DEFAULT f(1) CHECK (f(a) > 0)); CREATE INDEX k ON t (f(a)); CREATE VIEW v AS SELECT f(a) AS x FROM t",
    b: "CREATE FUNCTION f(a int) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT a::bigint'; CREATE TABLE t (a int DEFAULT f(1) CHECK (f(a) > 0)); CREATE INDEX k ON t (f(a)); CREATE VIEW v AS SELECT f(a) AS x FROM t",
  },
];

export const triggerPairs: readonly Pair[] = [
  {
    about: 'a trigger',
    setup: t,
    a: '',
    b: 'CREATE TRIGGER x BEFORE INSERT OR UPDATE OF note ON t FOR EACH ROW EXECUTE FUNCTION g()',
  },
  {
    about: 'time of a trigger',
    setup: t,
    a: 'CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()',
  },
  {
    about: 'events of a trigger',
    setup: t,
    a: 'CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION g()',
  },
  {
    about: 'level of a trigger',
    setup: t,
    a: 'CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION g()',
  },
  {
    about: 'condition of a trigger',
    setup: t,
    a: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW WHEN (old.note IS DISTINCT FROM new.note) EXECUTE FUNCTION g()',
  },
  {
    about: 'transition tables',
    setup: t,
    a: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION g()',
  },
  {
    about: 'argument of a trigger',
    setup: t,
    a: "CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g('a')",
    b: "CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g('b', 'c')",
  },
  {
    about: 'function of a trigger',
    setup: `${t} CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';`,
    a: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION h()',
  },
  {
    about: 'disabled trigger',
    setup: `${t} CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();`,
    a: '',
    b: 'ALTER TABLE t DISABLE TRIGGER x',
  },
  {
    about: 'trigger that always fires',
    setup: `${t} CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();`,
    a: 'ALTER TABLE t ENABLE REPLICA TRIGGER x',
    b: 'ALTER TABLE t ENABLE ALWAYS TRIGGER x',
  },
  {
    about: 'constraint trigger',
    setup: t,
    a: 'CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g()',
    b: 'CREATE CONSTRAINT TRIGGER x AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g()',
  },
  {
    about: 'comment of a trigger',
    setup: `${t} CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();`,
    a: '',
    b: "COMMENT ON TRIGGER x ON t IS 'why'",
  },
  {
    about: 'an event trigger',
    setup: "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';",
    a: '',
    b: "CREATE EVENT TRIGGER x ON ddl_command_end WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION e()",
  },
  {
    about: 'tags of an event trigger',
    setup: "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';",
    a: "CREATE EVENT TRIGGER x ON ddl_command_end WHEN TAG IN ('CREATE SEQUENCE') EXECUTE FUNCTION e()",
    b: "CREATE EVENT TRIGGER x ON ddl_command_end WHEN TAG IN ('CREATE CAST', 'CREATE SEQUENCE') EXECUTE FUNCTION e()",
  },
  {
    about: 'disabled event trigger',
    setup:
      "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END'; CREATE EVENT TRIGGER x ON sql_drop WHEN TAG IN ('DROP CAST') EXECUTE FUNCTION e();",
    a: '',
    b: 'ALTER EVENT TRIGGER x DISABLE',
  },
  {
    about: 'a rule',
    setup: t,
    a: '',
    b: 'CREATE RULE r AS ON INSERT TO t WHERE new.id < 0 DO INSTEAD NOTHING',
  },
  {
    about: 'definition of a rule',
    setup: t,
    a: 'CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING',
    b: "CREATE RULE r AS ON DELETE TO t DO ALSO UPDATE t SET note = 'gone' WHERE t.id = old.id",
  },
  {
    about: 'disabled rule',
    setup: `${t} CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;`,
    a: '',
    b: 'ALTER TABLE t DISABLE RULE r',
  },
];
