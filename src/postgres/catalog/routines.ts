import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {filterPattern} from '../../core/catalog/filter.ts';
import {pageOf, type Page, type PageRequest} from '../../core/catalog/page.ts';
import type {Routine} from '../../core/catalog/routine.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {named} from './shapes.ts';
import {routinesSql} from './sql/routines.ts';

const row = z.object({
  ...named,
  kind: z.enum(['f', 'p', 'a', 'w']),
  identityArguments: z.string(),
  returns: z.string().exactOptional(),
  language: z.string(),
  volatility: z.enum(['i', 's', 'v']),
  securityDefiner: z.boolean(),
});

const kinds = {f: 'function', p: 'procedure', a: 'aggregate', w: 'window-function'} as const;
const volatilities = {i: 'immutable', s: 'stable', v: 'volatile'} as const;

/** A page of a schema's functions, procedures and aggregates; those of extensions are left out. */
export async function listFunctions(
  db: Queryable,
  schema: string,
  request: PageRequest & ReadOptions,
): Promise<Outcome<Page<Routine>>> {
  const {after, limit, filter} = request;
  const params = [schema, after?.name ?? null, after?.oid ?? null, limit + 1, filterPattern(filter)];
  const rows = await readRows(db, routinesSql, params, row, request);
  return rows.ok ? ok(pageOf(rows.value.map(toRoutine), limit)) : rows;
}

function toRoutine({kind, volatility, ...routine}: z.infer<typeof row>): Routine {
  return {...routine, kind: kinds[kind], volatility: volatilities[volatility]};
}
