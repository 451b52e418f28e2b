import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';
import {markSql} from './sql/mark.ts';
import {number, text} from './values.ts';

const versions = new WeakMap<Queryable, number>();

/**
 * Asks whether anything in the catalogs has changed, in one statement that reads no definition. REINDEX, TRUNCATE and
 * REFRESH MATERIALIZED VIEW change the mark as well, though not the schema.
 * @returns a short text; where it is equal to an earlier one of the same database, the schema is the same
 */
export async function readSchemaMark(db: Queryable, signal?: Signal): Promise<Outcome<string>> {
  const version = await versionOf(db, signal);
  if (!version.ok) return version;
  const result = await db.query(markSql(version.value), [], signal);
  return result.ok ? ok(text(result.value.rows[0]?.['mark'])) : result;
}

/** Asked once for each connection. */
async function versionOf(db: Queryable, signal?: Signal): Promise<Outcome<number>> {
  const known = versions.get(db);
  if (known !== undefined) return ok(known);
  const result = await db.query(
    `SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version`,
    [],
    signal,
  );
  if (!result.ok) return result;
  const version = number(result.value.rows[0]?.['version']);
  versions.set(db, version);
  return ok(version);
}
