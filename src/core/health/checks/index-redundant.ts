import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {dropAction} from '../indexes/drop-migration.ts';
import {overlapsOf, type Overlap} from '../indexes/overlap.ts';
import {servesOf} from '../indexes/serves.ts';
import {servesQueriesOnly} from '../indexes/unused.ts';
import {indexSubject, keysOf, large, sizeEvidence} from '../indexes/words.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

export const check = defineCheck({
  id: 'index-redundant',
  area: 'indexes',
  title: 'Indexes that another one covers',
  needs: ['indexes'],
  page: {
    looks:
      'Valid btree indexes that are not unique, and whose keys are the first keys of another valid btree index of the same table: equal in column or expression, direction, place of NULLs, operator class and collation, with an equal predicate, and with every column of INCLUDE. A plain index beside a unique one on the same key is such an index as well. A warning from 10 MB on, information below.',
    silent:
      'For unique indexes, constraints and the replica identity, which enforce more than they find. For other methods than btree. When the directions differ, or the predicates. For partitions’ indexes, which are told once at the partitioned index.',
    sources: [
      'https://www.postgresql.org/docs/current/indexes-multicolumn.html',
      'https://www.postgresql.org/docs/current/indexes-index-only-scans.html',
    ],
  },
  *look({indexes: part}) {
    for (const overlap of overlapsOf(part).covered) yield finding(part, overlap);
  },
});

function finding(part: IndexesPart, {index, by}: Overlap): Found {
  const {name, bytes} = index;
  return {
    severity: bytes >= large ? 'warning' : 'information',
    subject: indexSubject(index),
    what: `${name} is covered by ${by.name}`,
    why: `${whyOf(index, by)} Each row that is written pays for both.`,
    fix: fixOf(index, by),
    evidence: [
      `${keysOf(index)} had ${digits(index.scans)} scans, ${keysOf(by)} had ${digits(by.scans)}.`,
      `${sizeEvidence(index, part)} ${by.name} takes ${formatBytes(by.bytes)}, and scans of it read more pages where it is larger.`,
      ...servesOf(part, index),
    ],
    bytes,
    actions: [index, ...(mayGoInstead(index, by) ? [by] : [])].map(one => dropAction(part, one)),
  };
}

/** Queries that use the short one have never needed the long one. */
function mayGoInstead(index: IndexRow, by: IndexRow): boolean {
  return index.scans > 0 && by.scans === 0 && servesQueriesOnly(by);
}

function fixOf(index: IndexRow, by: IndexRow): string {
  const {name, clustered} = index;
  const instead = mayGoInstead(index, by)
    ? `, or ${by.name} instead: it had no scan, so nothing may need what it has besides`
    : '';
  return `Drop ${name}${instead}.${clustered ? ` CLUSTER orders the table by ${name}: mark ${by.name} instead.` : ''}`;
}

function whyOf({keys, include}: IndexRow, by: IndexRow): string {
  if (keys.length < by.keys.length)
    return `A btree index finds rows by its first keys as well as by all of them, and ${by.name} begins with the same ${keys.length === 1 ? 'key' : `${keys.length} keys`}.`;
  if (by.unique)
    return `${by.name} has the same ${keys.length === 1 ? 'key' : 'keys'}, and is unique besides.`;
  return `${by.name} has the same ${keys.length === 1 ? 'key' : 'keys'}, and carries ${include.length === 0 ? 'more columns' : 'those columns and more'}.`;
}
