import type {Outcome} from '../../core/outcome.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Signal} from '../../core/session.ts';
import {assemble} from './assemble.ts';
import {atOneMoment, type Readable} from './moment.ts';
import {readRows} from './sources.ts';

export interface ReadSchemaOptions {
  readonly signal?: Signal;
  /** Milliseconds to wait for a table that another session has locked; 2000 unless told. */
  readonly lockTimeout?: number;
}

/**
 * Reads the schema of the database that `db` is connected to, at one moment. Within a transaction that is open already
 * it sees what that transaction has changed, and leaves it open and its settings as they were.
 * @returns a `locked` failure when another session keeps a table locked in ACCESS EXCLUSIVE mode; what single catalogs
 *   do not let the role see is a gap of the snapshot
 */
export async function readSchema(
  db: Readable,
  {signal, lockTimeout = 2000}: ReadSchemaOptions = {},
): Promise<Outcome<SchemaSnapshot>> {
  return atOneMoment(
    db,
    async moment => {
      const rows = await readRows(moment);
      return rows.ok ? assemble(rows.value, moment) : rows;
    },
    {signal, lockTimeout},
  );
}
