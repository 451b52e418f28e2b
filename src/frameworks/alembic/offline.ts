import type {Direction, Migration} from '../../core/migrations/migration.ts';
import type {Plan} from '../../core/migrations/plan.ts';
import {idsOf} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript, Piece} from '../../core/rehearse/script.ts';
import type {ProjectOptions} from '../framework.ts';
import {askAlembic, ownAddress, type Question} from './ask.ts';
import type {Environment} from './environment.ts';
import type {Message} from './messages.ts';
import {findPython} from './python.ts';
import {destinationOf} from './run.ts';

/**
 * Alembic’s own preview (`--sql`) of a plan, or of one of its steps, bookkeeping included. It executes `env.py` and
 * connects to nothing.
 * @param sqlite the file, for what SQLite would get
 */
export async function offlineText(
  environment: Environment,
  plan: Plan,
  options: ProjectOptions,
  sqlite?: string,
): Promise<Outcome<string>> {
  const [first, ...others] = plan.steps;
  const told = await askOffline(environment, options, {
    ...(first && others.length === 0
      ? questionFor(first)
      : {
          direction: plan.direction,
          destination: destinationOf(plan),
          heads: idsOf(plan.from),
          steps: plan.steps.map(({migration}) => migration.id),
        }),
    ...(sqlite === undefined ? {} : {sqlite}),
  });
  if (!told.ok) return told;
  return ok(told.value.flatMap(message => (message.kind === 'text' ? [message.text] : [])).join(''));
}

interface Asked {
  readonly migration: Migration;
  readonly direction: Direction;
  readonly path: string;
}

/** One direction of a migration. Failures: `unsupported` for one that only runs with a connection, with the reason. */
export async function offlineScript(
  environment: Environment,
  {migration, direction, path}: Asked,
  options: ProjectOptions,
): Promise<Outcome<MigrationScript>> {
  const told = await askOffline(environment, options, questionFor({migration, direction}));
  if (!told.ok) return told;
  return ok({migration, direction, path, ...laidOut(told.value)});
}

/** All of a history in one direction. Failures: as of `offlineScript`, for any of them */
export async function offlineScripts(
  environment: Environment,
  migrations: readonly Migration[],
  direction: Direction,
  options: ProjectOptions,
): Promise<Outcome<readonly MigrationScript[]>> {
  const isHead = ({id}: Migration): boolean =>
    !migrations.some(
      ({graph}) => graph?.parents.includes(id) === true || graph?.dependsOn.includes(id) === true,
    );
  const steps = direction === 'up' ? migrations : migrations.toReversed();
  const told = await askOffline(environment, options, {
    direction,
    destination: direction === 'up' ? 'heads' : 'base',
    heads: direction === 'up' ? [] : migrations.filter(isHead).map(({id}) => id),
    steps: steps.map(({id}) => id),
  });
  return told.ok ? ok(scriptsOf(steps, direction, told.value)) : told;
}

/** @param messages with the index of the step that each statement belongs to */
export function scriptsOf(
  steps: readonly Migration[],
  direction: Direction,
  messages: readonly Message[],
): readonly MigrationScript[] {
  return steps.map((migration, at) => {
    const own = messages.filter(message => message.kind === 'statement' && message.index === at);
    const path = migration[direction];
    return {migration, direction, ...(path === undefined ? {} : {path}), ...laidOut(own)};
  });
}

/** One step by itself, whatever the whole plan begins and ends with. */
function questionFor({
  migration,
  direction,
}: Pick<Asked, 'migration' | 'direction'>): Omit<Question, 'action'> {
  const {id, graph} = migration;
  const below = graph ? [...graph.parents, ...graph.dependsOn] : [];
  return {
    direction,
    destination: direction === 'up' ? id : (graph?.parents[0] ?? 'base'),
    heads: direction === 'up' ? below : [id],
    steps: [id],
  };
}

/**
 * Each statement on the line of the file that sends it, so that places in the text are places in the file.
 */
function laidOut(messages: readonly Message[]): Pick<MigrationScript, 'sql' | 'pieces'> {
  let sql = '';
  let line = 1;
  const pieces: Piece[] = [];
  for (const message of messages) {
    if (message.kind !== 'statement') continue;
    const text = onOneLine(message.sql);
    const gap = '\n'.repeat(Math.max(0, (message.line ?? line) - line)) || (sql === '' ? '' : ' ');
    const start = sql.length + gap.length;
    sql += gap + text;
    pieces.push({start, end: sql.length, how: message.bare ? 'bare' : 'transaction'});
    line += (gap + text).split('\n').length - 1;
  }
  return {sql: `${sql}\n`, pieces};
}

/** Only where a line end can be nothing but a blank. */
function onOneLine(sql: string): string {
  const text = sql.trim();
  return /['"$]|--|\/\*/.test(text) ? text : text.replaceAll(/\s*\n\s*/g, ' ');
}

async function askOffline(
  environment: Environment,
  options: ProjectOptions,
  question: Omit<Question, 'action'>,
): Promise<Outcome<readonly Message[]>> {
  const python = await findPython(environment, options);
  if (!python.ok) return python;
  const variables = {DATABASE_URL: await addressFor(environment, question.sqlite)};
  const told = await askAlembic(
    environment,
    {...question, action: 'offline'},
    {python: python.value, variables},
  );
  if (told.ok) return told;
  const why = told.failure.message.replace(/ Nothing has run\.$/, '');
  return fail('unsupported', `Alembic cannot write the SQL without a connection: ${why}`, {
    advice: 'Its --sql mode needs migrations and an env.py that ask the database nothing.',
  });
}

/**
 * What an env.py that insists on an address gets: the project's own one, though it may read no dotenv file by itself,
 * else one that leads nowhere. Its scheme decides whose SQL is written.
 */
async function addressFor(environment: Environment, sqlite: string | undefined): Promise<string> {
  if (sqlite !== undefined) return `sqlite:///${sqlite}`;
  const own = await ownAddress(environment);
  return /^postgres(?:ql)?(?:\+\w+)?:/.test(own) ? own : 'postgresql://';
}
