import {field, text, written} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {Relation} from '../model/schema.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {throughPartitions} from './index-not-concurrent.ts';
import {isConcurrent} from './reindex-not-concurrent.ts';
import {step} from './support/alter-steps.ts';
import {droppedObjects, relationNamed} from './support/relation-names.ts';

export {proof} from './proofs/concurrently-unsupported.ts';

export const rule: StatementRule = {
  id: 'concurrently-unsupported',
  severity: 'error',
  title: 'CONCURRENTLY where PostgreSQL does not support it',
  about: `Some things cannot be done concurrently, and fail with SQLSTATE 0A000 or 55000 whoever runs them:

- an index of a partitioned table is neither built nor dropped with CONCURRENTLY;
- \`DROP INDEX CONCURRENTLY\` takes one index, and no CASCADE;
- \`REINDEX … CONCURRENTLY\` does not rebuild system catalogs, nor the index of an exclusion constraint;
- \`DETACH PARTITION … CONCURRENTLY\` is refused where the table has a default partition.`,
  kinds: ['IndexStmt', 'DropStmt', 'ReindexStmt', 'AlterTableStmt'],
  check: situation => {
    const refused = readers[situation.statement.kind]?.(situation);
    if (!refused) return [];
    const {what, why, fix, remedies = [], at} = refused;
    const place = at ?? situation.statement.find('CONCURRENTLY') ?? situation.statement.whole;
    return [{at: place, what: `Fails, because ${what}`, why, fix, remedies}];
  },
};

interface Refused extends Pick<Draft, 'why' | 'fix' | 'remedies'> {
  /** Behind “because”. */
  readonly what: string;
  readonly at?: Span;
}

const readers: Readonly<Record<string, (situation: Situation) => Refused | undefined>> = {
  IndexStmt: built,
  DropStmt: dropped,
  ReindexStmt: rebuilt,
  AlterTableStmt: detached,
};

function built(situation: Situation): Refused | undefined {
  const {statement, before} = situation;
  const name = relationNamed(statement);
  const relation = name && before.relation(name);
  if (!name || statement.node['concurrent'] !== true || relation?.kind !== 'partitioned table')
    return undefined;
  return {
    what: `${written(name)} is partitioned, and CONCURRENTLY is not possible on it`,
    why: 'PostgreSQL refuses to build an index of a partitioned table concurrently, with SQLSTATE 0A000.',
    fix: 'Make the index with ON ONLY, build it with CONCURRENTLY on each partition, and attach those with ALTER INDEX … ATTACH PARTITION.',
    remedies: throughPartitions(situation, name, relation),
  };
}

function dropped({statement, before}: Situation): Refused | undefined {
  const {node} = statement;
  if (node['concurrent'] !== true || node['removeType'] !== 'OBJECT_INDEX') return undefined;
  const indexes = droppedObjects(statement);
  const cascade = statement.find('CASCADE');
  if (indexes.length > 1)
    return {
      what: 'DROP INDEX CONCURRENTLY drops one index',
      why: 'PostgreSQL refuses a list of indexes there with SQLSTATE 0A000.',
      fix: 'Drop each with a statement of its own.',
      remedies: cascade
        ? []
        : [
            oneByOne(
              statement,
              indexes.map(({name}) => written(name)),
            ),
          ],
    };
  if (node['behavior'] === 'DROP_CASCADE' && cascade)
    return {
      what: 'DROP INDEX CONCURRENTLY knows no CASCADE',
      at: cascade,
      why: 'PostgreSQL refuses CASCADE there with SQLSTATE 0A000.',
      fix: 'Leave CASCADE out, and drop before what depends on the index.',
      remedies: [without(statement, cascade, 'Leave CASCADE out')],
    };
  const [index] = indexes;
  const relation = index && before.index(index.name)?.relation;
  return relation?.kind === 'partitioned table' ? ofPartitioned(statement, relation) : undefined;
}

function ofPartitioned(statement: LintStatement, {name}: Relation): Refused {
  const word = statement.find('CONCURRENTLY');
  return {
    what: `the index is that of the partitioned table ${name}, which cannot be dropped concurrently`,
    why: 'PostgreSQL refuses to drop an index of a partitioned table concurrently, with SQLSTATE 0A000.',
    fix: 'Leave CONCURRENTLY out, and set lock_timeout: everybody who uses the table or a partition waits for the drop.',
    remedies: word ? [without(statement, word, 'Leave CONCURRENTLY out')] : [],
  };
}

function oneByOne({node}: LintStatement, names: readonly string[]): Remedy {
  const exists = node['missing_ok'] === true ? 'IF EXISTS ' : '';
  return {
    kind: 'steps',
    title: 'Drop one index after the other',
    preferred: true,
    steps: names.map(name =>
      step(`DROP INDEX CONCURRENTLY ${exists}${name}`, `drop index ${name}`, {how: 'alone'}),
    ),
  };
}

function without({sql}: LintStatement, {start, end}: Span, title: string): Remedy {
  const from = sql.slice(0, start).trimEnd().length;
  return {kind: 'edit', title, edits: [{start: from, end, text: ''}]};
}

function rebuilt({statement, before}: Situation): Refused | undefined {
  if (!isConcurrent(statement)) return undefined;
  const name = relationNamed(statement);
  const found = name && statement.node['kind'] === 'REINDEX_OBJECT_INDEX' ? before.index(name) : undefined;
  const isExclusion = found?.relation.constraints.get(found.index.constraint ?? '')?.kind === 'exclusion';
  const isSystem = statement.node['kind'] === 'REINDEX_OBJECT_SYSTEM' || text(name?.schema) === 'pg_catalog';
  if (!isExclusion && !isSystem) return undefined;
  return {
    what: isSystem
      ? 'system catalogs cannot be rebuilt concurrently'
      : 'the index of an exclusion constraint cannot be rebuilt concurrently',
    why: 'PostgreSQL refuses it with SQLSTATE 0A000.',
    fix: 'Leave CONCURRENTLY out, and choose a quiet time.',
  };
}

function detached({statement, before}: Situation): Refused | undefined {
  const name = relationNamed(statement);
  const isDetach = statement.actions.some(
    ({subtype, node}) =>
      subtype === 'AT_DetachPartition' && field(field(node, 'def'), 'PartitionCmd')['concurrent'] === true,
  );
  const partitions = (name && isDetach && before.relation(name)?.partitions) || [];
  const rest = partitions.find(each => before.relation(each)?.isDefaultPartition === true);
  if (!name || !rest) return undefined;
  return {
    what: `${written(name)} has the default partition ${rest.name}`,
    why: 'PostgreSQL refuses DETACH PARTITION … CONCURRENTLY with SQLSTATE 55000 where the table has a default partition.',
    fix: 'Detach without CONCURRENTLY, with lock_timeout set, or do without the default partition.',
  };
}
