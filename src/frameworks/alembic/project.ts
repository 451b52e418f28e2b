import type {RevisionFile} from '../../core/alembic/revision-file.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project, ProjectOptions} from '../framework.ts';
import {chainOf} from './chain.ts';
import {createFile, draftFiles, nextId, parentsFor} from './create.ts';
import type {Environment} from './environment.ts';
import {readEnvironment, type Read} from './folder.ts';
import {forcePosition} from './force.ts';
import {offlineText} from './offline.ts';
import {makePlan} from './plan.ts';
import {runPlan} from './run.ts';
import {readScript} from './script.ts';
import {readPosition, readStatus} from './status.ts';
import {askForRevisions} from './unclear.ts';

/**
 * @param settled the options of what is asked without a connection
 * @returns the project of an environment, whether or not it has migrations already
 */
export function createProject(
  environment: Environment,
  parser: Parser,
  settled: (folder: string) => ProjectOptions = () => ({}),
): Project {
  const folder = environment.versions[0] ?? environment.scripts;
  const read = (options: ProjectOptions = settled(folder)): Promise<Outcome<Read>> =>
    readEnvironment(environment, (paths): Promise<readonly RevisionFile[]> =>
      askForRevisions(environment, paths, options),
    );
  const positionBy = async (session: Session, options: ProjectOptions, reading: Promise<Outcome<Read>>) => {
    const files = await reading;
    if (!files.ok) return files;
    const {history, unreadable} = files.value;
    if (unreadable) return {ok: false, failure: unreadable} as const;
    return readPosition(session, history, options);
  };
  const project: Project = {
    framework: 'alembic',
    id: `alembic:${folder}`,
    folder,
    seenBy: environment.ini === undefined && environment.toml === undefined ? 'files' : 'configuration',
    can: {rollBack: true, force: true},
    terms: {force: 'stamp'},
    list: async () => {
      const files = await read();
      return files.ok
        ? ok({migrations: files.value.history.migrations, problems: files.value.history.problems})
        : files;
    },
    status: async (session, options) => {
      const files = await read(options);
      return files.ok ? readStatus(session, files.value.history, options) : files;
    },
    nextLabel: async now => {
      const files = await read();
      const parents = files.ok ? parentsFor(files.value.history) : files;
      return files.ok && parents.ok ? nextId(files.value.history, parents.value, now) : undefined;
    },
    draft: async requests => {
      const files = await read();
      return files.ok ? draftFiles(environment, parser, files.value.history, requests) : files;
    },
    chain: chainOf(environment, parser),
    create: async request => {
      const files = await read();
      return files.ok
        ? createFile(environment, parser, files.value.history, request, settled(folder))
        : files;
    },
    plan: async (status, goal, options) => {
      const files = await read(options);
      return files.ok ? makePlan(files.value, status, goal) : files;
    },
    script: (migration, direction, options, text) =>
      readScript(environment, migration, direction, options, text),
    sql: (plan, options) => offlineText(environment, plan, options),
    run: (session, plan, options, run, reopen) => {
      const files = read(options);
      const look = (each: Session) => positionBy(each, options, files);
      return runPlan({parser, environment, session, plan, options, run, reopen, look});
    },
    force: async (session, to, options, run, reopen) => {
      const files = await read(options);
      if (!files.ok) return files;
      const forced = await forcePosition(environment, session, files.value, to, {options, run, reopen});
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async () =>
      fail(
        'nothing-to-do',
        'Alembic keeps no mark of a failure: a migration that failed is pending, so there is nothing to repair.',
      ),
  };
  return project;
}
