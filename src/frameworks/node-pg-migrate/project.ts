import {fail, ok} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project, ProjectOptions} from '../framework.ts';
import type {Configured} from './configuration.ts';
import {createFile, draftFiles, labelFor} from './create.ts';
import {createFactsReader} from './file-facts.ts';
import type {Source} from './find-files.ts';
import {readHistory} from './folder.ts';
import {forcePosition} from './force.ts';
import {hasProgram, makePlan} from './plan.ts';
import {createScriptBuilder} from './programs/build-scripts.ts';
import {runPrograms} from './programs/run-programs.ts';
import {runSql} from './run.ts';
import {readScript} from './script.ts';
import {settingsOf, type Settings} from './settings.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** Where a project is, and how its tool is configured. */
export interface Place extends Source, Configured {
  /** The folder of the package.json, where the tool is started; the migrations folder where there is none. */
  readonly root: string;
  readonly seenBy: Project['seenBy'];
}

/** What running programs needs. */
export interface Shipped {
  /** The program that runs migrations in JavaScript and TypeScript, a file for Node. */
  readonly runner: string;
}

/** @returns the project that a folder is, whether or not it has migrations already */
export function createProject(place: Place, parser: Parser, shipped: Shipped): Project {
  const {folder, raw} = place;
  const facts = createFactsReader();
  const build = createScriptBuilder(place, shipped);
  const settings = (options: ProjectOptions): Settings => settingsOf(raw, options);
  const list = async (chosen: Settings): ReturnType<typeof readHistory> => {
    const read = await readHistory(place, chosen, facts);
    const problems = place.problems;
    return read.ok ? ok({...read.value, problems: [...problems, ...read.value.problems]}) : read;
  };
  const project: Project = {
    framework: 'node-pg-migrate',
    id: `node-pg-migrate:${folder}`,
    folder,
    configuredBy: place.files,
    seenBy: place.seenBy,
    can: {rollBack: true, force: true},
    terms: {force: 'fake'},
    list: () => list(settings({})),
    status: async (session, options) => {
      const history = await list(settings(options));
      return history.ok ? readStatus(session, history.value, settings(options)) : history;
    },
    nextLabel: now => labelFor(place, settings({}), now),
    draft: requests => draftFiles(place, settings({}), requests),
    create: request => createFile(place, settings({}), request),
    plan: (status, goal) => makePlan(parser, status, goal),
    script: (migration, direction, options, text) =>
      readScript(build, migration, direction, settings(options), text),
    sql: (plan, options) =>
      sqlOf(plan, settings(options), ({migration, direction}) =>
        readScript(build, migration, direction, settings(options)),
      ),
    run: (session, plan, options, run, reopen) =>
      hasProgram(plan)
        ? runPrograms({parser, shipped, place, session, plan, settings: settings(options), run, reopen})
        : runSql(parser, session, plan, settings(options), run, reopen),
    force: async (session, position, options, run, reopen) => {
      const history = await list(settings(options));
      if (!history.ok) return history;
      const chosen = settings(options);
      const forced = await forcePosition(session, history.value, position, chosen, run, reopen);
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async () =>
      fail(
        'nothing-to-do',
        'node-pg-migrate undoes a run that fails and keeps no mark of it, so there is nothing to repair.',
      ),
  };
  return project;
}
