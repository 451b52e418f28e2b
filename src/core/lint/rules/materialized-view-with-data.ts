import {nodesOf} from '../../explain/syntax-tree.ts';
import {field, relationOf, text, type QualifiedName} from '../../sql/objects.ts';
import {enumerated} from '../../words.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'materialized-view-with-data',
  severity: 'information',
  title: 'A materialized view is filled while it is made',
  about: `The query runs to its end inside the migration. Its locks (\`ACCESS SHARE\`) let everybody read and write, but they
are kept until the transaction ends, and so is everything else that the transaction has locked before. A transaction that
runs for long keeps VACUUM from removing dead rows in the whole database.

\`WITH NO DATA\` makes the view at once. Until a \`REFRESH\` in a transaction of its own has filled it, queries of it fail
with 55000: nobody should use it yet.`,
  direction: 'up',
  kinds: ['CreateTableAsStmt'],
  check: situation => {
    const {statement} = situation;
    const into = field(statement.node, 'into');
    if (statement.node['objtype'] !== 'OBJECT_MATVIEW' || into['skipData'] === true) return [];
    const tables = readTables(situation);
    if (tables.length === 0) return [];
    return [draft(situation, tables)];
  },
};

/** Those that may be large. */
function readTables(situation: Situation): readonly QualifiedName[] {
  const query = situation.statement.node['query'];
  const own = new Set(
    nodesOf(query)
      .filter(({kind}) => kind === 'CommonTableExpr')
      .map(({node}) => text(node['ctename'])),
  );
  const names = nodesOf(query)
    .filter(({kind}) => kind === 'RangeVar')
    .flatMap(({node}) => relationOf(node) ?? [])
    .filter(name => (name.schema !== undefined || !own.has(name.name)) && !situation.isHarmless(name));
  return [...new Map(names.map(name => [short(name), name])).values()];
}

function draft({statement}: Situation, tables: readonly QualifiedName[]): Draft {
  const relation = field(field(statement.node, 'into'), 'rel');
  const name = relationOf(relation);
  const data = statement.find('WITH DATA');
  const end = statement.whole.end;
  const refresh = `REFRESH MATERIALIZED VIEW ${statement.sql.slice(statement.nameAt(relation['location']).start, statement.nameAt(relation['location']).end)}`;
  const made = data
    ? `${statement.sql.slice(0, data.start)}WITH NO DATA${statement.sql.slice(data.end)}`
    : `${statement.sql.slice(0, end)} WITH NO DATA`;
  return {
    at: data ?? statement.nameAt(relation['location']),
    what: `Reads ${enumerated(tables.map(short))} within the migration, to fill ${name ? short(name) : 'the view'}`,
    why: 'The query runs to its end while the transaction keeps all its locks, and VACUUM removes no dead rows meanwhile.',
    fix: 'Make it WITH NO DATA, and REFRESH it in a transaction of its own before anybody uses it.',
    work: {kind: 'scan', of: tables},
    remedies: [
      {
        title: 'Make it empty, and fill it afterwards',
        kind: 'steps',
        steps: [
          {
            sql: made,
            how: 'any',
            title: `make ${name?.name ?? 'the view'}`,
            undo: name ? `DROP MATERIALIZED VIEW ${short(name)}` : '',
          },
          {sql: refresh, how: 'own', title: `fill ${name?.name ?? 'the view'}`, undo: ''},
        ],
      },
    ],
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table of an earlier migration',
      history: orders,
      sql: 'CREATE MATERIALIZED VIEW «totals» AS SELECT count(*) FROM orders;',
    },
    {
      name: 'that says so',
      history: orders,
      sql: 'create materialized view if not exists t as with x as (select * from orders) select * from x «with data»;',
    },
  ],
  silent: [
    {
      name: 'without data',
      history: orders,
      sql: 'CREATE MATERIALIZED VIEW t AS SELECT * FROM orders WITH NO DATA;',
    },
    {name: 'of a new table', sql: `${orders}; CREATE MATERIALIZED VIEW t AS SELECT * FROM orders;`},
    {
      name: 'of a small table',
      history: orders,
      rows: {orders: 7},
      sql: 'CREATE MATERIALIZED VIEW t AS TABLE orders;',
    },
    {name: 'of no table', sql: 'CREATE MATERIALIZED VIEW t AS SELECT 1 AS one;'},
    {name: 'a view', history: orders, sql: 'CREATE VIEW t AS SELECT * FROM orders;'},
  ],
  claims: [
    {sql: 'CREATE MATERIALIZED VIEW m AS SELECT * FROM orders', does: 'AS orders; scans orders'},
    {sql: 'CREATE MATERIALIZED VIEW m AS SELECT * FROM orders WITH NO DATA', does: 'AS orders'},
    {
      sql: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a WITH NO DATA; SELECT * FROM m',
      does: {fails: '55000'},
    },
  ],
});
