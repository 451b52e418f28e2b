import {field, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Relation} from '../model/schema.ts';
import type {Remedy, Step} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {besides, lessInDown, step} from './support/alter-steps.ts';
import {relationNamed} from './support/relation-names.ts';

/** More than these nobody wants to see in one fix. */
const mostPartitions = 24;

export const rule: StatementRule = {
  id: 'index-not-concurrent',
  severity: 'warning',
  title: 'An index is built without CONCURRENTLY',
  about: `\`CREATE INDEX\` takes a SHARE lock on the table and keeps it until the transaction ends. Reads go on; every
INSERT, UPDATE and DELETE waits while the whole table is read and the index is built.

\`CREATE INDEX CONCURRENTLY\` takes SHARE UPDATE EXCLUSIVE, which lets writes go on. It reads the table twice, waits for
older transactions, and cannot run in a transaction. A build that fails leaves an INVALID index behind: drop it and try
again.

PostgreSQL cannot build an index of a partitioned table concurrently. There the index is made for the parent alone
(\`ON ONLY\`), built concurrently on each partition, and attached: when all are attached, the parent's becomes valid.

On a materialized view only REFRESH has to wait.`,
  kinds: ['IndexStmt'],
  check: situation => {
    const {statement, before} = situation;
    const name = relationNamed(statement);
    if (!name || statement.node['concurrent'] === true || makesNothing(situation)) return [];
    if (situation.isHarmless(name)) return [];
    const relation = before.relation(name);
    // Nobody writes ONLY but for a partitioned table, which has no rows of its own.
    if (isOnly(statement) && relation?.complete !== true) return [];
    switch (relation?.kind ?? 'table') {
      case 'view':
      case 'foreign table':
        return [];
      case 'materialized view':
        return [onView(situation, name)];
      case 'partitioned table':
        return relation && !isOnly(statement) ? [onPartitions(situation, name, relation)] : [];
      default:
        return [onTable(situation, name)];
    }
  },
};

/** IF NOT EXISTS, and it exists. */
function makesNothing({statement: {node}, before}: Situation): boolean {
  const schema = text(field(node, 'relation')['schemaname']);
  const name = text(node['idxname']) ?? '';
  return (
    node['if_not_exists'] === true &&
    before.index(schema === undefined ? {name} : {schema, name}) !== undefined
  );
}

function isOnly({node}: LintStatement): boolean {
  return field(node, 'relation')['inh'] !== true;
}

function onTable(situation: Situation, name: QualifiedName): Draft {
  return {
    ...lessInDown(situation),
    at: keyword(situation.statement),
    what: `Blocks writes to ${written(name)} while the index is built`,
    why: 'CREATE INDEX takes a SHARE lock on the table, for which INSERT, UPDATE and DELETE wait until the transaction ends. Reads go on.',
    fix: 'Build it with CONCURRENTLY, outside of a transaction. A build that fails leaves an INVALID index, which has to be dropped before the next try.',
    lock: {mode: 'SHARE', on: [name]},
    work: {kind: 'scan', of: [name]},
    waitsForOlder: true,
    remedies: [concurrently(situation, name)],
  };
}

function onView(situation: Situation, name: QualifiedName): Draft {
  return {
    ...onTable(situation, name),
    severity: 'information',
    what: `REFRESH of ${written(name)} waits while the index is built`,
    why: 'CREATE INDEX takes a SHARE lock on the materialized view, for which REFRESH waits until the transaction ends. Reads go on.',
  };
}

function onPartitions(situation: Situation, name: QualifiedName, relation: Relation): Draft {
  return {
    ...lessInDown(situation),
    at: keyword(situation.statement),
    what: `Blocks writes to ${written(name)} and its partitions while their indexes are built`,
    why: 'CREATE INDEX takes a SHARE lock on the partitioned table and on every partition, for which INSERT, UPDATE and DELETE wait until the transaction ends. CONCURRENTLY is not possible on a partitioned table.',
    fix: `Make the index with ON ONLY ${written(name)}, build it with CONCURRENTLY on each partition, and attach those with ALTER INDEX … ATTACH PARTITION.`,
    lock: {mode: 'SHARE', on: [name]},
    work: {kind: 'scan', of: [name]},
    waitsForOlder: true,
    remedies: throughPartitions(situation, name, relation),
  };
}

function keyword(statement: LintStatement): Draft['at'] {
  return statement.find('INDEX') ?? statement.whole;
}

function concurrently(situation: Situation, name: QualifiedName): Remedy {
  const {statement, inTransaction} = situation;
  const {end} = keyword(statement);
  const title = 'Build the index with CONCURRENTLY';
  const index = indexName(situation, name);
  if (!inTransaction)
    return {kind: 'edit', title, preferred: true, edits: [{start: end, end, text: ' CONCURRENTLY'}]};
  const sql = `${statement.sql.slice(0, end)} CONCURRENTLY${statement.sql.slice(end)}`;
  const undo = `DROP INDEX CONCURRENTLY ${besides(name, {...schemaOf(name), name: index})}`;
  return {
    kind: 'steps',
    title,
    preferred: true,
    steps: [step(sql, `create index ${index}`, {how: 'alone', undo})],
  };
}

function schemaOf({schema}: QualifiedName): {readonly schema?: string} {
  return schema === undefined ? {} : {schema};
}

/** @returns the name of the index that the statement makes on a table or on one of its partitions */
function indexName({before, after}: Situation, table: QualifiedName): string {
  const earlier = before.relation(table)?.indexes;
  const made = [...(after.relation(table)?.indexes.values() ?? [])].find(({name}) => !earlier?.has(name));
  return made?.name ?? `${table.name}_idx`;
}

