import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {readRows, type ReadOptions} from '../catalog/read.ts';
import {
  extendedCastsSql,
  extendedNamesSql,
  extendedSql,
  mayReadExtendedSql,
  restoreExtendedSql,
} from './sql/what-if-extended.ts';

const data = z.object({
  schema: z.string(),
  name: z.string(),
  inherited: z.boolean(),
  portable: z.boolean(),
  plain: z.boolean(),
  distinct: z.string().exactOptional(),
  dependencies: z.string().exactOptional(),
  commonValues: z.string().exactOptional(),
});
type Data = z.infer<typeof data>;

const named = z.object({schema: z.string(), name: z.string()});
const privilege = z.object({allowed: z.boolean()});

export interface ExtendedStatistics {
  readonly data: readonly Data[];
  /** `schema.name` of what cannot be taken over, or not all of it. */
  readonly lost: readonly string[];
}

/** Reads what CREATE STATISTICS gathered on the relations, where the user may. */
export async function readExtended(
  session: Session,
  oids: readonly number[],
  options: ReadOptions,
): Promise<Outcome<ExtendedStatistics>> {
  const allowed = await readRows(session, mayReadExtendedSql, [], privilege, options);
  if (!allowed.ok) return allowed;
  if (!allowed.value[0]?.allowed) {
    const names = await readRows(session, extendedNamesSql, [oids], named, options);
    return names.ok ? ok({data: [], lost: names.value.map(nameOf)}) : names;
  }
  const rows = await readRows(session, extendedSql(session.server.versionNumber), [oids], data, options);
  if (!rows.ok) return rows;
  return ok({
    data: rows.value.filter(({portable}) => portable),
    lost: rows.value
      .filter(({portable, plain, commonValues}) => !portable || (!plain && commonValues !== undefined))
      .map(nameOf),
  });
}

function nameOf({schema, name}: z.infer<typeof named>): string {
  return `${schema}.${name}`;
}

/** Puts them in place, in the open transaction of an embedded server that has the objects already. */
export async function restoreExtended(
  scratch: Session,
  {data}: ExtendedStatistics,
  signal?: Signal,
): Promise<Outcome<void>> {
  if (data.length === 0) return ok(undefined);
  const casts = await scratch.script(extendedCastsSql, signal);
  if (!casts.ok) return casts;
  for (const {schema, name, inherited, distinct, dependencies, commonValues, plain} of data) {
    const list = plain && commonValues !== undefined ? forSmallWords(commonValues) : undefined;
    const done = await scratch.query(
      restoreExtendedSql,
      [schema, name, inherited, distinct, dependencies, list],
      signal,
    );
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/**
 * A server of 64 bits has values of eight bytes in its words, and the embedded one of 32 bits points to them. In the
 * list of common values both are the same eight bytes, and a flag for each column says which is meant.
 * Source: MCVList and DimensionInfo in statistics/mcv.c: three uint32 and an int16, the types, and for each column
 * four int32 (the last is the length) and the flag
 * @param hex the bytes of a pg_mcv_list, little-endian
 */
function forSmallWords(hex: string): string {
  const at = (byte: number): number => Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16);
  const columns = at(12) + at(13) * 256;
  const dimensions = 14 + columns * 4;
  let changed = hex;
  for (let column = 0; column < columns; column += 1) {
    const start = dimensions + column * 20;
    if (at(start + 12) !== 8 || at(start + 15) !== 0) continue;
    const flag = (start + 16) * 2;
    changed = `${changed.slice(0, flag)}00${changed.slice(flag + 2)}`;
  }
  return changed;
}
