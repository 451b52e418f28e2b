import {nodesOf} from '../../../explain/syntax-tree.ts';
import {names, qualified, written} from '../../../sql/objects.ts';
import type {Routine, SchemaModel} from '../../model/schema.ts';

/**
 * Functions of PostgreSQL 14 to 18 that are volatile in pg_proc and that anybody could write in a default, and those of
 * the extensions uuid-ossp and pgcrypto. The functions of time other than these, `now()` above all, are stable.
 */
const known = new Set(
  (
    'random random_normal gen_random_uuid uuidv4 uuidv7 clock_timestamp timeofday nextval currval lastval setval ' +
    'set_config current_query array_sample array_shuffle pg_sleep setseed ' +
    'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt'
  ).split(' '),
);

/** Whether something is computed anew for each row, and by what. */
export type Volatility =
  | {readonly kind: 'volatile'; readonly by: string}
  /** A function in a schema of its own whose definition nobody knows. */
  | {readonly kind: 'unknown'; readonly by: string}
  | {readonly kind: 'stable'};

/** @returns what the most volatile function of an expression makes of it */
export function volatilityOf(expression: unknown, model: SchemaModel): Volatility {
  const all = nodesOf(expression)
    .filter(({kind}) => kind === 'FuncCall')
    .map(({node}) => ofFunction(names(node['funcname']), model));
  return (
    all.find(({kind}) => kind === 'volatile') ?? all.find(({kind}) => kind === 'unknown') ?? {kind: 'stable'}
  );
}

function ofFunction(parts: readonly string[], model: SchemaModel): Volatility {
  const name = qualified(parts);
  if (!name) return {kind: 'stable'};
  const by = `${written(name)}()`;
  const routines = name.schema === 'pg_catalog' ? [] : model.routines(name);
  if (routines.length > 0) return ofRoutines(routines, by);
  if (known.has(name.name)) return {kind: 'volatile', by};
  return name.schema === undefined || name.schema === 'pg_catalog' ? {kind: 'stable'} : {kind: 'unknown', by};
}

/** Functions of one name with different arguments are taken together. */
function ofRoutines(routines: readonly Routine[], by: string): Volatility {
  const all = routines.map(routine => kindOf(routine));
  if (all.every(kind => kind === 'stable')) return {kind: 'stable'};
  return all.every(kind => kind === 'volatile') ? {kind: 'volatile', by} : {kind: 'unknown', by};
}

/**
 * Without a word about it PostgreSQL takes a function for volatile. One in SQL that is only a SELECT is put in the place
 * of its call, and then what it calls counts.
 */
function kindOf({volatility = 'volatile', language = 'sql'}: Routine): Volatility['kind'] {
  if (volatility !== 'volatile') return 'stable';
  return language === 'sql' ? 'unknown' : 'volatile';
}
