import type {QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Relation} from '../../model/schema.ts';
import type {Step} from '../../remedy.ts';
import {written} from './relation-names.ts';

const rows = 5000;

/** What a step that fills a column does to the rows that need it. */
export interface Backfill {
  readonly table: QualifiedName;
  readonly relation: Relation | undefined;
  /** What stands behind SET: `code = 'x'`. */
  readonly set: string;
  /** Which rows are not done yet: `code IS NULL`. */
  readonly where: string;
  readonly title: string;
}

/**
 * @returns a block that changes a few thousand rows at a time and commits each, so that locks on rows are short and
 * VACUUM can follow: along the primary key where it is one column, else by the rows' places
 */
export function backfillStep({table, relation, set, where, title}: Backfill): Step {
  const key = keyOf(relation);
  const sql = key === undefined ? byPlace(table, set, where) : byKey(table, key, set, where);
  return {sql, how: 'alone', title, undo: ''};
}

function keyOf(relation: Relation | undefined): string | undefined {
  const key = [...(relation?.constraints.values() ?? [])].find(({kind}) => kind === 'primary key');
  const [column, ...others] = key?.columns ?? [];
  return others.length === 0 ? column : undefined;
}

function byKey(table: QualifiedName, column: string, set: string, where: string): string {
  const name = written(table);
  const key = quoteWhereNeeded(column);
  return `DO $$
DECLARE
  batch_start ${name}.${key}%TYPE;
  batch_end ${name}.${key}%TYPE;
BEGIN
  SELECT min_key INTO batch_start FROM (SELECT ${key} AS min_key FROM ${name} ORDER BY ${key} LIMIT 1) AS first;
  WHILE batch_start IS NOT NULL LOOP
    SELECT max_key INTO batch_end
    FROM (SELECT ${key} AS max_key FROM ${name} WHERE ${key} >= batch_start ORDER BY ${key} LIMIT ${rows}) AS batch
    ORDER BY max_key DESC LIMIT 1;
    UPDATE ${name} SET ${set} WHERE ${key} BETWEEN batch_start AND batch_end AND ${where};
    COMMIT;
    SELECT next_key INTO batch_start
    FROM (SELECT ${key} AS next_key FROM ${name} WHERE ${key} > batch_end ORDER BY ${key} LIMIT 1) AS rest;
  END LOOP;
END $$`;
}

function byPlace(table: QualifiedName, set: string, where: string): string {
  const name = written(table);
  return `DO $$
BEGIN
  LOOP
    UPDATE ${name} SET ${set}
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${where} LIMIT ${rows} FOR UPDATE)) AND ${where};
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$`;
}
