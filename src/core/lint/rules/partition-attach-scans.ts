import {field, relationOf, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {Index, Relation} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Action} from '../statement.ts';
import {boundOf, conditionOf, isImplied} from './support/partition-bound.ts';
import {provenFirst} from './support/partition-steps.ts';
import {lessInDown} from './support/alter-steps.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'partition-attach-scans',
  severity: 'warning',
  title: 'A table is attached as a partition without a CHECK that proves its rows',
  about: `\`ATTACH PARTITION\` takes a \`SHARE UPDATE EXCLUSIVE\` lock on the partitioned table, which lets everybody work, and
\`ACCESS EXCLUSIVE\` on the new partition (and on the default partition). Under it all rows of the new partition are read,
to see whether they are within its bounds. A valid CHECK constraint that implies the bounds, and NOT NULL where the key
may not be NULL, spare the scan: add it with \`NOT VALID\`, validate it, attach, and drop it.

Each index of the partitioned table that the new partition has not is built meanwhile, and each foreign key that it has
not is checked: make the same ones first.`,
  kinds: ['AlterTableStmt'],
  check: situation =>
    situation.statement.actions
      .filter(({subtype}) => subtype === 'AT_AttachPartition' && !isOfIndex(situation))
      .flatMap(action => drafts(situation, action)),
};

/** ALTER INDEX … ATTACH PARTITION, which reads no rows. */
function isOfIndex({statement}: Situation): boolean {
  return statement.node['objtype'] === 'OBJECT_INDEX';
}

function drafts(situation: Situation, action: Action): readonly Draft[] {
  const {statement, before} = situation;
  const command = field(action.node['def'], 'PartitionCmd');
  const range = field(command, 'name');
  const [parent, name] = [relationNamed(statement), relationOf(range)];
  if (!parent || !name || situation.isHarmless(name)) return [];
  const [whole, part] = [before.relation(parent), before.relation(name)];
  if (part?.kind === 'foreign table') return [];
  const bound = boundOf(field(command, 'bound'));
  const scans = !part || !isImplied(bound, part);
  const built = missingIndexes(whole, part);
  if (!scans && built.length === 0) return [];
  const at = {start: action.start, end: statement.nameAt(range['location']).end};
  const condition = conditionOf(bound, whole?.partitionBy?.keys);
  const found = {at, scans, built, remedies: remedies(situation, name, parent, condition, scans)};
  return [{...draft(parent, name, found), ...lessInDown(situation)}];
}

/** Those of the partitioned table that have no match. */
function missingIndexes(whole: Relation | undefined, part: Relation | undefined): readonly Index[] {
  if (!whole || !part) return [];
  const own = [...part.indexes.values()];
  return [...whole.indexes.values()].filter(index => !own.some(other => isSameIndex(index, other)));
}

function isSameIndex(a: Index, b: Index): boolean {
  return (
    a.method === b.method &&
    a.keys.join() === b.keys.join() &&
    a.include.join() === b.include.join() &&
    a.where === b.where &&
    (b.unique || !a.unique)
  );
}

function remedies(
  {statement}: Situation,
  name: QualifiedName,
  parent: QualifiedName,
  condition: string | undefined,
  scans: boolean,
): readonly Remedy[] {
  if (!scans || condition === undefined) return [];
  const undo = `ALTER TABLE ${written(parent)} DETACH PARTITION ${written(name)}`;
  const steps = provenFirst(name, condition, statement.sql, undo);
  return [{title: 'Prove its rows with a CHECK first', kind: 'steps', preferred: true, steps}];
}

interface Found {
  readonly at: Draft['at'];
  readonly scans: boolean;
  readonly built: readonly Index[];
  readonly remedies: readonly Remedy[];
}

