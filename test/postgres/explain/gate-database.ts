import type {Session} from '../../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import type {Major} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

/** A database full of things that write without looking like it, and another one that it reaches over foreign tables. */
export interface GateDatabase {
  readonly session: Session;
  /** Everything that a statement could leave behind, by where it would be. */
  snapshot(): Promise<Readonly<Record<string, string>>>;
  drop(): Promise<void>;
}

const near = `
CREATE TABLE orders (id int PRIMARY KEY, status text);
INSERT INTO orders SELECT i, 'open' FROM generate_series(1, 20) i;
CREATE TABLE archive (id int, status text);
CREATE TABLE log (entry text);
CREATE SEQUENCE numbers;
CREATE TABLE numbered (id serial, name text);
CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM orders;
SELECT lo_from_bytea(4242, 'abc');

CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES ('wrote'); RETURN 1; END$$;
CREATE FUNCTION writes(text) RETURNS text LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES ($1); RETURN $1; END$$;
CREATE FUNCTION writes_sql() RETURNS int LANGUAGE sql AS $$INSERT INTO log VALUES ('sql') RETURNING 1$$;
CREATE FUNCTION lies() RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN writes(); END$$;
CREATE FUNCTION lies_stable() RETURNS int STABLE LANGUAGE plpgsql AS $$BEGIN RETURN writes(); END$$;
CREATE FUNCTION hides() RETURNS text LANGUAGE plpgsql AS
  $$BEGIN INSERT INTO log VALUES ('x'); RETURN 'wrote'; EXCEPTION WHEN OTHERS THEN RETURN 'hidden'; END$$;
CREATE FUNCTION dynamic(text) RETURNS int LANGUAGE plpgsql AS $$BEGIN EXECUTE $1; RETURN 1; END$$;
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES ('p'); COMMIT; END$$;
CREATE FUNCTION calls() RETURNS int LANGUAGE plpgsql AS $$BEGIN CALL commits(); RETURN 1; END$$;
CREATE FUNCTION unlocks() RETURNS int LANGUAGE plpgsql AS
  $$BEGIN PERFORM set_config('transaction_read_only', 'off', false); INSERT INTO log VALUES ('u'); RETURN 1; END$$;
CREATE FUNCTION unlocks_by_set() RETURNS int LANGUAGE plpgsql AS
  $$BEGIN SET TRANSACTION READ WRITE; INSERT INTO log VALUES ('u'); RETURN 1; END$$;
CREATE FUNCTION unlocks_hidden() RETURNS int LANGUAGE plpgsql AS
  $$BEGIN BEGIN SET transaction_read_only = off; EXCEPTION WHEN OTHERS THEN NULL; END; RETURN writes(); END$$;
CREATE VIEW writing AS SELECT writes() AS w;
CREATE FUNCTION equals_writing(text, text) RETURNS boolean LANGUAGE plpgsql AS
  $$BEGIN PERFORM writes(); RETURN true; END$$;
CREATE OPERATOR === (FUNCTION = equals_writing, LEFTARG = text, RIGHTARG = text);
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_pair(int) RETURNS pair LANGUAGE plpgsql AS $$BEGIN PERFORM writes(); RETURN ROW($1, 1); END$$;
CREATE CAST (int AS pair) WITH FUNCTION to_pair(int);
CREATE TABLE defaulted (a int DEFAULT writes(), b int);
CREATE DOMAIN checked AS int CHECK (VALUE > 0 AND writes() = 1);
CREATE TABLE guarded (a int);
INSERT INTO guarded VALUES (1);
CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES ('t'); RETURN NEW; END$$;
CREATE TRIGGER logs BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION logs();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON archive DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION logs();
CREATE TABLE ruled (a int);
CREATE RULE also AS ON INSERT TO ruled DO ALSO DELETE FROM orders;
CREATE VIEW changed AS SELECT * FROM orders;
CREATE FUNCTION sums(int, int) RETURNS int LANGUAGE plpgsql AS $$BEGIN PERFORM writes(); RETURN 1; END$$;
CREATE AGGREGATE summed (int) (SFUNC = sums, STYPE = int, INITCOND = '0');
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION dblink;`;

