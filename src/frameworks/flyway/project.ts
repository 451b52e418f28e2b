import type {Settings} from '../../core/flyway/settings.ts';
import type {Outcome} from '../../core/outcome.ts';
import {ok} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project, ProjectOptions} from '../framework.ts';
import {writeNewFiles} from '../shared/new-files.ts';
import {configurationOf, foldersOf, settingsFor, unreadLocations} from './configuration.ts';
import {draftFiles, labelFor} from './create.ts';
import {diagnoseFailed} from './diagnose.ts';
import {readFolder, type Folder} from './folder.ts';
import {forcePosition} from './force.ts';
import {makePlan, noRollBack} from './plan.ts';
import {runPlan} from './run.ts';
import {readScript} from './script.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** What the files and the configuration say now. */
interface Now {
  readonly settings: Settings;
  readonly folder: Folder;
}

/** @returns the project that a location is, whether or not it has migrations already. */
export function createProject(folder: string, parser: Parser, seenBy: Project['seenBy'] = 'files'): Project {
  const project: Project = {
    framework: 'flyway',
    id: `flyway:${folder}`,
    folder,
    seenBy,
    can: {rollBack: false, force: true, why: {rollBack: noRollBack}},
    terms: {failed: 'failed', force: 'repair'},
    list: async () => {
      const now = await readNow(folder);
      return now.ok ? ok(now.value.folder.history) : now;
    },
    status: async (session, options) => {
      const now = await readNow(folder, options);
      return now.ok ? readStatus(session, now.value.folder, now.value.settings) : now;
    },
    nextLabel: async date => {
      const now = await readNow(folder);
      return now.ok ? labelFor(now.value.folder, date) : undefined;
    },
    draft: async requests => {
      const now = await readNow(folder);
      return now.ok ? draftFiles(folder, now.value.folder, now.value.settings.naming, requests) : now;
    },
    create: async request => {
      const drafted = await project.draft([request]);
      return drafted.ok ? writeNewFiles(folder, drafted.value) : drafted;
    },
    plan: async (status, goal, options) => {
      const now = await readNow(folder, options);
      return now.ok ? makePlan(parser, now.value.folder, status, goal, now.value.settings) : now;
    },
    script: async (migration, direction, options, text) => {
      const settings = settingsFor(await configurationOf(folder), options);
      return readScript(parser, migration, direction, settings, text);
    },
    sql: async (plan, options) => {
      const now = await readNow(folder, options);
      return now.ok ? sqlOf(parser, now.value.folder, plan, now.value.settings) : now;
    },
    run: async (session, plan, options, run, reopen) => {
      const now = await readNow(folder, options);
      return now.ok ? runPlan(parser, session, plan, now.value.folder, now.value.settings, run, reopen) : now;
    },
    force: async (session, position, options, run, reopen) => {
      const now = await readNow(folder, options);
      if (!now.ok) return now;
      const {settings} = now.value;
      const forced = await forcePosition(session, position, now.value.folder, settings, run, reopen);
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async (session, status, options) => {
      const now = await readNow(folder, options);
      return now.ok ? diagnoseFailed(parser, session, now.value.folder, status, now.value.settings) : now;
    },
  };
  return project;
}

/** All locations of the configuration are one history where the folder is one of them. Failures: `unreadable-file` */
async function readNow(folder: string, options: ProjectOptions = {}): Promise<Outcome<Now>> {
  const configuration = await configurationOf(folder);
  const settings = settingsFor(configuration, options);
  const configured = await foldersOf(configuration);
  const locations = configured.includes(folder) ? configured : [folder];
  const read = await readFolder(locations, settings);
  if (!read.ok) return read;
  const {history, ...files} = read.value;
  const problems = [...settings.unspoken, ...unreadLocations(configuration), ...history.problems];
  return ok({settings, folder: {...files, history: {...history, problems}}});
}
