import {field, relationOf, written, type QualifiedName} from '../../sql/objects.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Action} from '../statement.ts';
import {lessInDown} from './support/alter-steps.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'partition-detach-blocks',
  severity: 'warning',
  title: 'A partition is detached without CONCURRENTLY',
  about: `\`DETACH PARTITION\` takes an \`ACCESS EXCLUSIVE\` lock on the partitioned table: it waits for everybody who uses any
of its partitions, and everybody who comes after waits for it.

\`DETACH PARTITION … CONCURRENTLY\` (PostgreSQL 14) takes \`SHARE UPDATE EXCLUSIVE\` on the partitioned table. It cannot run
in a transaction, and not while there is a default partition (55000). When it was interrupted, \`DETACH PARTITION …
FINALIZE\` brings it to its end. It leaves a CHECK constraint with the old bounds on the table.`,
  kinds: ['AlterTableStmt'],
  check: situation =>
    situation.statement.actions
      .filter(({subtype}) => subtype === 'AT_DetachPartition')
      .flatMap(action => drafts(situation, action)),
};

function drafts(situation: Situation, action: Action): readonly Draft[] {
  const {statement, before} = situation;
  const command = field(action.node['def'], 'PartitionCmd');
  const [parent, name] = [relationNamed(statement), relationOf(command['name'])];
  if (!parent || !name || situation.isNew(parent)) return [];
  const hasDefault = before
    .relation(parent)
    ?.partitions.some(each => before.relation(each)?.isDefaultPartition);
  return command['concurrent'] === true || situation.isHarmless(parent)
    ? []
    : [{...blocking(action, parent, name, hasDefault === true), ...lessInDown(situation)}];
}

function blocking(action: Action, parent: QualifiedName, name: QualifiedName, hasDefault: boolean): Draft {
  const sql = `ALTER TABLE ${written(parent)} DETACH PARTITION ${written(name)} CONCURRENTLY`;
  const remedy: Remedy = {
    title: 'Detach it with CONCURRENTLY',
    kind: 'steps',
    preferred: true,
    steps: [{sql, how: 'alone', title: `detach ${name.name}`, undo: ''}],
  };
  return {
    at: {start: action.start, end: action.end},
    what: `Waits for everybody who uses ${short(parent)}, and blocks all who come after`,
    why: 'DETACH takes an ACCESS EXCLUSIVE lock on the partitioned table, through which all partitions are read and written.',
    fix: hasDefault
      ? 'CONCURRENTLY is not possible while there is a default partition: set a lock_timeout, and try again when it ends.'
      : 'Detach it with CONCURRENTLY, outside of a transaction.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [parent, name]},
    remedies: hasDefault ? [] : [remedy],
    ...(hasDefault ? {severity: 'information' as const} : {}),
  };
}

const days = `CREATE TABLE days (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE days_old PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`;
const withRest = `${days}; CREATE TABLE days_rest PARTITION OF days DEFAULT`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'without CONCURRENTLY',
      history: days,
      transaction: 'none',
      sql: 'ALTER TABLE days «DETACH PARTITION days_old»;',
      fixed: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY;',
    },
    {name: 'of a table that nobody knows', sql: 'alter table shop.days «detach partition shop.old»;'},
    {
      name: 'with a default partition',
      history: withRest,
      sql: 'ALTER TABLE days «DETACH PARTITION days_old»;',
    },
  ],
  silent: [
    {
      name: 'CONCURRENTLY with a default partition, which fails by another rule',
      history: withRest,
      transaction: 'none',
      sql: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY;',
    },
    {
      name: 'with CONCURRENTLY',
      history: days,
      transaction: 'none',
      sql: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY;',
    },
    {
      name: 'the end of one that was interrupted',
      history: days,
      sql: 'ALTER TABLE days DETACH PARTITION days_old FINALIZE;',
    },
    {name: 'a new table', sql: `${days}; ALTER TABLE days DETACH PARTITION days_old;`},
  ],
  claims: [
    {sql: 'ALTER TABLE days DETACH PARTITION days_old', does: 'AE days, AE days_old, AE days_old_id_idx'},
    {sql: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY', does: {fails: '25001'}},
    {
      sql: 'ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY',
      does: 'AE days_old, SUE days',
      alone: true,
    },
    {
      sql: 'ALTER TABLE events DETACH PARTITION events_old CONCURRENTLY',
      does: {fails: '55000'},
      alone: true,
    },
  ],
});
