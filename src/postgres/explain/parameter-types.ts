import {wordsOf} from '../../core/explain/gate/words-of.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {sqlStateOf} from '../failures.ts';
import {withPrepared} from './prepared.ts';
import {rolledBack} from './transaction.ts';

/** What the server calls a type that it has to infer, and here one that it cannot. */
const unknown = 'unknown';

/**
 * Asks the server for the types that it infers for the parameters of a statement, which is prepared and not executed.
 * @param session outside of a transaction, and used by nobody else meanwhile
 * @param sql one statement, its placeholders as `$1`, `$2`, …
 * @returns by number, as `format_type` writes them; `unknown` where the statement does not tell, which has to say the
 * type itself then (`$1::integer`). Failures: `sql` with the position in `sql`
 */
export function parameterTypes(session: Session, sql: string): Promise<Outcome<readonly string[]>> {
  return rolledBack(session, {readOnly: true}, async () => {
    const types = await prepare(session, sql, []);
    return untold.has(sqlStateOf(types)) ? tellable(session, sql) : types;
  });
}

/** indeterminate_datatype and ambiguous_parameter. */
const untold: ReadonlySet<string> = new Set(['42P18', '42P08']);

function prepare(
  session: Session,
  sql: string,
  types: readonly string[],
): Promise<Outcome<readonly string[]>> {
  return withPrepared(session, sql, {types}, name => session.texts(typesSql, {params: [name]}));
}

/** `pg_prepared_statements` has had these columns since 8.2. */
const typesSql = `SELECT pg_catalog.format_type(type, NULL)
  FROM pg_catalog.pg_prepared_statements, unnest(parameter_types) WITH ORDINALITY AS each(type, number)
  WHERE name = $1 ORDER BY number`;

/**
 * The server says that it cannot infer one, not which. One that it cannot infer may be declared as text, and without
 * that declaration there is no type; where another declaration is in the way the statement fails otherwise.
 */
async function tellable(session: Session, sql: string): Promise<Outcome<readonly string[]>> {
  const numbers = Array.from({length: highestParameter(sql)}, (_, index) => index);
  if (numbers.length > mostTried) return ok(numbers.map(() => unknown));
  const declaring = (asText: ReadonlySet<number>): readonly string[] =>
    numbers.map(number => (asText.has(number) ? 'text' : unknown));
  const candidates = new Set<number>();
  for (const number of numbers) {
    const alone = await prepare(session, sql, declaring(new Set([number])));
    if (alone.ok || untold.has(sqlStateOf(alone))) candidates.add(number);
  }
  const all = await prepare(session, sql, declaring(candidates));
  if (!all.ok) return ok(numbers.map(() => unknown));
  const types: string[] = [];
  for (const number of numbers) {
    const others = new Set([...candidates].filter(each => each !== number));
    const without = candidates.has(number) ? await prepare(session, sql, declaring(others)) : all;
    types.push((without.ok ? without.value[number] : undefined) ?? unknown);
  }
  return ok(types);
}

function highestParameter(sql: string): number {
  const numbers = wordsOf(sql, {start: 0, end: sql.length}).flatMap(
    ({text}) => /^\$(\d+)$/.exec(text)?.[1] ?? [],
  );
  return Math.min(Math.max(0, ...numbers.map(Number)), mostParameters);
}

/** The protocol carries no more values. */
const mostParameters = 65_535;
/** Each parameter takes two tries. */
const mostTried = 100;
