import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Action} from '../statement.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'set-tablespace',
  severity: 'warning',
  title: 'A table or index moves to another tablespace',
  about: `The files are copied, and all of the copy is written to the WAL, under an \`ACCESS EXCLUSIVE\` lock: nobody reads
or writes the table meanwhile, and nobody can use the index. The indexes of a table stay where they are. A partitioned
table has no files: the setting is for new partitions only.

An index moves without that lock with \`REINDEX (TABLESPACE new) INDEX CONCURRENTLY\`; a table with pg_repack.`,
  kinds: ['AlterTableStmt', 'AlterTableMoveAllStmt'],
  check: situation => {
    const {statement} = situation;
    if (statement.kind === 'AlterTableMoveAllStmt') return [allOf(situation)];
    const name = relationNamed(statement);
    if (!name || isFree(situation, name)) return [];
    return statement.actions
      .filter(({subtype}) => subtype === 'AT_SetTableSpace')
      .map(action => draft(situation, name, action));
  },
};

function isFree(situation: Situation, name: QualifiedName): boolean {
  const {before, statement} = situation;
  const relation = isIndex(situation, name) ? before.index(name)?.relation : before.relation(name);
  if (relation?.kind === 'partitioned table' || statement.node['objtype'] === 'OBJECT_VIEW') return true;
  return situation.isHarmless(relation ? {schema: relation.schema, name: relation.name} : name);
}

function isIndex({before, statement}: Situation, name: QualifiedName): boolean {
  return (
    statement.node['objtype'] === 'OBJECT_INDEX' ||
    (!before.relation(name) && before.index(name) !== undefined)
  );
}

function draft(situation: Situation, name: QualifiedName, action: Action): Draft {
  const index = isIndex(situation, name);
  return {
    at: {start: action.start, end: action.end},
    what: index
      ? `Blocks everybody who would use ${short(name)} while it is copied`
      : `Copies ${short(name)} and blocks its readers and writers meanwhile`,
    why: `Its files are copied to the other tablespace under an ACCESS EXCLUSIVE lock${index ? '; a query of the table locks all its indexes, and so waits as well' : ''}.`,
    fix: index
      ? 'Build it anew in the other tablespace with REINDEX (TABLESPACE …) INDEX CONCURRENTLY.'
      : 'Do it while nobody uses the table, or take pg_repack.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'scan', of: [name]},
    remedies: index && situation.statement.actions.length === 1 ? [concurrently(name, action)] : [],
  };
}

function concurrently(name: QualifiedName, {node}: Action): Remedy {
  const space = quoteWhereNeeded(text(node['name']) ?? '');
  const sql = `REINDEX (TABLESPACE ${space}) INDEX CONCURRENTLY ${written(name)}`;
  return {
    title: 'Build it anew there with CONCURRENTLY',
    kind: 'steps',
    preferred: true,
    steps: [{sql, how: 'alone', title: `move ${name.name}`, undo: ''}],
  };
}

function allOf({statement}: Situation): Draft {
  const {start, end} = statement.find('SET TABLESPACE') ?? statement.whole;
  const space = statement.words.find(word => word.start >= end);
  return {
    at: {start, end: space?.end ?? end},
    what: 'Copies all of them and blocks their readers and writers until the last one is done',
    why: 'Each is locked with ACCESS EXCLUSIVE, and the locks are kept until the end of the statement.',
    fix: 'Move one after the other, each in a transaction of its own, while nobody uses it.',
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY); CREATE INDEX i ON orders (id)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a table', history: orders, sql: 'ALTER TABLE orders «SET TABLESPACE fast», ADD n int;'},
    {
      name: 'an index',
      history: orders,
      transaction: 'none',
      sql: 'ALTER INDEX i «SET TABLESPACE fast»;',
      fixed: 'REINDEX (TABLESPACE fast) INDEX CONCURRENTLY i;',
    },
    {name: 'all of them', sql: 'ALTER TABLE ALL IN TABLESPACE slow «SET TABLESPACE fast»;'},
  ],
  silent: [
    {
      name: 'a partitioned table',
      history: 'CREATE TABLE events (at date) PARTITION BY RANGE (at)',
      sql: 'ALTER TABLE events SET TABLESPACE fast;',
    },
    {name: 'a new table', sql: 'CREATE TABLE t (id int); ALTER TABLE t SET TABLESPACE fast;'},
    {
      name: 'an index of a small table',
      history: orders,
      rows: {orders: 5},
      sql: 'ALTER INDEX i SET TABLESPACE fast;',
    },
    {name: 'for new tables only', sql: 'SET default_tablespace = fast;'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders SET TABLESPACE pg_default', does: 'AE orders'},
    {sql: 'ALTER INDEX lone_a_idx SET TABLESPACE pg_default', does: 'AE lone_a_idx'},
    {
      sql: 'REINDEX (TABLESPACE pg_default) INDEX CONCURRENTLY lone_a_idx',
      does: 'SUE lone; scans lone',
      alone: true,
    },
  ],
});