/** PostgreSQL 16 and later do not let a function have this. */
const before16 = `
CREATE FUNCTION unlocks_by_clause() RETURNS int LANGUAGE plpgsql SET transaction_read_only = off AS
  $$BEGIN INSERT INTO log VALUES ('u'); RETURN 1; END$$;`;

const far = `
CREATE TABLE orders (id int);
INSERT INTO orders VALUES (1);
CREATE SEQUENCE numbers;
CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.orders VALUES (2); RETURN 2; END$$;
CREATE VIEW writing AS SELECT writes() AS id;
CREATE VIEW counting AS SELECT nextval('numbers') AS id;`;

const link = (port: number, name: string): string => `
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host '127.0.0.1', port '${port}', dbname '${name}', use_remote_estimate 'false');
CREATE USER MAPPING FOR postgres SERVER far OPTIONS (user 'postgres', password 'postgres');
CREATE FOREIGN TABLE far_orders (id int) SERVER far OPTIONS (table_name 'orders');
CREATE FOREIGN TABLE far_writing (id int) SERVER far OPTIONS (table_name 'writing');
CREATE FOREIGN TABLE far_counting (id int) SERVER far OPTIONS (table_name 'counting');`;

/** What each thing looks like now. The same columns exist in 14–18. */
/** Roles and databases are the whole server's, which other tests work on meanwhile. */
const looks: Readonly<Record<string, string>> = {
  tables: `SELECT string_agg(oid::regclass || query_to_xml('TABLE ' || oid::regclass, true, false, '')::text, ' '
    ORDER BY oid) FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace`,
  sequences: `SELECT string_agg(concat_ws(' ', sequencename, last_value), ' ' ORDER BY 1) FROM pg_sequences`,
  relations: "SELECT string_agg(relname, ' ' ORDER BY oid) FROM pg_class WHERE oid > 16383",
  routines: "SELECT string_agg(proname, ' ' ORDER BY oid) FROM pg_proc WHERE oid > 16383",
  others: `SELECT concat_ws(' ', (SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'),
    (SELECT count(*) FROM pg_type), (SELECT count(*) FROM pg_constraint))`,
  settings: `SELECT string_agg(concat_ws('=', name, setting), ' ' ORDER BY 1) FROM pg_settings
    WHERE source IN ('session', 'override') OR name ~ 'timeout|read_only|plan_cache|search_path'`,
  objects: "SELECT string_agg(oid || ' ' || lo_get(oid), ' ' ORDER BY oid) FROM pg_largeobject_metadata",
  locks:
    "SELECT string_agg(concat(mode, objid), ' ' ORDER BY 1) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'",
  prepared: `SELECT concat_ws(' ', (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors
    WHERE name <> ''), (SELECT count(*) FROM pg_listening_channels()))`,
};

export async function createGateDatabase(major: Major): Promise<GateDatabase> {
  const here = await createDatabase(major, 'gate');
  const there = await createDatabase(major, 'gate_far');
  await there.sql(far);
  await here.sql(near);
  if (major < 16) await here.sql(before16);
  await here.sql(link(here.port, there.name));
  const session = await openFor(here);
  // Their own, so that looking changes nothing in the session that is looked at.
  const beyond = await openFor(there);
  return {
    session,
    snapshot: async () => ({
      ...(await seen(session, looks)),
      far: (await seen(beyond, {far: looks['tables'] ?? ''}))['far'] ?? '',
      'far sequences': (await seen(beyond, {far: looks['sequences'] ?? ''}))['far'] ?? '',
    }),
    drop: async () => {
      await session.close();
      await beyond.close();
      await dropAll([here, there]);
    },
  };
}

async function seen(
  session: Session,
  queries: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const entries: [string, string][] = [];
  for (const [name, sql] of Object.entries(queries))
    entries.push([name, value(await session.texts(sql, {params: []})).join()]);
  return Object.fromEntries(entries);
}

async function dropAll(databases: readonly TestDatabase[]): Promise<void> {
  for (const each of databases) await each.drop();
}
