import {field, list, relationOf, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import {enumerated} from '../../words.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isOn} from './support/options.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'vacuum-full',
  severity: 'warning',
  title: 'VACUUM FULL or CLUSTER writes a table anew',
  about: `Both write the whole table and all its indexes anew under an \`ACCESS EXCLUSIVE\` lock: nobody reads or writes it
until that is done. They need room for a second copy meanwhile.

A plain \`VACUUM\` makes the room of dead rows usable again and lets everybody work. To give room back to the disk while
the table is in use, there is the extension pg_repack. An index alone is built anew with \`REINDEX INDEX CONCURRENTLY\`.

\`VACUUM\` and \`CLUSTER\` without a table cannot run in a transaction.`,
  kinds: ['VacuumStmt', 'ClusterStmt'],
  check: situation => {
    const {statement} = situation;
    if (statement.kind === 'ClusterStmt') return clustering(situation);
    return isOn(statement.node['options'], 'full') ? vacuuming(situation) : [];
  },
};

function vacuuming(situation: Situation): readonly Draft[] {
  const {statement} = situation;
  const tables = list(statement.node['rels']).flatMap(
    each => relationOf(field(each, 'VacuumRelation')['relation']) ?? [],
  );
  const slow = tables.filter(table => !situation.isHarmless(table));
  if (tables.length > 0 && slow.length === 0) return [];
  const at = statement.find('FULL') ?? statement.whole;
  return [{...draft(at, slow), remedies: [plain(statement.sql, at)]}];
}

function clustering(situation: Situation): readonly Draft[] {
  const {statement} = situation;
  const table = relationOf(statement.node['relation']);
  if (table && situation.isHarmless(table)) return [];
  const at = statement.find('CLUSTER') ?? statement.whole;
  return [draft(at, table ? [table] : [])];
}

function draft(at: Span, tables: readonly QualifiedName[]): Draft {
  const which =
    tables.length > 0
      ? enumerated(tables.map(table => short(table)))
      : 'one table of the database after the other';
  return {
    at,
    what: `Rewrites ${which} and blocks readers and writers meanwhile`,
    why: 'The table and all its indexes are written anew under an ACCESS EXCLUSIVE lock, for which everybody waits.',
    fix: 'A plain VACUUM makes the room usable again. To give it back to the disk while the table is in use, take pg_repack.',
    ...(tables.length > 0
      ? {lock: {mode: 'ACCESS EXCLUSIVE', on: tables}, work: {kind: 'rewrite', of: tables}}
      : {}),
  };
}

/** Without parentheses it is one word; in a list of options it is left out with its comma. */
function plain(sql: string, {start, end}: Span): Remedy {
  const isOption = /\(\s*$|,\s*$/.test(sql.slice(0, start));
  const rest = sql.slice(end);
  const only = /\(\s*$/.test(sql.slice(0, start)) && /^\s*\)/.test(rest);
  const behind = /^(?:\s+(?:true|on|1))?\s*,?\s*/i.exec(rest)?.[0].length ?? 0;
  const edit =
    isOption && only
      ? {start: sql.lastIndexOf('(', start), end: end + rest.indexOf(')') + 1, text: ''}
      : {start, end: end + behind, text: ''};
  const tidy = sql[edit.end] === ' ' && edit.text === '' && isOption ? {...edit, end: edit.end + 1} : edit;
  return {title: 'VACUUM without FULL', kind: 'edit', edits: [tidy]};
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'VACUUM FULL',
      history: orders,
      transaction: 'none',
      sql: 'VACUUM «FULL» orders;',
      fixed: 'VACUUM orders;',
    },
    {
      name: 'as an option',
      history: orders,
      transaction: 'none',
      sql: 'vacuum («full», analyze) orders;',
      fixed: 'vacuum (analyze) orders;',
    },
    {
      name: 'as the only option',
      history: orders,
      transaction: 'none',
      sql: 'VACUUM («FULL») orders;',
      fixed: 'VACUUM orders;',
    },
    {name: 'the whole database', transaction: 'none', sql: 'VACUUM «FULL»;'},
    {name: 'CLUSTER', history: orders, sql: '«CLUSTER» orders USING orders_pkey;'},
    {name: 'CLUSTER of all tables', transaction: 'none', sql: '«CLUSTER»;'},
  ],
  silent: [
    {name: 'a plain VACUUM', history: orders, transaction: 'none', sql: 'VACUUM (ANALYZE) orders;'},
    {name: 'switched off', history: orders, transaction: 'none', sql: 'VACUUM (FULL false) orders;'},
    {name: 'ANALYZE', history: orders, sql: 'ANALYZE orders;'},
    {name: 'what CLUSTER will use', history: orders, sql: 'ALTER TABLE orders CLUSTER ON orders_pkey;'},
    {
      name: 'a small table',
      history: orders,
      rows: {orders: 5},
      transaction: 'none',
      sql: 'VACUUM FULL orders;',
    },
  ],
  claims: [
    {sql: 'VACUUM FULL lone', does: 'AE lone; rewrites lone; scans lone', alone: true},
    {sql: 'VACUUM (FULL false) lone', does: 'SUE lone; scans lone', alone: true},
    {sql: 'VACUUM FULL lone', does: {fails: '25001'}},
    {
      sql: 'CLUSTER lone USING lone_a_idx',
      does: 'AE lone, AE lone_a_idx, AE lone_pkey; rewrites lone; scans lone',
    },
    {sql: 'CLUSTER', does: {fails: '25001'}},
    {sql: 'ALTER TABLE orders CLUSTER ON orders_at_idx', does: 'SUE orders, SUE orders_at_idx'},
  ],
});
