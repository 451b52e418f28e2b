import {field, text} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {isConcurrent} from './reindex-not-concurrent.ts';
import {step} from './support/alter-steps.ts';
import {relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'concurrently-in-transaction',
  severity: 'error',
  title: 'PostgreSQL refuses the statement in a transaction',
  about: `\`CONCURRENTLY\` commits several times on its way, so it cannot be a part of somebody else's transaction; the same is
true of \`VACUUM\`, \`ALTER SYSTEM\`, \`CREATE DATABASE\` and a few others. In a transaction block they fail with
SQLSTATE 25001.

A migration tool that wraps a file in a transaction makes one; so does BEGIN in the file; and so does PostgreSQL itself
when one message has several statements. \`REFRESH MATERIALIZED VIEW CONCURRENTLY\` is different: it runs anywhere.`,
  kinds: [
    'IndexStmt',
    'DropStmt',
    'ReindexStmt',
    'AlterTableStmt',
    'VacuumStmt',
    'AlterSystemStmt',
    'CreatedbStmt',
    'DropdbStmt',
    'CreateTableSpaceStmt',
    'DropTableSpaceStmt',
    'ClusterStmt',
  ],
  check: situation => {
    const {statement, inTransaction} = situation;
    const refused = inTransaction ? refusedIn(situation) : undefined;
    if (!refused) return [];
    return [
      {
        at: refused.at,
        what: `Fails, because ${refused.command} cannot run in a transaction`,
        why: `PostgreSQL refuses ${refused.command} in a transaction block with SQLSTATE 25001, and here it shares one.`,
        fix: 'Run it outside of a transaction, by itself.',
        ...(buildsConcurrently(statement) ? {waitsForOlder: true} : {}),
        remedies: [
          {
            kind: 'steps',
            title: 'Run it outside of the transaction',
            preferred: true,
            steps: [step(statement.sql, titleOf(statement), {how: 'alone', undo: undoOf(statement)})],
          },
        ],
      },
    ];
  },
};

function buildsConcurrently(statement: LintStatement): boolean {
  const {kind, node} = statement;
  return kind === 'ReindexStmt'
    ? isConcurrent(statement)
    : kind === 'IndexStmt' && node['concurrent'] === true;
}

interface Refused {
  readonly command: string;
  readonly at: Span;
}

function refusedIn(situation: Situation): Refused | undefined {
  const {statement} = situation;
  const {kind, node} = statement;
  switch (kind) {
    case 'IndexStmt':
      return node['concurrent'] === true ? at(statement, 'CREATE INDEX CONCURRENTLY') : undefined;
    case 'DropStmt':
      return node['concurrent'] === true ? at(statement, 'DROP INDEX CONCURRENTLY') : undefined;
    case 'ReindexStmt':
      return ofReindex(situation);
    case 'AlterTableStmt':
      return ofDetach(statement);
    case 'VacuumStmt':
      return node['is_vacuumcmd'] === true ? at(statement, 'VACUUM') : undefined;
    case 'ClusterStmt':
      return relationNamed(statement) ? undefined : at(statement, 'CLUSTER');
    default:
      return at(statement, others[kind] ?? statement.command);
  }
}

const others: Readonly<Record<string, string>> = {
  AlterSystemStmt: 'ALTER SYSTEM',
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
};

/** The word that makes the difference, or else the command. */
function at(statement: LintStatement, command: string): Refused {
  const place = statement.find('CONCURRENTLY') ?? statement.find(command) ?? statement.words[0];
  return {command, at: place ? {start: place.start, end: place.end} : statement.whole};
}

/** Of many tables it commits after each, without CONCURRENTLY as well. */
function ofReindex({statement, before}: Situation): Refused | undefined {
  if (isConcurrent(statement)) return at(statement, 'REINDEX CONCURRENTLY');
  const kind = /^REINDEX_OBJECT_(SCHEMA|DATABASE|SYSTEM)$/.exec(text(statement.node['kind']) ?? '')?.[1];
  if (kind !== undefined) return at(statement, `REINDEX ${kind}`);
  const name = relationNamed(statement);
  const relation = name && (before.index(name)?.relation ?? before.relation(name));
  return relation?.kind === 'partitioned table' ? at(statement, 'REINDEX of a partitioned table') : undefined;
}

