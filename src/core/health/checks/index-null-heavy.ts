import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {statisticsOf} from '../design/column-statistics.ts';
import {replaceIndexMigrations} from '../design/replace-index.ts';
import type {Found} from '../finding.ts';
import {expendable} from '../indexes/unused.ts';
import {indexSubject, keysOf, sizeEvidence} from '../indexes/words.ts';
import {servesOf} from '../indexes/serves.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits, percent} from '../words.ts';

/** From here on an index without the NULLs is a fraction of it. */
const mostlyNull = 0.9;
/** Below it there is nothing to gain: an entry for a NULL takes some bytes, and equal ones are joined. */
const leastBytes = 1024 * 1024;

export const check = defineCheck({
  id: 'index-null-heavy',
  area: 'indexes',
  title: 'Indexes that hold mostly NULL',
  needs: ['indexes'],
  page: {
    looks: `Btree indexes of ${formatBytes(leastBytes)} or more whose first column is NULL in ${percent(mostlyNull)} of the rows or more, as of the planner's statistics, and that have no predicate.`,
    silent:
      'Unique indexes and constraints, indexes that have a WHERE already, partitions’ indexes (told once at the partitioned one), indexes that another check wants to go, and columns whose statistics this role may not see.',
    sources: ['https://www.postgresql.org/docs/current/indexes-partial.html', 'pg_stats.null_frac'],
  },
  look: ({indexes}) => expendable(indexes).flatMap(index => found(indexes, index)),
});

function found(part: IndexesPart, index: IndexRow): readonly Found[] {
  const {method, predicate, bytes, name, tableOid, keys} = index;
  const [first] = keys;
  if (method !== 'btree' || predicate !== undefined || bytes < leastBytes || first?.column === undefined)
    return [];
  const nulls = statisticsOf(part, tableOid, first.column)?.nulls ?? 0;
  if (nulls < mostlyNull) return [];
  const freed = Math.round(bytes * nulls);
  const condition = `(${first.text} IS NOT NULL)`;
  return [
    {
      severity: 'information',
      subject: indexSubject(index),
      what: `${name} holds NULL in ${percent(nulls)} of its entries`,
      why: `Comparisons such as = and < never look for NULL, so of ${formatBytes(bytes)} about ${formatBytes(freed)} serve only IS NULL and reading the whole table in this order. Every new row pays for its entry, and the cache holds it.`,
      fix: `Index only the rows that have a value: WHERE ${first.text} IS NOT NULL. The planner uses such an index for every comparison with ${first.text}. Keep the present one when queries look for IS NULL or sort all rows by it.`,
      evidence: [
        `${keysOf(index)} had ${digits(index.scans)} scans since the counters began.`,
        `${percent(nulls)} of ${first.text} are NULL as of the last ANALYZE.`,
        sizeEvidence(index, part),
        ...servesOf(part, index),
      ],
      bytes: freed,
      actions: [
        {
          kind: 'migration',
          title: `Replace ${name} with an index without NULL`,
          migrations: replaceIndexMigrations(part, index, {predicate: condition}, 'not_null'),
        },
      ],
    },
  ];
}
