import {written, type QualifiedName} from '../../../sql/objects.ts';
import type {Relation} from '../../model/schema.ts';
import type {Step} from '../../remedy.ts';
import {batchKey, batchLoop} from './batches.ts';

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
  const key = relation && batchKey(relation);
  const name = written(table);
  const sql =
    key === undefined
      ? byPlace(name, set, where)
      : batchLoop(
          name,
          key,
          `UPDATE ${name} SET ${set}\n    WHERE ${where} AND ${key} >= batch_from AND (batch_next IS NULL OR ${key} < batch_next)`,
        );
  return {sql, how: 'alone', title, undo: ''};
}

/** Each round looks for rows that are not done from the table's beginning on. */
function byPlace(name: string, set: string, where: string): string {
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
