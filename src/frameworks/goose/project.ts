import {fail} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project} from '../framework.ts';
import {writeNewFiles} from '../shared/new-files.ts';
import {draftFiles, labelFor} from './create.ts';
import {forcePosition} from './force.ts';
import {readHistory} from './history.ts';
import {makePlan} from './plan.ts';
import {runPlan} from './run.ts';
import {readScript} from './script.ts';
import {readSettings, type Place} from './settings.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** @returns the project of a place, whether or not it has migrations already. */
export function createProject(place: Place, parser: Parser, seenBy: Project['seenBy']): Project {
  const {folder} = place;
  const project: Project = {
    framework: 'goose',
    id: `goose:${folder}`,
    folder,
    seenBy,
    can: {rollBack: true, force: true},
    terms: {force: 'record'},
    list: () => readHistory(folder),
    status: async (session, options) => {
      const settings = await readSettings(place, options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      return history.ok ? readStatus(session, history.value, settings.value) : history;
    },
    nextLabel: now => labelFor(folder, now),
    draft: requests => draftFiles(folder, requests),
    create: async request => {
      const drafted = await draftFiles(folder, [request]);
      return drafted.ok ? writeNewFiles(folder, drafted.value) : drafted;
    },
    plan: async (status, goal, options) => {
      const settings = await readSettings(place, options);
      return settings.ok ? makePlan(parser, status, goal, settings.value) : settings;
    },
    script: async (migration, direction, options, text) => {
      const settings = await readSettings(place, options);
      return settings.ok ? readScript(migration, direction, settings.value, text) : settings;
    },
    sql: async (plan, options) => {
      const settings = await readSettings(place, options);
      return settings.ok ? sqlOf(plan, settings.value) : settings;
    },
    run: async (session, plan, options, run, reopen) => {
      const settings = await readSettings(place, options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      if (!history.ok) return history;
      return runPlan(parser, session, plan, history.value, settings.value, run, reopen);
    },
    force: async (session, position, options, run, reopen) => {
      const settings = await readSettings(place, options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      if (!history.ok) return history;
      const {table} = settings.value;
      const forced = await forcePosition(session, history.value, position, table, run, reopen);
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async () =>
      fail('nothing-to-do', 'goose keeps no mark of a failed migration: what failed is pending again.'),
  };
  return project;
}
