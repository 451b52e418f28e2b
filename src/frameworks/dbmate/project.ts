import {fail} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project} from '../framework.ts';
import {writeNewFiles} from '../shared/new-files.ts';
import {draftFiles, labelFor} from './create.ts';
import {forcePosition} from './force.ts';
import {readHistory} from './history.ts';
import {makePlan} from './plan.ts';
import {runPlan} from './run.ts';
import {writeSchemaFile} from './schema-file.ts';
import {readScript} from './script.ts';
import {readSettings, type Place} from './settings.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** @returns the project of a place, whether or not it has migrations already. */
export function createProject(place: Place, parser: Parser, seenBy: Project['seenBy']): Project {
  const {folders, root} = place;
  const [folder = root, ...moreFolders] = folders;
  const project: Project = {
    framework: 'dbmate',
    id: `dbmate:${folder}`,
    folder,
    moreFolders,
    seenBy,
    can: {rollBack: true, force: true},
    terms: {force: 'record'},
    list: () => readHistory(folders),
    status: async (session, options) => {
      const history = await readHistory(folders);
      return history.ok ? readStatus(session, history.value, await readSettings(place, options)) : history;
    },
    nextLabel: now => labelFor(folders, now),
    draft: requests => draftFiles(folder, folders, requests),
    create: async request => {
      const drafted = await draftFiles(folder, folders, [request]);
      return drafted.ok ? writeNewFiles(folder, drafted.value) : drafted;
    },
    plan: async (status, goal, options) => makePlan(parser, status, goal, await readSettings(place, options)),
    script: async (migration, direction, options, text) =>
      readScript(migration, direction, await readSettings(place, options), text),
    sql: async (plan, options) => sqlOf(plan, await readSettings(place, options)),
    run: async (session, plan, options, run, reopen) => {
      const history = await readHistory(folders);
      if (!history.ok) return history;
      const settings = await readSettings(place, options);
      const ran = await runPlan(parser, session, plan, history.value, settings, run, reopen);
      return ran.ok ? writeSchemaFile(session, ran.value, plan, settings, place, run) : ran;
    },
    force: async (session, position, options, run, reopen) => {
      const history = await readHistory(folders);
      if (!history.ok) return history;
      const settings = await readSettings(place, options);
      const forced = await forcePosition(session, history.value, position, settings, run, reopen);
      return forced.ok ? readStatus(session, history.value, settings) : forced;
    },
    diagnose: async () =>
      fail('nothing-to-do', 'dbmate keeps no mark of a failed migration: what failed is pending again.'),
  };
  return project;
}
