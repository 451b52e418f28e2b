import type {Claim, RuleProof} from '../../rule.ts';

const rewritten = 'AE orders, AE orders_pkey; rewrites orders; scans orders';

/** Types before and after, as everybody writes them. `mood` is an enum, `positive` a domain without a constraint. */
const pairs = {
  free: [
    ['varchar(10)', 'varchar(20)'],
    ['varchar(10)', 'varchar'],
    ['varchar(10)', 'text'],
    ['text', 'varchar'],
    ['numeric(8, 2)', 'numeric(10, 2)'],
    ['numeric(8, 2)', 'numeric'],
    ['numeric(8)', 'numeric(10, 0)'],
    ['timestamp(3)', 'timestamp(6)'],
    ['timestamptz(3)', 'timestamptz'],
    ['time(3)', 'time'],
    ['timetz(3)', 'timetz(4)'],
    ['interval(3)', 'interval(4)'],
    ['interval day to second(3)', 'interval'],
    ['bit varying(5)', 'bit varying(8)'],
    ['bit varying(5)', 'bit varying'],
    ['cidr', 'inet'],
    ['xml', 'text'],
    ['char(5)', 'bpchar'],
    ['oid', 'regclass'],
    ['positive', 'int'],
    ['int', 'positive'],
  ],
  /** An index of the column is built again. */
  index: [
    ['timestamp', 'timestamptz'],
    ['timestamptz', 'timestamp(6)'],
    ['int', 'oid'],
    ['oid', 'int'],
    ['bit(5)', 'bit varying'],
    ['text', 'bpchar'],
    ['varchar(5)', 'bpchar'],
  ],
  rewritten: [
    ['int', 'bigint'],
    ['smallint', 'int'],
    ['real', 'double precision'],
    ['varchar(10)', 'varchar(5)'],
    ['text', 'varchar(20)'],
    ['numeric(8, 2)', 'numeric(6, 2)'],
    ['numeric(8, 2)', 'numeric(10, 3)'],
    ['numeric', 'numeric(10, 2)'],
    ['timestamp', 'timestamp(3)'],
    ['timestamp(3)', 'timestamptz(3)'],
    ['timestamptz', 'date'],
    ['interval', 'interval(3)'],
    ['interval', 'interval year to month'],
    ['bit(5)', 'bit(8)'],
    ['bit(5)', 'bit varying(8)'],
    ['inet', 'cidr'],
    ['json', 'jsonb'],
    ['json', 'text'],
    ['char(5)', 'char(8)'],
    ['char(5)', 'text'],
    ['char(5)', 'varchar(5)'],
    ['varchar(10)[]', 'text[]'],
    ['int[]', 'bigint[]'],
    ['uuid', 'text'],
    ['mood', 'text'],
    ['date', 'timestamp'],
    ['name', 'text'],
  ],
  /** Not without USING. */
  refused: [
    ['text', 'int'],
    ['varchar(10)', 'boolean'],
    ['text', 'jsonb'],
    ['text', 'text[]'],
    ['text', 'mood'],
    ['int', 'boolean'],
    ['boolean', 'int'],
    ['int', 'uuid'],
    ['int', 'timestamptz'],
  ],
} as const;

/** What the casts and computations of USING make of it. */
const withUsing = [
  {from: 'varchar(5)', to: 'varchar(10)', using: 'c::varchar(10)', rewrites: false},
  {from: 'varchar(5)', to: 'varchar(10)', using: 'c::text', rewrites: true},
  {from: 'varchar(5)', to: 'text', using: '(c)', rewrites: false},
  {from: 'text', to: 'text', using: 'upper(c)', rewrites: true},
  {from: 'timestamp', to: 'timestamptz', using: 'c::timestamptz', rewrites: false},
  {from: 'timestamp', to: 'timestamptz', using: "c AT TIME ZONE 'UTC'", rewrites: true},
] as const;

function madeWith(type: string): string {
  const types = "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN positive AS int; ";
  return `${types}CREATE TABLE orders (id int PRIMARY KEY, c ${type})`;
}

function claimed(type: string, change: string, does: Claim['does']): Claim {
  return {
    setup: `DROP TABLE orders CASCADE; CREATE TABLE orders (id int PRIMARY KEY, c ${type})`,
    sql: `ALTER TABLE orders ALTER c ${change}`,
    does,
  };
}

