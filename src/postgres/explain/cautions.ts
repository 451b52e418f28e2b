import * as z from 'zod';
import {callsIn, cautionsOf} from '../../core/explain/gate/cautions.ts';
import {planOfJson} from '../../core/explain/parse-json.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {explainStatement, type ExplainRequest} from './explain.ts';

/**
 * Asks before a statement is executed what of it no rollback would take back, which its text does not show: a view over
 * `pg_terminate_backend`, a function that calls `dblink`, a foreign table. It is planned for that, and not executed.
 * Functions that functions call are not looked at.
 * @param session outside of a transaction, and used by nobody else meanwhile
 * @returns sentences for the question; none for most statements. Failures as of `explainStatement`
 */
export async function cautionsFor(
  session: Session,
  {sql, values, timeouts}: Pick<ExplainRequest, 'sql' | 'values' | 'timeouts'>,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  const request = {sql, mode: 'explain', timeouts, ...(values ? {values} : {})} as const;
  const planned = await explainStatement(session, request, signal);
  if (!planned.ok) return planned;
  const {text} = planned.value;
  const plans = planOfJson(JSON.parse(text), text);
  // A rule can leave nothing to plan.
  if (!plans.ok) return ok([]);
  const names = [...new Set(plans.value.flatMap(callsIn))];
  const bodies = await session.query(bodiesSql, [names], signal);
  if (!bodies.ok) return bodies;
  const called = z.array(shape).parse(bodies.value.rows);
  return ok([...new Set(plans.value.flatMap(plan => cautionsOf(plan, called)))]);
}

const shape = z.object({name: z.string(), body: z.string()});

/**
 * Functions made by users, by name: the plan does not tell the schema of one in the search path. The body of SQL's
 * BEGIN ATOMIC (14) is a tree, and pg_get_function_sqlbody writes it out.
 */
const bodiesSql = `SELECT proname AS name,
    coalesce(pg_catalog.pg_get_function_sqlbody(oid), prosrc) AS body
  FROM pg_catalog.pg_proc
  WHERE proname OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.name[]) AND oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
    AND prolang <> (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'c')
  ORDER BY 1, 2`;
