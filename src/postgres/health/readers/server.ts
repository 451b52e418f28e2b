import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import {ServerPart} from '../../../core/health/parts/server.ts';
import {amount, duration, flag, maybe, record} from '../../../core/health/shape.ts';
import type {Queryable} from '../../../core/session.ts';
import {askRows, type AskOptions, type Meter} from '../ask.ts';
import {sizesOf} from '../sizes.ts';
import {memorySql, serverSql} from '../sql/server.ts';

const Row = z.readonly(z.extend(ServerPart.def.innerType, {readsFiles: flag, took: maybe(duration)}));
const Memory = record({memoryBytes: amount});

/**
 * Reads who is asked, and what the role may see.
 * When the memory of the machine cannot be read against all appearances, the transaction is in a failed state afterwards.
 */
export async function readServer(
  db: Queryable,
  meter: Meter,
  options: AskOptions,
): Promise<Outcome<ServerPart>> {
  const sizes = sizesOf(db);
  const rows = await askRows(db, serverSql(sizes.due('this')), [], Row, meter, options);
  if (!rows.ok) return rows;
  const [row] = rows.value;
  if (row === undefined) return fail('unsupported', 'The server did not say who it is.');
  const {readsFiles, took, databaseBytes: measured, ...server} = row;
  if (took !== undefined)
    sizes.keep('this', took, measured === undefined ? {} : {[server.database]: measured});
  const bytes = sizes.of('this', server.database);
  const memory = readsFiles ? await askRows(db, memorySql, [], Memory, meter, options) : ok([]);
  const databaseBytes = bytes === undefined ? {} : {databaseBytes: bytes};
  return ok({...server, ...databaseBytes, ...(memory.ok ? memory.value[0] : {})});
}