/** @returns nothing where the partitions are not known, or not simple */
export function throughPartitions(
  situation: Situation,
  name: QualifiedName,
  relation: Relation,
): readonly Remedy[] {
  const steps = partitionSteps(situation, name, relation);
  const title = 'Build the index on each partition with CONCURRENTLY, and attach it';
  return steps.length > 0 ? [{kind: 'steps', title, steps}] : [];
}

/** Nothing where a partition has partitions of its own, or none is known. */
function partitionSteps(
  situation: Situation,
  name: QualifiedName,
  {partitions, schema}: Relation,
): readonly Step[] {
  const {statement, before} = situation;
  const isFlat = partitions.every(each => before.relation(each)?.kind === 'table');
  if (partitions.length === 0 || partitions.length > mostPartitions || !isFlat) return [];
  const rest = statement.sql.slice(statement.nameAt(field(statement.node, 'relation')['location']).end);
  const command = statement.node['unique'] === true ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX';
  const parent = indexName(situation, name);
  const parentName = besides(name, {schema, name: parent});
  const parts = partitions.map(partition => ({
    partition,
    index: indexName(situation, partition),
  }));
  return [
    step(
      `${command} ${quoteWhereNeeded(parent)} ON ONLY ${written(name)}${rest}`,
      `create index ${parent} on only`,
      {undo: `DROP INDEX IF EXISTS ${parentName}`},
    ),
    ...parts.map(({partition, index}) =>
      step(
        `${command} CONCURRENTLY ${quoteWhereNeeded(index)} ON ${besides(name, partition)}${rest}`,
        `create index ${index}`,
        {
          how: 'alone',
          undo: `DROP INDEX CONCURRENTLY IF EXISTS ${besides(name, {...partition, name: index})}`,
        },
      ),
    ),
    ...parts.map(({partition, index}, at) =>
      step(
        `ALTER INDEX ${parentName} ATTACH PARTITION ${besides(name, {...partition, name: index})}`,
        `attach ${index}`,
        // With the parent's go all that are attached, which cannot be dropped by themselves.
        {undo: at === parts.length - 1 ? `DROP INDEX ${parentName}` : ''},
      ),
    ),
  ];
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, customer_id int)';
const events = `CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'on a table of an earlier migration',
      history: orders,
      sql: 'CREATE «INDEX» orders_customer_id_idx ON orders (customer_id);',
      fixed: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
    },
    {
      name: 'on a table that no migration makes',
      sql: 'create unique «index» on "Users" (lower(email));',
      transaction: 'none',
      fixed: 'create unique index concurrently on "Users" (lower(email));',
    },
    {
      name: 'in the transaction of a file',
      history: orders,
      sql: 'CREATE «INDEX» IF NOT EXISTS i ON orders USING hash (id);',
    },
    {
      name: 'on a large table of the target',
      history: orders,
      rows: {orders: 1_000_000},
      sql: 'CREATE «INDEX» i ON orders (id);',
    },
    {
      name: 'on a partitioned table',
      history: events,
      sql: 'CREATE «INDEX» events_id_idx ON events (id);',
    },
    {
      name: 'on a materialized view',
      history: `${orders}; CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders`,
      sql: 'CREATE «INDEX» i ON totals (id);',
    },
    {
      name: 'when a rollback makes an index again',
      history: orders,
      direction: 'down',
      sql: 'CREATE «INDEX» i ON orders (id);',
    },
  ],
  silent: [
    {
      name: 'with CONCURRENTLY',
      history: orders,
      sql: 'CREATE INDEX CONCURRENTLY i ON orders (id);',
      transaction: 'none',
    },
    {
      name: 'on a table of the same file',
      sql: 'CREATE TABLE orders (id int);\nCREATE INDEX i ON orders (id);',
    },
    {
      name: 'on a temporary table',
      sql: 'CREATE TEMP TABLE t (id int);\nCREATE INDEX i ON t (id);',
    },
    {
      name: 'on a table that is small on the target',
      history: orders,
      rows: {orders: 100},
      sql: 'CREATE INDEX i ON orders (id);',
    },
    {
      name: 'on a table alone of which nothing else is known',
      sql: 'CREATE INDEX i ON ONLY measurements (at);',
    },
    {
      name: 'that is there already',
      history: `${orders}; CREATE INDEX i ON orders (id)`,
      sql: 'CREATE INDEX IF NOT EXISTS i ON orders (id);',
    },
    {
      name: 'on a partitioned table alone, which holds no rows',
      history: events,
      sql: 'CREATE INDEX i ON ONLY events (id);',
    },
  ],
  claims: [
    {sql: 'CREATE INDEX i ON orders (customer_id)', does: 'S orders; scans orders'},
    {sql: 'CREATE INDEX CONCURRENTLY i ON lone (id, a)', does: 'SUE lone; scans lone', alone: true},
    {sql: 'CREATE INDEX i ON totals (total)', does: 'S totals; scans totals'},
    {
      sql: 'CREATE INDEX i ON events (id)',
      does: 'S events, S events_old, S events_rest; scans events_old, events_rest',
    },
    {sql: 'CREATE INDEX i ON ONLY events (id)', does: 'S events'},
    {sql: 'CREATE INDEX CONCURRENTLY i ON events (id)', does: {fails: '0A000'}, alone: true},
    {
      setup: 'CREATE INDEX i ON ONLY events (id); CREATE INDEX i_old ON events_old (id)',
      sql: 'ALTER INDEX i ATTACH PARTITION i_old',
      does: 'AE i_old, AS events, AS events_old, SUE i',
    },
  ],
});