function ofDetach(statement: LintStatement): Refused | undefined {
  const action = statement.actions.find(
    ({subtype, node}) =>
      subtype === 'AT_DetachPartition' && field(field(node, 'def'), 'PartitionCmd')['concurrent'] === true,
  );
  const place = action && statement.find('CONCURRENTLY', action);
  return place && {command: 'DETACH PARTITION … CONCURRENTLY', at: place};
}

function titleOf({node, command}: LintStatement): string {
  const index = text(node['idxname']);
  return index === undefined ? command.toLowerCase() : `create index ${index}`;
}

function undoOf({kind, node}: LintStatement): string {
  const index = text(node['idxname']);
  if (kind !== 'IndexStmt' || index === undefined) return '';
  const schema = text(field(node, 'relation')['schemaname']);
  const name = [schema, index].flatMap(part => (part === undefined ? [] : quoteWhereNeeded(part))).join('.');
  return `DROP INDEX CONCURRENTLY IF EXISTS ${name}`;
}

const partitioned = `CREATE TABLE days (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE old_days PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX days_id_idx ON days (id)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'in the transaction of the file',
      sql: 'CREATE INDEX «CONCURRENTLY» i ON orders (id);',
    },
    {
      name: 'in a transaction of its own',
      transaction: 'none',
      sql: 'BEGIN;\nDROP INDEX «CONCURRENTLY» IF EXISTS i;\nCOMMIT;',
    },
    {name: 'REINDEX', sql: 'REINDEX TABLE «CONCURRENTLY» orders;'},
    {name: 'REINDEX with an option', sql: 'REINDEX («CONCURRENTLY») TABLE orders;'},
    {name: 'REINDEX of a schema', sql: '«REINDEX SCHEMA» public;'},
    {name: 'REINDEX of a partitioned table', history: partitioned, sql: '«REINDEX» TABLE days;'},
    {
      name: 'REINDEX of an index of a partitioned table',
      history: partitioned,
      sql: '«REINDEX» INDEX days_id_idx;',
    },
    {
      name: 'DETACH',
      history: partitioned,
      sql: 'ALTER TABLE days DETACH PARTITION old_days «CONCURRENTLY»;',
    },
    {name: 'VACUUM', sql: '«VACUUM» (ANALYZE) orders;'},
    {name: 'ALTER SYSTEM', sql: "«ALTER SYSTEM» SET work_mem = '8MB';"},
    {name: 'CREATE DATABASE', sql: '«CREATE DATABASE» shop;'},
    {name: 'CLUSTER of all tables', sql: '«CLUSTER»;'},
  ],
  silent: [
    {
      name: 'outside of a transaction',
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY i ON orders (id);',
    },
    {
      name: 'behind the end of a transaction',
      transaction: 'none',
      sql: 'BEGIN;\nSELECT 1;\nCOMMIT;\nDROP INDEX CONCURRENTLY i;',
    },
    {name: 'what may run in one', sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;'},
    {name: 'ANALYZE', sql: 'ANALYZE orders;'},
    {name: 'CLUSTER of one table', sql: 'CLUSTER orders USING orders_pkey;'},
    {name: 'REINDEX of one table', sql: 'REINDEX TABLE orders;'},
  ],
  claims: [
    {sql: 'CREATE INDEX CONCURRENTLY i ON orders (id)', does: {fails: '25001'}},
    {sql: 'DROP INDEX CONCURRENTLY orders_at_idx', does: {fails: '25001'}},
    {sql: 'REINDEX TABLE CONCURRENTLY orders', does: {fails: '25001'}},
    {sql: 'REINDEX SCHEMA public', does: {fails: '25001'}},
    {sql: 'REINDEX TABLE days', does: {fails: '25001'}},
    {sql: 'REINDEX INDEX days_id_idx', does: {fails: '25001'}},
    {sql: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY', does: {fails: '25001'}},
    {sql: 'VACUUM orders', does: {fails: '25001'}},
    {sql: "ALTER SYSTEM SET work_mem = '5MB'", does: {fails: '25001'}},
    {sql: 'CREATE DATABASE other', does: {fails: '25001'}},
    {sql: 'CLUSTER', does: {fails: '25001'}},
    {
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals',
      does: 'AS orders, X totals; scans orders, totals',
    },
  ],
});
