import {createHash} from 'node:crypto';
import {stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileNameFor, slugOf} from '../../core/alembic/environment.ts';
import {headsOf} from '../../core/alembic/graph.ts';
import type {AlembicHistory} from '../../core/alembic/history.ts';
import {bodyOf, revisionText} from '../../core/alembic/new-revision.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {enumerated} from '../../core/words.ts';
import type {CreateRequest, DraftedFile, ProjectOptions} from '../framework.ts';
import {untitled, writeNewFiles} from '../shared/new-files.ts';
import {askAlembic} from './ask.ts';
import type {Environment} from './environment.ts';
import {executionsOf} from './executions.ts';
import {findPython} from './python.ts';

/**
 * @returns a revision as Alembic's look, which it draws at random: of the same history and moment always the same, so
 * that what was shown is what is written
 */
export function nextId(history: AlembicHistory, parents: readonly string[], now: Date): string {
  for (let time = 0; ; time += 1) {
    const seed = [...parents, now.toISOString(), time].join('\n');
    const id = createHash('sha256').update(seed).digest('hex').slice(0, 12);
    if (!history.graph.nodes.has(id)) return id;
  }
}

/** The files that Alembic’s own template makes, each behind the one before it. Failures: `invalid-input`. */
export async function draftFiles(
  environment: Environment,
  parser: Parser,
  history: AlembicHistory,
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const first = parentsFor(history);
  if (!first.ok) return first;
  let parents = first.value;
  const drafted: DraftedFile[] = [];
  for (const {title, up, down, now} of requests) {
    if (slugOf(title, environment.location.slugLength) === '') return untitled();
    const id = nextId(history, parents, now);
    const name = fileNameFor(environment.location, {id, title, now});
    const executions = {up: await executionsOf(parser, up), down: await executionsOf(parser, down)};
    drafted.push({
      path: join(folderFor(environment, history, parents), name),
      text: revisionText({id, parents, title, ...executions, now}),
    });
    parents = [id];
  }
  return ok(drafted);
}

/** Beside the revision that it follows, as Alembic does with several folders. */
function folderFor({versions}: Environment, {graph}: AlembicHistory, parents: readonly string[]): string {
  const parent = graph.nodes.get(parents[0] ?? '');
  return versions.length > 1 && parent ? dirname(parent.path) : (versions[0] ?? '');
}

/** Behind the only head. */
export function parentsFor({graph}: AlembicHistory): Outcome<readonly string[]> {
  const heads = headsOf(graph);
  if (heads.length < 2) return ok(heads);
  return fail(
    'invalid-input',
    `The history has the heads ${enumerated(heads)}, so that Alembic does not know which one a new migration follows.`,
    {advice: 'Merge the heads first (alembic merge heads).'},
  );
}

/**
 * Lets Alembic write the file with the project's own template and hooks; where there is no Alembic, writes what its
 * default template would. Failures: `invalid-input`, `unwritable-file`
 */
export async function createFile(
  environment: Environment,
  parser: Parser,
  history: AlembicHistory,
  request: CreateRequest,
  options: ProjectOptions,
): Promise<Outcome<readonly string[]>> {
  const drafted = await draftFiles(environment, parser, history, [request]);
  if (!drafted.ok) return drafted;
  const parents = parentsFor(history);
  const python = await findPython(environment, options);
  const isSetUp =
    (await stat(join(environment.scripts, 'script.py.mako')).catch(() => undefined)) !== undefined;
  if (!parents.ok || !python.ok || !isSetUp)
    return writeNewFiles(environment.versions[0] ?? '', drafted.value);
  const {title, up, down, now} = request;
  const asked = await askAlembic(
    environment,
    {
      action: 'revision',
      message: title,
      id: nextId(history, parents.value, now),
      up: up.trim() === '' ? '' : bodyOf(await executionsOf(parser, up)),
      down: down.trim() === '' ? '' : bodyOf(await executionsOf(parser, down)),
    },
    {python: python.value},
  );
  if (!asked.ok) return asked;
  return ok(asked.value.flatMap(message => (message.kind === 'created' ? message.paths : [])));
}
