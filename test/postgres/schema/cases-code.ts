import {read, type SchemaCase} from './schema-case.ts';

export const codeCases: readonly SchemaCase[] = [
  read(
    'view',
    's.seen',
    `CREATE TABLE s.looked (a int, b int, c int);
     CREATE VIEW s.seen WITH (security_barrier) AS SELECT a, b AS "B" FROM s.looked WHERE a > 0 WITH LOCAL CHECK OPTION;
     COMMENT ON VIEW s.seen IS 'v'; COMMENT ON COLUMN s.seen."B" IS 'col'; ALTER VIEW s.seen ALTER a SET DEFAULT 5`,
    {
      definition: 'SELECT looked.a,\n    looked.b AS "B"\n   FROM s.looked\n  WHERE (looked.a > 0)',
      options: {check_option: 'local', security_barrier: 'true'},
      comment: 'v',
    },
    {until: 15, needs: ['column s.looked.a', 'column s.looked.b', 'schema s']},
  ),
  read(
    'view',
    's.again',
    'CREATE TABLE s.under (a int, b int); CREATE VIEW s.again WITH (security_invoker) AS SELECT a FROM s.under; GRANT SELECT ON s.again TO reader',
    {
      definition: 'SELECT a\n   FROM s.under',
      options: {security_invoker: 'true'},
      privileges: {
        postgres: ['DELETE', 'INSERT', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'],
        reader: ['SELECT'],
      },
    },
    {since: 16, until: 16, needs: ['column s.under.a', 'schema s']},
  ),
  read('column', 's.seen."B"', '', {type: 'integer', position: 2, comment: 'col'}, {until: 15}),
  read('column', 's.seen.a', '', {type: 'integer', position: 1, default: '5'}, {until: 15}),
  read(
    'view',
    's.counts',
    'CREATE TABLE s.counted (x int); CREATE VIEW s.counts AS SELECT count(*) AS n FROM s.counted',
    {
      definition: 'SELECT count(*) AS n\n   FROM s.counted',
    },
    {needs: ['schema s', 'table s.counted']},
  ),
  read(
    'materialized view',
    's.kept',
    `CREATE TABLE s.source (x int); CREATE MATERIALIZED VIEW s.kept WITH (fillfactor = 60) AS SELECT 1 AS one FROM s.source WITH NO DATA;
     CREATE INDEX kept_one ON s.kept (one); ALTER MATERIALIZED VIEW s.kept CLUSTER ON kept_one`,
    {
      definition: 'SELECT 1 AS one\n   FROM s.source',
      options: {fillfactor: '60'},
      clusterOn: 'kept_one',
      notPopulated: true,
    },
    {needs: ['schema s', 'table s.source']},
  ),
  read(
    'index',
    's.kept_one',
    '',
    {
      method: 'btree',
      keys: ['one'],
      definition: 'CREATE INDEX kept_one ON s.kept USING btree (one)',
    },
    {needs: ['column s.kept.one']},
  ),
  read('column', 's.kept.one', '', {type: 'integer', position: 1}),
  read(
    'function',
    's.add(integer, s.mood)',
    `CREATE FUNCTION s.add(a int, b s.mood DEFAULT 'ok') RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
       SECURITY DEFINER COST 7 SET search_path = s, pg_temp AS 'SELECT a';
     COMMENT ON FUNCTION s.add IS 'adds'; REVOKE EXECUTE ON FUNCTION s.add FROM PUBLIC; GRANT EXECUTE ON FUNCTION s.add TO reader;
     ALTER FUNCTION s.add DEPENDS ON EXTENSION hstore`,
    {
      routine: 'function',
      definition: `CREATE OR REPLACE FUNCTION s.add(a integer, b s.mood DEFAULT 'ok'::s.mood)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT SECURITY DEFINER LEAKPROOF COST 7
 SET search_path TO 's', 'pg_temp'
AS $function$SELECT a$function$`,
      arguments: `a integer, b s.mood DEFAULT 'ok'::s.mood`,
      result: 'integer',
      language: 'sql',
      body: 'SELECT a',
      volatility: 'immutable',
      parallel: 'safe',
      strict: true,
      leakproof: true,
      securityDefiner: true,
      cost: 7,
      settings: {search_path: 's, pg_temp'},
      comment: 'adds',
      privileges: {postgres: ['EXECUTE'], reader: ['EXECUTE']},
      dependsOnExtensions: ['hstore'],
    },
    {needs: ['schema s', 'type s.mood']},
  ),
  read(
    'function',
    's.rows(integer[])',
    'CREATE FUNCTION s.rows(VARIADIC n int[]) RETURNS SETOF int LANGUAGE sql STABLE ROWS 5 BEGIN ATOMIC SELECT 1; END',
    {
      routine: 'function',
      definition: `CREATE OR REPLACE FUNCTION s.rows(VARIADIC n integer[])
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE ROWS 5
BEGIN ATOMIC
 SELECT 1;
END`,
      arguments: 'VARIADIC n integer[]',
      result: 'SETOF integer',
      language: 'sql',
      body: 'BEGIN ATOMIC\n SELECT 1;\nEND',
      volatility: 'stable',
      rows: 5,
    },
  ),
  read('function', 's.tidy(integer)', `CREATE PROCEDURE s.tidy(INOUT n int) LANGUAGE sql AS 'SELECT 1'`, {
    routine: 'procedure',
    definition: `CREATE OR REPLACE PROCEDURE s.tidy(INOUT n integer)
 LANGUAGE sql
AS $procedure$SELECT 1$procedure$`,
    arguments: 'INOUT n integer',
    language: 'sql',
    body: 'SELECT 1',
  }),
  read(
    'function',
    's.rowcount(*)',
    'CREATE AGGREGATE s.rowcount(*) (SFUNC = int8inc, STYPE = int8, INITCOND = 0)',
    {
      routine: 'aggregate',
      definition: `CREATE AGGREGATE s.rowcount(*) (
    SFUNC = pg_catalog.int8inc,
    STYPE = bigint,
    INITCOND = '0'
)`,
      arguments: '',
      result: 'bigint',
      language: 'internal',
      volatility: 'immutable',
    },
  ),
  read(
    'trigger',
    's.watched.changed',
    `CREATE FUNCTION s.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE s.watched (a int);
     CREATE TRIGGER changed BEFORE UPDATE OF a ON s.watched FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION s.touch('x');
     CREATE TRIGGER off AFTER INSERT ON s.watched REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION s.touch();
     ALTER TABLE s.watched DISABLE TRIGGER off; COMMENT ON TRIGGER changed ON s.watched IS 't'`,
    {
      definition: `CREATE TRIGGER changed BEFORE UPDATE OF a ON s.watched FOR EACH ROW WHEN ((old.a <> new.a)) EXECUTE FUNCTION s.touch('x')`,
      function: 's.touch',
      comment: 't',
    },
    {needs: ['column s.watched.a', 'function s.touch()', 'table s.watched']},
  ),
  read('trigger', 's.watched.off', '', {
    definition:
      'CREATE TRIGGER off AFTER INSERT ON s.watched REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION s.touch()',
    function: 's.touch',
    enabled: 'disabled',
  }),
  read(
    'trigger',
    's.parts_1.each',
    'CREATE TABLE s.parts (a int) PARTITION BY LIST (a); CREATE TABLE s.parts_1 PARTITION OF s.parts FOR VALUES IN (1); CREATE TRIGGER each AFTER INSERT ON s.parts FOR EACH ROW EXECUTE FUNCTION s.touch()',
    null,
  ),
  read(
    'trigger',
    's.instead_of.instead',
    'CREATE VIEW s.instead_of AS SELECT 1 AS one; CREATE TRIGGER instead INSTEAD OF INSERT ON s.instead_of FOR EACH ROW EXECUTE FUNCTION s.touch()',
    {
      definition:
        'CREATE TRIGGER instead INSTEAD OF INSERT ON s.instead_of FOR EACH ROW EXECUTE FUNCTION s.touch()',
      function: 's.touch',
    },
    {needs: ['function s.touch()', 'view s.instead_of']},
  ),
  read(
    'rule',
    's.ruled.quiet',
    `CREATE TABLE s.ruled (a int); CREATE RULE quiet AS ON DELETE TO s.ruled DO INSTEAD NOTHING; COMMENT ON RULE quiet ON s.ruled IS 'r'; ALTER TABLE s.ruled ENABLE ALWAYS RULE quiet`,
    {
      definition: 'CREATE RULE quiet AS\n    ON DELETE TO s.ruled DO INSTEAD NOTHING',
      enabled: 'always',
      comment: 'r',
    },
  ),
  read(
    'policy',
    's.guarded.own',
    `CREATE TABLE s.guarded (a int, who name); CREATE POLICY own ON s.guarded AS RESTRICTIVE FOR UPDATE TO reader, writer USING (who = CURRENT_USER) WITH CHECK (a > 0);
     CREATE POLICY everybody ON s.guarded USING (true); COMMENT ON POLICY own ON s.guarded IS 'p'`,
    {
      command: 'UPDATE',
      restrictive: true,
      roles: ['reader', 'writer'],
      using: '(who = CURRENT_USER)',
      check: '(a > 0)',
      comment: 'p',
    },
    {needs: ['column s.guarded.a', 'column s.guarded.who', 'table s.guarded']},
  ),
  read('policy', 's.guarded.everybody', '', {command: 'ALL', roles: ['PUBLIC'], using: 'true'}),
  read(
    'event trigger',
    'noticed',
    `CREATE FUNCTION s.noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER noticed ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION s.noticed(); ALTER EVENT TRIGGER noticed DISABLE`,
    {
      event: 'ddl_command_end',
      tags: ['CREATE TABLE'],
      function: 's.noticed',
      enabled: 'disabled',
    },
    {needs: ['function s.noticed()']},
  ),
  read(
    'statistics',
    's.together',
    `CREATE TABLE s.measured (a int, b int); CREATE STATISTICS s.together (ndistinct, mcv) ON a, b FROM s.measured; ALTER STATISTICS s.together SET STATISTICS 50; COMMENT ON STATISTICS s.together IS 'st'`,
    {
      definition: 'CREATE STATISTICS s.together (ndistinct, mcv) ON a, b FROM s.measured',
      target: 50,
      comment: 'st',
    },
  ),
];