function draft(parent: QualifiedName, name: QualifiedName, {at, scans, built, remedies}: Found): Draft {
  const indexes = built.map(index => quoteWhereNeeded(index.name));
  const work = [
    ...(scans ? ['all its rows are read'] : []),
    ...(built.length > 0 ? [`its own ${enumerated(indexes)} ${built.length > 1 ? 'are' : 'is'} built`] : []),
  ];
  return {
    at,
    what: `Blocks readers and writers of ${short(name)} while ${enumerated(work)}`,
    why: `ATTACH takes an ACCESS EXCLUSIVE lock on the new partition.${scans ? ' No valid CHECK is known that proves its rows to be within the bounds, so each is looked at.' : ''}${built.length > 0 ? ` It has no index like ${enumerated(indexes)} of ${short(parent)}.` : ''}`,
    fix: `${scans ? 'Add a CHECK with the bounds as NOT VALID, validate it, attach the partition, and drop the CHECK.' : ''}${scans && built.length > 0 ? ' ' : ''}${built.length > 0 ? 'Build the same indexes with CONCURRENTLY first.' : ''}`,
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'scan', of: [name]},
    remedies,
  };
}

const events = 'CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at); ';
const fresh = `${events}CREATE TABLE fresh (id int, at date NOT NULL`;
const attach = "FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')";

