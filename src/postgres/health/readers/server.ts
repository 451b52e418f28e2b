import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import {ServerPart} from '../../../core/health/parts/server.ts';
import type {Queryable} from '../../../core/session.ts';
import {askRows, type AskOptions, type Meter} from '../ask.ts';
import {serverSql} from '../sql/server.ts';

/** Reads who is asked, and what the role may see. */
export async function readServer(
  db: Queryable,
  meter: Meter,
  options: AskOptions,
): Promise<Outcome<ServerPart>> {
  const rows = await askRows(db, serverSql, [], ServerPart, meter, options);
  if (!rows.ok) return rows;
  const [row] = rows.value;
  return row ? ok(row) : fail('unsupported', 'The server did not say who it is.');
}