export const proof = (): RuleProof => ({
  fires: [
    ...pairs.rewritten.map(([from, to]) => ({
      name: `${from} to ${to}`,
      history: madeWith(from),
      sql: `ALTER TABLE orders ADD x int, ALTER COLUMN c «TYPE ${to}», ADD y int;`,
    })),
    ...pairs.refused.map(([from, to]) => ({
      name: `${from} to ${to}, without a cast`,
      history: madeWith(from),
      rows: {orders: 1},
      sql: `ALTER TABLE orders ALTER COLUMN c SET DATA «TYPE ${to}»;`,
    })),
    ...withUsing
      .filter(({rewrites}) => rewrites)
      .map(({from, to, using}) => ({
        name: `${from} to ${to} by ${using}`,
        history: madeWith(from),
        sql: `ALTER TABLE orders ALTER c «TYPE ${to} USING ${using}»;`,
      })),
    {
      name: 'a cast is missing',
      history: madeWith('text'),
      sql: 'ALTER TABLE orders ALTER c «TYPE int», ADD y int;',
      fixed: 'ALTER TABLE orders ALTER c TYPE int USING c::integer, ADD y int;',
    },
    {
      name: 'a default that cannot follow',
      history: madeWith("text DEFAULT 'ok'"),
      sql: 'ALTER TABLE orders ALTER c «TYPE mood USING c::mood»;',
      fixed:
        "ALTER TABLE orders ALTER COLUMN c DROP DEFAULT, ALTER c TYPE mood USING c::mood, ALTER COLUMN c SET DEFAULT 'ok'::mood;",
    },
    {
      name: 'a generated column is computed from it',
      history: 'CREATE TABLE orders (c varchar(5), g text GENERATED ALWAYS AS (upper(c)) STORED)',
      sql: 'ALTER TABLE orders ALTER c «TYPE varchar(9)»;',
    },
    {
      name: 'a view reads it',
      history: `${madeWith('varchar(5)')}; CREATE VIEW v AS SELECT c FROM orders`,
      sql: 'ALTER TABLE orders ALTER c «TYPE text»;',
    },
    {
      name: 'the partition key',
      history: 'CREATE TABLE orders (c int) PARTITION BY RANGE (c)',
      sql: 'ALTER TABLE orders ALTER c «TYPE bigint»;',
    },
    {name: 'a column that nobody knows', sql: 'ALTER TABLE orders ALTER c «TYPE bigint»;'},
    {name: 'perhaps for nothing', sql: 'ALTER TABLE orders ALTER c «TYPE text»;'},
    {
      name: 'a partial index is built again',
      history: `${madeWith('varchar(5)')}; CREATE INDEX i ON orders (id) WHERE c IS NOT NULL`,
      sql: 'ALTER TABLE orders ALTER c «TYPE text»;',
    },
    {
      name: 'a check is made again',
      history: `${madeWith('varchar(5)')}; ALTER TABLE orders ADD CONSTRAINT k CHECK (c <> '')`,
      sql: 'ALTER TABLE orders ALTER c «TYPE text»;',
    },
    {
      name: 'in which time zone',
      history: madeWith('timestamp'),
      sql: 'ALTER TABLE orders ALTER c «TYPE timestamptz»;',
    },
    {
      name: 'an index of the column, in UTC',
      history: `${madeWith('timestamp')}; CREATE INDEX i ON orders (c)`,
      sql: "SET LOCAL timezone = 'UTC'; ALTER TABLE orders ALTER c «TYPE timestamptz»;",
    },
    {
      name: 'another collation and an index',
      history: `${madeWith('text')}; CREATE INDEX i ON orders (c)`,
      sql: 'ALTER TABLE orders ALTER c «TYPE text COLLATE "C"»;',
    },
    {
      name: 'a domain with a check',
      history: `CREATE DOMAIN d AS int CHECK (VALUE > 0); ${madeWith('int')}`,
      sql: 'ALTER TABLE orders ALTER c «TYPE d»;',
    },
  ],
  silent: [
    ...pairs.free.map(([from, to]) => ({
      name: `${from} to ${to}`,
      history: `${madeWith(from)}; CREATE INDEX i ON orders (id)`,
      sql: `ALTER TABLE orders ALTER COLUMN c TYPE ${to};`,
    })),
    ...pairs.index.map(([from, to]) => ({
      name: `${from} to ${to} without an index`,
      history: madeWith(from),
      sql: `SET timezone TO utc; ALTER TABLE orders ALTER c TYPE ${to};`,
    })),
    ...withUsing
      .filter(({rewrites}) => !rewrites)
      .map(({from, to, using}) => ({
        name: `${from} to ${to} by ${using}`,
        history: madeWith(from),
        sql: `SET timezone = 'UTC'; ALTER TABLE orders ALTER c TYPE ${to} USING ${using};`,
      })),
    {
      name: 'longer, with a plain index',
      history: `${madeWith('varchar(5)')}; CREATE INDEX i ON orders (c)`,
      sql: 'ALTER TABLE orders ALTER c TYPE text;',
    },
    {
      name: 'an index includes it only',
      history: `${madeWith('int')}; CREATE INDEX i ON orders (id) INCLUDE (c)`,
      sql: 'ALTER TABLE orders ALTER c TYPE oid;',
    },
    {
      name: 'a check that was never validated',
      history: `${madeWith('varchar(5)')}; ALTER TABLE orders ADD CONSTRAINT k CHECK (c <> '') NOT VALID`,
      sql: 'ALTER TABLE orders ALTER c TYPE text;',
    },
    {
      name: 'the default goes first',
      history: madeWith("text DEFAULT 'ok'"),
      rows: {orders: 1},
      sql: "ALTER TABLE orders ALTER c DROP DEFAULT, ALTER c TYPE mood USING c::mood, ALTER c SET DEFAULT 'ok';",
    },
    {name: 'a new table', sql: 'CREATE TABLE t (c int); ALTER TABLE t ALTER c TYPE bigint;'},
    {
      name: 'a small table',
      history: madeWith('int'),
      rows: {orders: 9},
      sql: 'ALTER TABLE orders ALTER c TYPE bigint;',
    },
    {name: 'an attribute of a type', sql: 'ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint;'},
  ],
  claims: [
    ...pairs.free.map(([from, to]) => claimed(from, `TYPE ${to}`, 'AE orders')),
    ...pairs.index.map(([from, to]) => claimed(from, `TYPE ${to}`, 'AE orders')),
    ...pairs.index.map(([from, to]) => ({
      ...claimed(`${from}); CREATE INDEX i ON orders (c`, `TYPE ${to}`, 'AE i, AE orders; scans orders'),
    })),
    ...pairs.rewritten.map(([from, to]) => claimed(from, `TYPE ${to}`, rewritten)),
    ...pairs.refused.map(([from, to]) => claimed(from, `TYPE ${to}`, {fails: '42804'})),
    ...withUsing.map(({from, to, using, rewrites}) =>
      claimed(from, `TYPE ${to} USING ${using}`, rewrites ? rewritten : 'AE orders'),
    ),
    claimed("text DEFAULT 'ok'", 'TYPE mood USING c::mood', {fails: '42804'}),
    claimed(
      "text DEFAULT 'ok'",
      "DROP DEFAULT, ALTER c TYPE mood USING c::mood, ALTER c SET DEFAULT 'ok'",
      rewritten,
    ),
    {
      ...claimed('varchar(5), g text GENERATED ALWAYS AS (upper(c)) STORED', 'TYPE varchar(9)', {
        fails: '0A000',
      }),
      from: 15,
    },
    {
      ...claimed('varchar(5), g text GENERATED ALWAYS AS (upper(c)) STORED', 'TYPE varchar(9)', {
        fails: '42601',
      }),
      to: 14,
    },
    claimed('text); CREATE INDEX i ON orders (c', 'TYPE text COLLATE "C"', 'AE i, AE orders; scans orders'),
    claimed('varchar(5)); CREATE INDEX i ON orders (c', 'TYPE text', 'AE i, AE orders'),
    claimed(
      'varchar(5)); CREATE INDEX i ON orders (id) WHERE (c IS NOT NULL',
      'TYPE text',
      'AE i, AE orders; scans orders',
    ),
    claimed('varchar(5)); CREATE INDEX i ON orders (lower(c)', 'TYPE text', 'AE i, AE orders; scans orders'),
    claimed('timestamp); CREATE INDEX i ON orders (id) INCLUDE (c', 'TYPE timestamptz', 'AE i, AE orders'),
    claimed("varchar(5) CHECK (c <> '')", 'TYPE text', 'AE orders; scans orders'),
    claimed(
      "varchar(5)); ALTER TABLE orders ADD CONSTRAINT k CHECK (c <> '') NOT VALID; SELECT (1",
      'TYPE text',
      'AE orders',
    ),
    {
      ...claimed('timestamp', '', ''),
      sql: "SET LOCAL timezone = 'Europe/Berlin'; ALTER TABLE orders ALTER c TYPE timestamptz",
      does: rewritten,
    },
    {sql: 'ALTER TABLE orders ALTER note TYPE varchar', does: {fails: '0A000'}},
    {sql: 'ALTER TABLE events ALTER at TYPE timestamp', does: {fails: '42P16'}},
    {
      setup: 'DROP TABLE items; CREATE TABLE r (c int REFERENCES orders (id)); INSERT INTO r SELECT 1',
      sql: 'ALTER TABLE r ALTER c TYPE bigint',
      does: 'AE orders, AE r; rewrites r; scans orders, r',
    },
    {
      setup: 'CREATE DOMAIN d AS int CHECK (VALUE > 0)',
      sql: 'ALTER TABLE orders ALTER big TYPE d',
      does: 'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
    },
  ],
});
