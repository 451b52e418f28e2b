import {formatBytes} from '../../catalog/format.ts';
import {counted} from '../../words.ts';
import {methodOf} from '../bloat/estimate.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {measureAction} from '../design/storage-sql.ts';
import type {Found} from '../finding.ts';
import {grouped} from '../../grouped.ts';
import {isExcluding, rebuildIndexMigration} from '../indexes/drop-migration.ts';
import {modelOf, topOf} from '../indexes/model.ts';
import {indexSubject, sizeEvidence} from '../indexes/words.ts';
import type {Bloat, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {percent} from '../words.ts';

/** Values that come in no order fill pages to 70 % in the long run, so less than half of it free is how a btree lives. */
const leastShare = 0.5;
/** A rebuild costs attention; below it nobody would notice the difference. */
const leastBytes = 10 * 1024 * 1024;
/** So much is missed in the cache of most servers. */
const warningBytes = 1024 * 1024 * 1024;

export const check = defineCheck({
  id: 'index-bloated',
  area: 'indexes',
  title: 'Indexes that are much larger than their entries',
  needs: ['indexes'],
  page: {
    looks: `Btree indexes that would be less than half as large after REINDEX, and free ${formatBytes(leastBytes)} or more; from ${formatBytes(warningBytes)} on it is a warning. The size after REINDEX is estimated from the number of rows and the width of the keys, with equal keys joined as CREATE INDEX joins them. Indexes of partitions are told together, at the partitioned index.`,
    silent:
      'Indexes that are up to half empty: entries that come in no order leave pages 70 % full in the long run, and a rebuilt index soon is so again. Other methods than btree, indexes below 1 MB, and those whose statistics are missing or not shown to this role.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-reindex.html',
      'https://www.postgresql.org/docs/current/btree.html#BTREE-DEDUPLICATION',
      'https://www.postgresql.org/docs/current/pgstattuple.html',
      'pg_class, pg_stats',
    ],
  },
  look({indexes: part}, context) {
    const model = modelOf(part);
    const byTop = grouped(part.indexes.flatMap(halfEmpty), ({index}) => topOf(model, index));
    return [...byTop].flatMap(([top, members]) => {
      const bytes = members.reduce((sum, {bloat}) => sum + bloat.bytes, 0);
      return bytes >= leastBytes ? [found(part, context, top, members)] : [];
    });
  },
});

interface Bloated {
  readonly index: IndexRow;
  readonly bloat: Bloat;
}

function halfEmpty(index: IndexRow): readonly Bloated[] {
  const {bloat} = index;
  return bloat && bloat.share >= leastShare ? [{index, bloat}] : [];
}

function found(part: IndexesPart, context: CheckContext, top: IndexRow, members: readonly Bloated[]): Found {
  const bytes = members.reduce((sum, {bloat}) => sum + bloat.bytes, 0);
  const all = members.reduce((sum, {index}) => sum + index.bytes, 0);
  const share = all > 0 ? bytes / all : 0;
  const [{index, bloat} = {index: top, bloat: undefined}, ...others] = members;
  const whole = others.length === 0 ? index : top;
  const where = others.length === 0 ? '' : ` in ${counted(members.length, 'partition')}`;
  return {
    severity: bytes >= warningBytes ? 'warning' : 'information',
    subject: indexSubject(whole),
    what: `${whole.name} is ${percent(share)} empty${where}`,
    why: `Of ${formatBytes(all)} its entries would fill ${formatBytes(all - bytes)}. The rest was left by rows that are gone and by pages that were split; it is read, cached and backed up all the same.`,
    fix: isExcluding(whole)
      ? 'Rebuild it with REINDEX, while nobody writes the table: PostgreSQL does not rebuild the index of an exclusion constraint concurrently.'
      : `Rebuild it with REINDEX CONCURRENTLY, which needs ${formatBytes(all - bytes)} meanwhile and blocks nobody. When it grows like that again, look for what keeps VACUUM from cleaning up.`,
    evidence: [
      ...(bloat ? [methodOf(bloat, 'pgstatindex')] : []),
      ...(others.length === 0 ? [sizeEvidence(index, part)] : []),
    ],
    bytes,
    actions: [
      isExcluding(whole)
        ? {kind: 'migration', title: `Rebuild ${whole.name}`, migrations: [rebuildIndexMigration(whole)]}
        : {kind: 'maintain', command: 'reindex', object: {schema: whole.schema, name: whole.name}},
      ...measureAction(context, index, 'index'),
    ],
  };
}