export const proof = (): RuleProof => ({
  fires: [
    {name: 'no CHECK', history: `${fresh})`, sql: `ALTER TABLE events «ATTACH PARTITION fresh» ${attach};`},
    {name: 'tables that nobody knows', sql: 'ALTER TABLE l «ATTACH PARTITION shop.l1» FOR VALUES IN (1);'},
    {
      name: 'a CHECK that is not validated',
      history: `${fresh}); ALTER TABLE fresh ADD CHECK (at >= '2022-01-01' AND at < '2023-01-01') NOT VALID`,
      sql: `ALTER TABLE events «ATTACH PARTITION fresh» ${attach};`,
    },
    {
      name: 'a CHECK that is too wide',
      history: `${fresh}, CHECK (at >= '2022-01-01' AND at <= '2023-01-01'))`,
      sql: `ALTER TABLE events «ATTACH PARTITION fresh» ${attach};`,
    },
    {
      name: 'a key that may be NULL',
      history: `${events}CREATE TABLE fresh (id int, at date, CHECK (at >= '2022-01-01' AND at < '2023-01-01'))`,
      sql: `ALTER TABLE events «ATTACH PARTITION fresh» ${attach};`,
    },
    {
      name: 'an index is missing',
      history: `${fresh}, CHECK (at >= '2022-01-01' AND at < '2023-01-01')); CREATE INDEX i ON events (id)`,
      sql: `ALTER TABLE events «ATTACH PARTITION fresh» ${attach};`,
    },
    {
      name: 'as the default partition',
      history: `${fresh})`,
      sql: 'ALTER TABLE events «ATTACH PARTITION fresh» DEFAULT;',
    },
  ],
  silent: [
    {
      name: 'a table of which nothing is known but its CHECK',
      transaction: 'none',
      sql: `ALTER TABLE y2024 ADD CONSTRAINT y CHECK (at >= '2024-01-01' AND at < '2025-01-01') NOT VALID;
ALTER TABLE y2024 VALIDATE CONSTRAINT y;
ALTER TABLE logs ATTACH PARTITION y2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`,
    },
    {
      name: 'an index',
      history: `${fresh}); CREATE INDEX i ON ONLY events (id); CREATE INDEX j ON fresh (id)`,
      sql: 'ALTER INDEX i ATTACH PARTITION j;',
    },
    {
      name: 'a CHECK with the bounds',
      history: `${fresh}, CHECK (at >= '2022-01-01' AND at < '2023-01-01')); CREATE INDEX i ON events (id); CREATE INDEX j ON fresh (id)`,
      sql: `ALTER TABLE events ATTACH PARTITION fresh ${attach};`,
    },
    {
      name: 'a CHECK that is narrower',
      history: `${fresh}, CHECK (at BETWEEN '2022-02-01' AND '2022-12-31'))`,
      sql: `ALTER TABLE events ATTACH PARTITION fresh ${attach};`,
    },
    {
      name: 'validated in the same file',
      history: `${fresh})`,
      sql: `ALTER TABLE fresh ADD CONSTRAINT k CHECK (at >= '2022-01-01' AND at < '2023-01-01') NOT VALID; ALTER TABLE fresh VALIDATE CONSTRAINT k; ALTER TABLE events ATTACH PARTITION fresh ${attach};`,
    },
    {
      name: 'a list',
      history:
        "CREATE TABLE l (k text NOT NULL) PARTITION BY LIST (k); CREATE TABLE l1 (k text NOT NULL CHECK (k IN ('a', 'b')))",
      sql: "ALTER TABLE l ATTACH PARTITION l1 FOR VALUES IN ('a', 'b', 'c');",
    },
    {
      name: 'a new table',
      history: events,
      sql: `CREATE TABLE fresh (LIKE events); ALTER TABLE events ATTACH PARTITION fresh ${attach};`,
    },
    {
      name: 'a small table',
      history: `${fresh})`,
      rows: {fresh: 3},
      sql: `ALTER TABLE events ATTACH PARTITION fresh ${attach};`,
    },
  ],
  claims: [
    {
      setup: 'DROP TABLE days; CREATE TABLE days (id int, at date NOT NULL) PARTITION BY RANGE (at)',
      sql: `ALTER TABLE days ATTACH PARTITION events_new ${attach}`,
      does: 'AE events_new, SUE days; scans events_new',
    },
    ...[
      "at >= '2022-01-01' AND at < '2023-01-01'",
      "at >= '2022-02-01' AND at < '2022-03-01'",
      "at BETWEEN '2022-01-01' AND '2022-12-31'",
    ].map(check => ({
      setup: `DROP INDEX days_id_idx; ALTER TABLE events_new ADD CHECK (${check})`,
      sql: `ALTER TABLE days ATTACH PARTITION events_new ${attach}`,
      does: 'AE events_new, SUE days',
    })),
    {
      setup: "ALTER TABLE events_new ADD CHECK (at >= '2022-01-01' AND at < '2023-01-01')",
      sql: `ALTER TABLE days ATTACH PARTITION events_new ${attach}`,
      does: 'AE events_new, SUE days, SUE days_id_idx; scans events_new',
    },
    {
      setup:
        "CREATE INDEX i ON events_new (id); ALTER TABLE events_new ADD CHECK (at >= '2022-01-01' AND at < '2023-01-01')",
      sql: `ALTER TABLE days ATTACH PARTITION events_new ${attach}`,
      does: 'AE events_new, SUE days, SUE days_id_idx',
    },
    {
      setup:
        "CREATE TABLE r (at date) PARTITION BY RANGE (at); CREATE TABLE r1 (at date CHECK (at >= '2022-01-01' AND at < '2023-01-01'))",
      sql: `ALTER TABLE r ATTACH PARTITION r1 ${attach}`,
      does: 'AE r1, SUE r; scans r1',
    },
    {
      setup:
        "CREATE TABLE r (at date) PARTITION BY RANGE (at); CREATE TABLE r1 (at date CHECK (at IS NOT NULL AND at >= '2022-01-01' AND at < '2023-01-01'))",
      sql: `ALTER TABLE r ATTACH PARTITION r1 ${attach}`,
      does: 'AE r1, SUE r',
    },
    {
      setup:
        "CREATE TABLE l (k text NOT NULL) PARTITION BY LIST (k); CREATE TABLE l1 (k text NOT NULL CHECK (k IN ('a', 'b')))",
      sql: "ALTER TABLE l ATTACH PARTITION l1 FOR VALUES IN ('a', 'b', 'c')",
      does: 'AE l1, SUE l',
    },
    {
      setup: 'CREATE TABLE h (k int NOT NULL) PARTITION BY HASH (k); CREATE TABLE h1 (k int NOT NULL)',
      sql: 'ALTER TABLE h ATTACH PARTITION h1 FOR VALUES WITH (MODULUS 2, REMAINDER 0)',
      does: 'AE h1, SUE h; scans h1',
    },
  ],
});
