import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import {dropAction} from '../indexes/drop-migration.ts';
import {modelOf} from '../indexes/model.ts';
import {overlapsOf, type Overlap} from '../indexes/overlap.ts';
import {serverName, serverQuote} from '../indexes/server-quote.ts';
import {servesOf} from '../indexes/serves.ts';
import {indexSubject, keysOf, sizeEvidence} from '../indexes/words.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

export const check = defineCheck({
  id: 'index-duplicate',
  area: 'indexes',
  title: 'Indexes that are there twice',
  needs: ['indexes'],
  page: {
    looks:
      'Valid indexes of one table that are the same: method, keys in their order with direction, place of NULLs, operator class with its options and collation, expressions, predicate, columns of INCLUDE, uniqueness, NULLS NOT DISTINCT, and options that change what an index holds, such as `pages_per_range` of BRIN. The one that more depends on stays: a constraint, the replica identity, a foreign key, then the one with more scans.',
    silent:
      'For an invalid twin, which is told as invalid. For indexes that differ in any of that: (a, b) is not (a, b DESC). For partitions’ indexes, which are told once at the partitioned index. A second constraint is told as information: something may name it. Of two exclusion constraints that are not written alike. No migration is offered for a second one that foreign keys refer to, or that is the replica identity.',
    sources: ['https://www.postgresql.org/docs/current/catalog-pg-index.html'],
  },
  *look({indexes: part}) {
    for (const overlap of overlapsOf(part).duplicates) yield finding(part, overlap);
  },
});

function finding(part: IndexesPart, {index, by}: Overlap): Found {
  const {name, bytes, scans} = index;
  const free = isFree(part, index);
  const migration = isRelied(part, index) ? undefined : dropAction(part, index);
  return {
    severity: free ? 'warning' : 'information',
    subject: indexSubject(index),
    what: `${name} is the same as ${by.name}`,
    why: `Both are ${keysOf(by)} with the method ${by.method}. Whatever uses one can use the other, and each row that is written pays for both.`,
    fix: free
      ? `Drop ${name}: ${by.name} does the same.`
      : `Find out what names ${name} (ON CONFLICT ON CONSTRAINT, foreign keys), and drop it when nothing does.`,
    evidence: [
      `The ${digits(scans)} scans of ${name} and the ${digits(by.scans)} of ${by.name} can all be done by ${by.name}.`,
      sizeEvidence(index, part),
      ...servesOf(part, index),
    ],
    bytes,
    actions: [migration ?? showing(index)],
  };
}

function isFree(part: IndexesPart, index: IndexRow): boolean {
  return index.constraint === undefined && !isRelied(part, index);
}

/** PostgreSQL refuses to drop it, or replicates updates no more. */
function isRelied(part: IndexesPart, {oid, replicaIdentity}: IndexRow): boolean {
  return replicaIdentity || modelOf(part).relyingOn.has(oid);
}

function showing(index: IndexRow): Action {
  const {schema, table, constraint} = index;
  const sql = constraint
    ? `ALTER TABLE ${serverName({schema, name: table})} DROP CONSTRAINT ${serverQuote(constraint.name)};`
    : `DROP INDEX CONCURRENTLY ${serverName(index)};`;
  return {kind: 'show-sql', title: `How ${index.name} would be dropped`, sql};
}
