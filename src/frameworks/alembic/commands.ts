import {readRows, type AlembicHistory} from '../../core/alembic/history.ts';
import type {Status} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {OpenEnvironment, OpenSession, ProjectOptions, RunOptions} from '../framework.ts';
import {askAlembic, doneBy} from './ask.ts';
import type {Environment} from './environment.ts';
import {guarded} from './guarded.ts';
import type {Message} from './messages.ts';
import {findPython} from './python.ts';

/**
 * The status that Alembic itself tells, for a database that Howdah has no session to, such as SQLite of a development
 * setup. Executes `env.py`, which decides where it connects to unless `open` says.
 * @param sqlite the only file that may be opened
 */
export async function alembicCurrent(
  environment: Environment,
  history: AlembicHistory,
  options: ProjectOptions,
  open?: OpenEnvironment,
  sqlite?: string,
): Promise<Outcome<Status>> {
  const python = await findPython(environment, options);
  if (!python.ok) return python;
  const variables = await open?.();
  if (variables?.ok === false) return variables;
  const asking = {python: python.value, ...(variables === undefined ? {} : {variables: variables.value})};
  const told = await askAlembic(
    environment,
    {action: 'current', ...(sqlite === undefined ? {} : {sqlite})},
    asking,
  );
  if (!told.ok) return told;
  const heads = told.value.find(message => message.kind === 'heads');
  if (heads?.kind !== 'heads') return fail('unsupported', 'env.py did not call context.run_migrations().');
  const {schema, table} = heads;
  const names = schema === null ? [table] : [schema, table];
  return ok({
    ...readRows(history, heads.heads),
    bookkeeping: {
      table: names.map(quoteIdentifier).join('.'),
      exists: heads.heads.length > 0,
      elsewhere: [],
      mark: heads.heads.toSorted().join(' '),
    },
  });
}

/** Joins heads with a new revision that changes nothing: `alembic merge`. @returns the path of the file */
export async function mergeHeads(
  environment: Environment,
  heads: readonly string[],
  message: string,
  options: ProjectOptions,
): Promise<Outcome<readonly string[]>> {
  const python = await findPython(environment, options);
  if (!python.ok) return python;
  return created(await askAlembic(environment, {action: 'merge', heads, message}, {python: python.value}));
}

/**
 * Writes a revision of what the project's models have and the database does not: `alembic revision --autogenerate`.
 * The database has to be at the heads. @returns the path of the file
 */
export async function autogenerate(
  environment: Environment,
  session: Session,
  message: string,
  given: {
    readonly options: ProjectOptions;
    readonly run: RunOptions;
    readonly reopen?: OpenSession | undefined;
  },
): Promise<Outcome<readonly string[]>> {
  return guarded(environment, session, given, async ask =>
    created(doneBy(environment, await ask({action: 'autogenerate', message}))),
  );
}

/** @returns the paths of the files that were made */
export function created(told: Outcome<readonly Message[]>): Outcome<readonly string[]> {
  return told.ok ? ok(told.value.flatMap(each => (each.kind === 'created' ? each.paths : []))) : told;
}
