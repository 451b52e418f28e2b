import type {Pair} from '../pair.ts';

const t = 'CREATE ROLE pair_one; CREATE ROLE pair_two; CREATE TABLE t (id int, who text);';

export const rightsPairs: readonly Pair[] = [
  {
    about: 'a policy',
    setup: t,
    a: '',
    b: 'CREATE POLICY p ON t FOR SELECT TO pair_one USING (who = CURRENT_USER)',
  },
  {
    about: 'command of a policy',
    setup: t,
    a: 'CREATE POLICY p ON t USING (id > 0)',
    b: 'CREATE POLICY p ON t FOR UPDATE USING (id > 0)',
  },
  {
    about: 'restrictive policy',
    setup: t,
    a: 'CREATE POLICY p ON t USING (id > 0)',
    b: 'CREATE POLICY p ON t AS RESTRICTIVE USING (id > 0)',
  },
  {
    about: 'roles of a policy',
    setup: t,
    a: 'CREATE POLICY p ON t USING (id > 0)',
    b: 'CREATE POLICY p ON t TO pair_two, pair_one USING (id > 0)',
  },
  {
    about: 'USING of a policy',
    setup: t,
    a: 'CREATE POLICY p ON t USING (id > 0)',
    b: "CREATE POLICY p ON t USING (id > 1 AND who IN ('a', 'b'))",
  },
  {
    about: 'WITH CHECK of a policy',
    setup: t,
    a: 'CREATE POLICY p ON t USING (id > 0)',
    b: 'CREATE POLICY p ON t USING (id > 0) WITH CHECK (id > 5)',
  },
  {
    about: 'policy with a query',
    setup: `${t} CREATE TABLE u (id int);`,
    a: 'CREATE POLICY p ON t USING (EXISTS (SELECT FROM u WHERE u.id = t.id))',
    b: 'CREATE POLICY p ON t USING (NOT EXISTS (SELECT FROM u WHERE u.id = t.id))',
  },
  {
    about: 'comment of a policy',
    setup: `${t} CREATE POLICY p ON t USING (id > 0);`,
    a: '',
    b: "COMMENT ON POLICY p ON t IS 'own rows'",
  },
  {
    about: 'a schema with objects',
    a: '',
    b: 'CREATE SCHEMA s; CREATE TABLE s.t (id int); CREATE VIEW s.v AS SELECT id FROM s.t',
  },
  {
    about: 'privileges of a schema',
    setup: 'CREATE ROLE pair_one; CREATE SCHEMA s;',
    a: '',
    b: 'GRANT USAGE ON SCHEMA s TO pair_one',
  },
  {
    about: 'privileges of schema public',
    setup: 'CREATE ROLE pair_one;',
    a: '',
    b: 'GRANT CREATE ON SCHEMA public TO pair_one',
  },
  {
    about: 'owner and comment of a schema',
    setup: 'CREATE ROLE pair_one; CREATE SCHEMA s;',
    a: '',
    b: "ALTER SCHEMA s OWNER TO pair_one; COMMENT ON SCHEMA s IS 'c'",
  },
  {
    about: 'default privileges',
    setup: 'CREATE ROLE pair_one;',
    a: '',
    b: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pair_one',
  },
  {
    about: 'default privileges in a schema',
    setup: 'CREATE ROLE pair_one; CREATE ROLE pair_two; CREATE SCHEMA s;',
    a: 'ALTER DEFAULT PRIVILEGES FOR ROLE pair_two IN SCHEMA s GRANT SELECT ON TABLES TO pair_one',
    b: 'ALTER DEFAULT PRIVILEGES FOR ROLE pair_two IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO pair_one; ALTER DEFAULT PRIVILEGES FOR ROLE pair_two IN SCHEMA s GRANT USAGE ON SEQUENCES TO pair_one',
  },
  {
    about: 'default privileges taken from everybody',
    a: '',
    b: 'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
  },
  {
    about: 'role that is a member',
    setup: `${t} GRANT SELECT ON t TO pair_one, pair_two;`,
    a: '',
    b: 'GRANT pair_one TO pair_two',
  },
  {
    about: 'capabilities of a role',
    setup: `${t} GRANT SELECT ON t TO pair_one;`,
    a: '',
    b: 'ALTER ROLE pair_one CREATEDB BYPASSRLS',
  },
];

export const publicationPairs: readonly Pair[] = [
  {
    about: 'a publication',
    setup: 'CREATE TABLE t (id int PRIMARY KEY);',
    a: '',
    b: 'CREATE PUBLICATION p FOR TABLE t',
  },
  {
    about: 'tables of a publication',
    setup: 'CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY);',
    a: 'CREATE PUBLICATION p FOR TABLE t',
    b: 'CREATE PUBLICATION p FOR TABLE t, u',
  },
  {
    about: 'publication of all tables',
    setup: 'CREATE TABLE t (id int PRIMARY KEY);',
    a: 'CREATE PUBLICATION p',
    b: 'CREATE PUBLICATION p FOR ALL TABLES',
  },
  {
    about: 'columns and rows of a publication',
    since: 15,
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a int);',
    a: 'CREATE PUBLICATION p FOR TABLE t',
    b: 'CREATE PUBLICATION p FOR TABLE t (id, a) WHERE (id > 5)',
  },
  {
    about: 'schemas of a publication',
    since: 15,
    setup: 'CREATE SCHEMA s;',
    a: 'CREATE PUBLICATION p',
    b: 'CREATE PUBLICATION p FOR TABLES IN SCHEMA s',
  },
  {
    about: 'operations of a publication',
    a: 'CREATE PUBLICATION p',
    b: "CREATE PUBLICATION p WITH (publish = 'insert, delete')",
  },
  {
    about: 'publication through the root',
    a: 'CREATE PUBLICATION p',
    b: 'CREATE PUBLICATION p WITH (publish_via_partition_root)',
  },
  {
    about: 'generated columns of a publication',
    since: 18,
    a: 'CREATE PUBLICATION p',
    b: 'CREATE PUBLICATION p WITH (publish_generated_columns = stored)',
  },
  {
    about: 'a subscription',
    a: "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)",
    b: '',
    realOnly: true,
    noWay: true,
  },
  {
    about: 'publications of a subscription',
    realOnly: true,
    a: "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)",
    b: "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p, q WITH (connect = false, slot_name = NONE, binary)",
  },
];
