import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import {signatureOf} from '../indexes/compare.ts';
import {attachMigrations, incompleteBelow} from '../indexes/attach-migration.ts';
import {
  dropAction,
  dropIndexMigrations,
  isExcluding,
  rebuildIndexMigration,
} from '../indexes/drop-migration.ts';
import {modelOf, type IndexModel} from '../indexes/model.ts';
import {indexSubject, keysOf, sizeEvidence} from '../indexes/words.ts';
import {servesOf} from '../indexes/serves.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';

export const check = defineCheck({
  id: 'index-invalid',
  area: 'indexes',
  title: 'Indexes that are not valid',
  needs: ['indexes'],
  page: {
    looks:
      'Indexes with `indisvalid = false`: left behind by a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY that failed or was cancelled, and indexes of partitioned tables to which not every partition has an index attached.',
    silent:
      'While an index is being built on its table. For partitions’ indexes whose partitioned index is told.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      'https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY',
      'pg_index.indisvalid, indisready; pg_stat_progress_create_index',
    ],
  },
  look({indexes: part}) {
    const model = modelOf(part);
    return part.indexes
      .filter(({valid, building, extension}) => !valid && building !== true && extension === undefined)
      .filter(({parent}) => parent === undefined || model.indexes.get(parent)?.valid !== false)
      .map(index => (index.partitioned ? ofPartitioned(model, index) : leftBehind(model, index)));
  },
});

/** What REINDEX CONCURRENTLY names the index that it builds, and the one that it replaces. */
const leftByReindex = /_cc(?:new|old)\d*$/;

function leftBehind(model: IndexModel, index: IndexRow): Found {
  const {name, bytes, ready, unique} = index;
  const twin = twinOf(model, index);
  const goes = index.constraint === undefined && (twin !== undefined || leftByReindex.test(name));
  const drop = dropping(model.part, index);
  return {
    severity: 'warning',
    subject: indexSubject(index),
    what: `${name} is not valid`,
    why: [
      `No query uses it, ${ready ? 'and every write to the table still pays for it' : 'and it takes space'}.`,
      unique ? ' Rows from before it was built may be there twice.' : '',
    ].join(''),
    fix: goes
      ? `Drop it: ${twin ? `${twin.name} is valid and the same` : 'REINDEX CONCURRENTLY left it behind, and the index that it was for is still there'}.`
      : `Rebuild it${unique ? ', which fails as long as rows are there twice' : ''}, or drop it.`,
    evidence: [
      `${keysOf(index)} has indisvalid = false and indisready = ${ready}, and nothing builds an index on its table now.`,
      sizeEvidence(index, model.part),
      ...servesOf(model.part, index),
    ],
    bytes,
    actions: goes ? drop : [...rebuilding(index), ...(index.constraint ? [] : drop)],
  };
}

function twinOf(model: IndexModel, index: IndexRow): IndexRow | undefined {
  const signature = signatureOf(index);
  const others = model.ofTable.get(index.tableOid) ?? [];
  return others.find(other => other.valid && other.ready && signatureOf(other) === signature);
}

function rebuilding(index: IndexRow): readonly Action[] {
  const {schema, name} = index;
  const migration: Action = {
    kind: 'migration',
    title: `Rebuild the index ${name}`,
    migrations: [rebuildIndexMigration(index)],
  };
  // What blocks writes is not run with a click.
  return isExcluding(index)
    ? [migration]
    : [{kind: 'maintain', command: 'reindex', object: {schema, name}}, migration];
}

/** Nothing for what could not be made again. */
function dropping(part: IndexesPart, index: IndexRow): readonly Action[] {
  return dropIndexMigrations(part, index).length === 0 ? [] : [dropAction(part, index)];
}

function ofPartitioned(model: IndexModel, index: IndexRow): Found {
  const {name, table, bytes} = index;
  const {missing, broken} = incompleteBelow(model, index);
  const places = [
    ...missing.map(partition => `${partition.name} has no index for it`),
    ...broken.map(part => `${part.name} of ${part.table} is not valid`),
  ];
  const migrations = attachMigrations(model, index);
  return {
    severity: 'warning',
    subject: indexSubject(index),
    what: `${name} is not valid${places.length === 0 ? '' : `: ${enumeratedInShort(places)}`}`,
    why: 'The index of a partitioned table becomes valid with a valid index of every partition. Until then partitions without one are read as a whole.',
    fix: fixOf(missing.length, broken),
    evidence: [`${keysOf(index)} of the partitioned table ${table} has indisvalid = false.`],
    bytes,
    actions: [
      ...broken.flatMap(rebuilding),
      ...(migrations.length === 0
        ? []
        : [{kind: 'migration', title: `Complete the index ${name}`, migrations} as const]),
    ],
  };
}

function fixOf(missing: number, broken: readonly IndexRow[]): string {
  const rebuild = `Rebuild ${enumeratedInShort(broken.map(({name}) => name))}. `;
  return `${broken.length > 0 ? rebuild : ''}${missing > 0 ? 'Build what partitions lack, and attach it.' : 'PostgreSQL looks again when the next index is attached: when it stays like this, create the index again under another name, and drop this one.'}`;
}
