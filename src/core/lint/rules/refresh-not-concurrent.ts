import {written, type QualifiedName} from '../../sql/objects.ts';
import type {Relation} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'refresh-not-concurrent',
  severity: 'warning',
  title: 'A materialized view is refreshed without CONCURRENTLY',
  about: `\`REFRESH MATERIALIZED VIEW\` takes an \`ACCESS EXCLUSIVE\` lock: nobody reads the view while its query runs and until
the transaction ends. \`REFRESH … CONCURRENTLY\` takes an \`EXCLUSIVE\` lock and lets everybody read; it writes only the
rows that differ, and takes longer when these are many.

CONCURRENTLY needs a UNIQUE index on plain columns without WHERE (else it fails with 55000), and a view that was filled
before (else it fails with 0A000). It may run in a transaction. \`WITH NO DATA\` empties the view: whoever reads it then
fails with 55000.`,
  kinds: ['RefreshMatViewStmt'],
  check: situation => {
    const {statement, before} = situation;
    const name = relationNamed(statement);
    if (!name) return [];
    const relation = before.relation(name);
    if (statement.node['concurrent'] === true)
      return relation?.complete === true && !keyOf(relation) ? [failing(situation, name)] : [];
    if (situation.isNew(name)) return [];
    if (statement.node['skipData'] === true) return [emptying(situation, name)];
    return situation.isHarmless(name) ? [] : [blocking(situation, name, relation)];
  },
};

/** Whose rows can be told apart. */
function keyOf(relation: Relation): boolean {
  return [...relation.indexes.values()].some(
    ({unique, where, keys, valid}) =>
      unique && where === undefined && valid !== false && keys.every(key => !key.startsWith('(')),
  );
}

function failing({statement}: Situation, name: QualifiedName): Draft {
  return {
    at: statement.find('CONCURRENTLY') ?? statement.whole,
    severity: 'error',
    what: `Fails: ${short(name)} has no unique index that CONCURRENTLY could use`,
    why: 'PostgreSQL tells old and new rows apart by a UNIQUE index on plain columns without WHERE, and refuses CONCURRENTLY where there is none (SQLSTATE 55000).',
    fix: 'Make a unique index on its columns first.',
  };
}

function emptying({statement}: Situation, name: QualifiedName): Draft {
  return {
    at: statement.find('WITH NO DATA') ?? statement.whole,
    what: `Empties ${short(name)}, and whoever reads it fails`,
    why: 'WITH NO DATA leaves the materialized view unpopulated: queries of it fail until it is refreshed (SQLSTATE 55000).',
    fix: 'Refresh it with its data.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
  };
}

function blocking({statement}: Situation, name: QualifiedName, relation: Relation | undefined): Draft {
  const view = statement.find('VIEW') ?? statement.whole;
  const remedy: Remedy = {
    title: 'Refresh it with CONCURRENTLY',
    kind: 'edit',
    preferred: true,
    edits: [{start: view.end, end: view.end, text: ' CONCURRENTLY'}],
  };
  const hasKey = relation && keyOf(relation);
  return {
    at: {start: 0, end: view.end},
    what: `Blocks everybody who reads ${short(name)} while its query runs`,
    why: 'REFRESH takes an ACCESS EXCLUSIVE lock on the materialized view and keeps it until the transaction ends.',
    fix:
      hasKey === false
        ? `Make a unique index on columns of ${written(name)} that tell its rows apart, and refresh it with CONCURRENTLY.`
        : 'Refresh it with CONCURRENTLY, which needs a unique index and a view that was filled before.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'rewrite', of: [name]},
    remedies: hasKey === true ? [remedy] : [],
  };
}

const view = 'CREATE TABLE orders (id int); CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders';
const withKey = `${view}; CREATE UNIQUE INDEX totals_key ON totals (id)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'with a unique index',
      history: withKey,
      sql: '«REFRESH MATERIALIZED VIEW» totals;',
      fixed: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
    },
    {name: 'without one', history: view, sql: '«REFRESH MATERIALIZED VIEW» totals WITH DATA;'},
    {name: 'a view that nobody knows', sql: '«refresh materialized view» shop."Totals";'},
    {name: 'without data', history: withKey, sql: 'REFRESH MATERIALIZED VIEW totals «WITH NO DATA»;'},
    {
      name: 'CONCURRENTLY with an index of some rows',
      history: `${view}; CREATE UNIQUE INDEX i ON totals (id) WHERE id > 0; CREATE INDEX j ON totals (id)`,
      sql: 'REFRESH MATERIALIZED VIEW «CONCURRENTLY» totals;',
    },
    {
      name: 'CONCURRENTLY on a new one',
      sql: `${view}; REFRESH MATERIALIZED VIEW «CONCURRENTLY» totals;`,
    },
  ],
  silent: [
    {name: 'with CONCURRENTLY', history: withKey, sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;'},
    {name: 'one that nobody knows, with CONCURRENTLY', sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;'},
    {name: 'a new one', sql: `${view} WITH NO DATA; REFRESH MATERIALIZED VIEW totals;`},
    {
      name: 'a new one whose index is made before',
      sql: `${withKey}; REFRESH MATERIALIZED VIEW CONCURRENTLY totals;`,
    },
    {name: 'a small one', history: view, rows: {totals: 3}, sql: 'REFRESH MATERIALIZED VIEW totals;'},
  ],
  claims: [
    {
      sql: 'REFRESH MATERIALIZED VIEW totals',
      does: 'AE totals, AE totals_id_idx, AS orders; rewrites totals; scans orders, totals',
    },
    {
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals',
      does: 'AS orders, X totals; scans orders, totals',
    },
    {
      setup:
        'DROP INDEX totals_id_idx; CREATE UNIQUE INDEX i ON totals (id) WHERE id > 0; CREATE UNIQUE INDEX j ON totals ((id + 1))',
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals',
      does: {fails: '55000'},
    },
    {
      setup: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a WITH NO DATA; CREATE UNIQUE INDEX i ON m (a)',
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
      does: {fails: '0A000'},
    },
    {
      sql: 'REFRESH MATERIALIZED VIEW totals WITH NO DATA; SELECT count(*) FROM totals',
      does: {fails: '55000'},
    },
  ],
});
