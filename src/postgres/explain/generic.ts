import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {sqlStateOf} from '../failures.ts';
import {shifted} from './failures.ts';
import {explainPrefix} from './options.ts';
import {withPrepared} from './prepared.ts';

/**
 * Inside the open transaction: the plan that a prepared statement settles on, whatever its values are.
 * @returns EXPLAIN's rows. The `Settings` of 14 and 15 name `plan_cache_mode`, which is set here
 */
export function genericPlan(
  session: Session,
  sql: string,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  return session.server.versionNumber >= 160_000
    ? byOption(session, sql, signal)
    : byExecute(session, sql, signal);
}

/**
 * GENERIC_PLAN has to go over the simple protocol: over the extended one it wants values, and with them silently plans
 * for these. But the simple protocol runs several statements, so the text goes over the extended one first, which
 * refuses them (42601) before it looks at parameters. A statement without parameters is explained then and there.
 */
async function byOption(session: Session, sql: string, signal?: Signal): Promise<Outcome<readonly string[]>> {
  const prefix = explainPrefix('generic', session.server.versionNumber);
  const saved = await session.script('SAVEPOINT howdah_generic');
  if (!saved.ok) return saved;
  const first = await session.texts(`${prefix}${sql}`, {params: []}, signal);
  if (first.ok || !lacksValues.has(sqlStateOf(first))) return shifted(first, prefix.length);
  const back = await session.script('ROLLBACK TO SAVEPOINT howdah_generic');
  if (!back.ok) return back;
  return shifted(await session.texts(`${prefix}${sql}`, {}, signal), prefix.length);
}

/** protocol_violation: fewer values than parameters. indeterminate_datatype: what only the extended protocol asks. */
const lacksValues: ReadonlySet<string> = new Set(['08P01', '42P18']);

/** Source: https://www.postgresql.org/docs/15/sql-prepare.html#SQL-PREPARE-NOTES */
function byExecute(session: Session, sql: string, signal?: Signal): Promise<Outcome<readonly string[]>> {
  return withPrepared(session, sql, {signal}, async name => {
    const forced = await session.script('SET LOCAL plan_cache_mode = force_generic_plan');
    if (!forced.ok) return forced;
    const count = await session.texts(countSql, {params: [name]});
    if (!count.ok) return count;
    const nulls = Array.from({length: Number(count.value[0] ?? 0)}, () => 'NULL').join(', ');
    const explain = `${explainPrefix('generic', session.server.versionNumber)}EXECUTE ${name}`;
    const text = nulls === '' ? explain : `${explain}(${nulls})`;
    return shifted(await session.texts(text, {params: []}, signal), text.length);
  });
}

/** `pg_prepared_statements` has had these columns since 8.2. */
const countSql =
  'SELECT pg_catalog.cardinality(parameter_types)::text FROM pg_catalog.pg_prepared_statements WHERE name = $1';
