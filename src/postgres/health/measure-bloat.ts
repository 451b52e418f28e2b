import * as z from 'zod/mini';
import {bloatOf} from '../../core/health/bloat/estimate.ts';
import {page} from '../../core/health/bloat/layout.ts';
import type {Bloat} from '../../core/health/parts/indexes.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {quoteName, type QualifiedName} from '../../core/sql/objects.ts';
import {extensionSchemaSql, measureIndexSql, measureTableSql} from './sql/measure-bloat.ts';

const Place = z.object({schema: z.string()});
const Figures = z.object({bytes: z.number(), needed: z.number()});

/**
 * Measures one object with pgstattuple, which reads all of an index, or the pages of a table that are not all visible:
 * only on demand, and never for all. It takes an ACCESS SHARE lock.
 * @param kind `index` is a btree index, `table` a table, a materialized view or a TOAST table
 * @returns `unsupported` without the extension; a failure of the server where the role may not use it
 */
export async function measureBloat(
  db: Queryable,
  kind: 'index' | 'table',
  name: QualifiedName,
  signal?: Signal,
): Promise<Outcome<Bloat>> {
  const place = await db.query(extensionSchemaSql, [], signal);
  if (!place.ok) return place;
  const [extension] = place.value.rows.map(row => Place.parse(row));
  if (!extension)
    return fail('unsupported', 'The extension pgstattuple is not installed in this database.', {
      advice: 'CREATE EXTENSION pgstattuple; as a superuser.',
    });
  const schema = quoteIdentifier(extension.schema);
  const sql = kind === 'index' ? measureIndexSql(schema) : measureTableSql(schema);
  const measured = await db.query(sql, [quoteName(name)], signal);
  if (!measured.ok) return measured;
  const [figures] = measured.value.rows.map(row => Figures.parse(row));
  if (!figures) return fail('unsupported', 'pgstattuple told nothing.');
  const {bytes, needed} = figures;
  return ok({...bloatOf(bytes, Math.ceil(needed / page.size) * page.size), method: 'pgstattuple'});
}
