import {field, list, relationOf, written, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import type {Relation} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {boundOf, conditionOf, isExcluded} from './support/partition-bound.ts';
import {provenFirst} from './support/partition-steps.ts';
import {fullName, plainName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'default-partition-scans',
  severity: 'warning',
  title: 'A new partition makes PostgreSQL read the default partition',
  about: `The default partition may hold rows that belong into a new partition. So \`CREATE TABLE … PARTITION OF\` and
\`ATTACH PARTITION\` lock it with \`ACCESS EXCLUSIVE\` and read all of it; a row that belongs into the new partition makes
the statement fail with 23514. \`CREATE TABLE … PARTITION OF\` locks the partitioned table with \`ACCESS EXCLUSIVE\` as
well, so that nobody reads or writes any partition meanwhile.

A valid CHECK of the default partition that excludes the new bounds spares the scan: add it with \`NOT VALID\`, validate
it, make the partition, and drop it.`,
  kinds: ['AlterTableStmt', 'CreateStmt'],
  check: situation => news(situation).flatMap(each => drafts(situation, each)),
};

interface NewPartition {
  readonly parent: QualifiedName;
  readonly bound: SyntaxNode;
  readonly at: Span;
  readonly isCreated: boolean;
  readonly undo: string;
}

function news({statement}: Situation): readonly NewPartition[] {
  if (statement.kind === 'CreateStmt') return created(statement);
  const parent = relationNamed(statement);
  if (!parent) return [];
  return statement.actions
    .filter(({subtype}) => subtype === 'AT_AttachPartition')
    .map(({node, start, end}) => {
      const command = field(node['def'], 'PartitionCmd');
      const name = relationOf(command['name']);
      const clause = statement.find('FOR VALUES', {start, end});
      const undo = name ? `ALTER TABLE ${written(parent)} DETACH PARTITION ${written(name)}` : '';
      return {
        parent,
        bound: field(command, 'bound'),
        at: {start: clause?.start ?? start, end},
        isCreated: false,
        undo,
      };
    });
}

function created(statement: Situation['statement']): readonly NewPartition[] {
  const {node} = statement;
  const range = field(list(node['inhRelations'])[0], 'RangeVar');
  const [parent, name] = [relationOf(range), relationNamed(statement)];
  const clause = statement.find('PARTITION OF');
  if (!parent || !name || !clause || node['partbound'] === undefined) return [];
  const at = {start: clause.start, end: statement.nameAt(range['location']).end};
  return [
    {parent, bound: field(node, 'partbound'), at, isCreated: true, undo: `DROP TABLE ${written(name)}`},
  ];
}

function drafts(situation: Situation, fresh: NewPartition): readonly Draft[] {
  const {before} = situation;
  const parent = before.relation(fresh.parent);
  const bound = boundOf(fresh.bound);
  if (!parent || bound.kind === 'default' || situation.isNew(fresh.parent)) return [];
  const rest = parent.partitions.map(each => before.relation(each)).find(each => each?.isDefaultPartition);
  if (!rest || situation.isHarmless(fullName(rest)) || isExcluded(bound, rest)) return [];
  const condition = conditionOf(bound, parent.partitionBy?.keys);
  return [draft(situation, fresh, rest, condition)];
}

function draft(
  {statement}: Situation,
  {at, parent, isCreated, undo}: NewPartition,
  rest: Relation,
  condition: string | undefined,
): Draft {
  const name = plainName(rest);
  const steps = condition === undefined ? [] : provenFirst(name, `NOT (${condition})`, statement.sql, undo);
  const remedies: readonly Remedy[] =
    steps.length === 0 ? [] : [{title: 'Exclude its rows with a CHECK first', kind: 'steps', steps}];
  return {
    at,
    what: `Blocks readers and writers of ${short(isCreated ? parent : name)} while the default partition is read`,
    why: `${short(name)} is locked with ACCESS EXCLUSIVE${isCreated ? `, and so is ${short(parent)},` : ''} while all its rows are looked at: one that belongs into the new partition makes the statement fail (SQLSTATE 23514).`,
    fix: 'Add a CHECK to the default partition that excludes the new bounds as NOT VALID, validate it, make the partition, and drop the CHECK.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: isCreated ? [name, parent] : [name]},
    work: {kind: 'scan', of: [name]},
    remedies,
  };
}

const events = `CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_rest PARTITION OF events DEFAULT`;
const year = "FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')";

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a new partition', history: events, sql: `CREATE TABLE e22 «PARTITION OF events» ${year};`},
    {
      name: 'a table that is attached',
      history: `${events}; CREATE TABLE e22 (id int, at date NOT NULL)`,
      sql: `ALTER TABLE events ATTACH PARTITION e22 «${year}»;`,
    },
    {
      name: 'a CHECK about other years',
      history: `${events}; ALTER TABLE events_rest ADD CHECK (at < '2022-06-01')`,
      sql: `CREATE TABLE e22 «PARTITION OF events» ${year};`,
    },
  ],
  silent: [
    {
      name: 'no default partition',
      history: 'CREATE TABLE events (at date) PARTITION BY RANGE (at)',
      sql: `CREATE TABLE e22 PARTITION OF events ${year};`,
    },
    {
      name: 'the default partition itself',
      history: events.slice(0, events.indexOf(';')),
      sql: 'CREATE TABLE r PARTITION OF events DEFAULT;',
    },
    {
      name: 'a CHECK that ends before',
      history: `${events}; ALTER TABLE events_rest ADD CHECK (at < '2022-01-01')`,
      sql: `CREATE TABLE e22 PARTITION OF events ${year};`,
    },
    {
      name: 'a CHECK that excludes it',
      history: `${events}; ALTER TABLE events_rest ADD CHECK (NOT (at >= '2022-01-01' AND at < '2023-01-01'))`,
      sql: `CREATE TABLE e22 PARTITION OF events ${year};`,
    },
    {name: 'a new table', sql: `${events}; CREATE TABLE e22 PARTITION OF events ${year};`},
    {
      name: 'it is small',
      history: events,
      rows: {events_rest: 4},
      sql: `CREATE TABLE e22 PARTITION OF events ${year};`,
    },
  ],
  claims: [
    {
      sql: `CREATE TABLE e22 PARTITION OF events ${year}`,
      does: 'AE events, AE events_rest; scans events_rest',
    },
    {
      sql: `ALTER TABLE events ATTACH PARTITION events_new ${year}`,
      does: 'AE events_new, AE events_rest, SUE events; scans events_new, events_rest',
    },
    ...[
      "at < '2022-01-01'",
      "at < '2022-01-01' OR at >= '2023-01-01'",
      "NOT (at >= '2022-01-01' AND at < '2023-01-01')",
      "NOT (at IS NOT NULL AND at >= '2022-01-01' AND at < '2023-01-01')",
    ].map(check => ({
      setup: `ALTER TABLE events_rest ADD CHECK (${check})`,
      sql: `CREATE TABLE e22 PARTITION OF events ${year}`,
      does: 'AE events, AE events_rest',
    })),
    {
      setup: "INSERT INTO events VALUES (1, '2022-05-05')",
      sql: `CREATE TABLE e22 PARTITION OF events ${year}`,
      does: {fails: '23514'},
    },
    {sql: 'CREATE TABLE d23 PARTITION OF days DEFAULT', does: 'AE days, SUE days_id_idx'},
  ],
});
