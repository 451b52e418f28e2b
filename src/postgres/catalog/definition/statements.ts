import * as z from 'zod';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import type {Queryable} from '../../../core/session.ts';
import {readRows, type ReadOptions} from '../read.ts';

const row = z.object({
  name: z.string(),
  owner: z.string().exactOptional(),
  inline: z.string().exactOptional(),
  statements: z.array(z.string().nullable()),
});

/** The statements that make one object, in order. */
export interface Made {
  readonly name: string;
  readonly owner?: string;
  /** For a constraint that CREATE TABLE can hold: the text there, in place of the first statement. */
  readonly inline?: string;
  readonly statements: readonly string[];
}

/** Runs one of the texts in sql/definition, which write statements for the oid that is their only parameter. */
export async function readStatements(
  db: Queryable,
  sql: string,
  oid: number,
  options: ReadOptions,
): Promise<Outcome<readonly Made[]>> {
  const rows = await readRows(db, sql, [oid], row, options);
  if (!rows.ok) return rows;
  return ok(rows.value.map(made => ({...made, statements: made.statements.filter(text => text !== null)})));
}

/** A comment line; a line break in a name must not end it. */
export function ownerLine(owner: string): string {
  return `-- Owner: ${owner.replaceAll(/[\r\n]+/g, ' ')}`;
}

/** The object was dropped since the list that named it was read. */
export function gone(): Outcome<never> {
  return fail('invalid-input', 'This object no longer exists.', {advice: 'Refresh the tree.'});
}
