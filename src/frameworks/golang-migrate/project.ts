import type {Parser} from '../../core/sql/parser.ts';
import type {Project} from '../framework.ts';
import {createFiles, draftFiles, labelFor} from './create.ts';
import {diagnoseDirty} from './diagnose.ts';
import {readHistory} from './folder.ts';
import {forcePosition} from './force.ts';
import {makePlan} from './plan.ts';
import {runPlan} from './run.ts';
import {readScript} from './script.ts';
import {parseSettings} from './settings.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** @returns the project that a folder is, whether or not it has migrations already. */
export function createProject(folder: string, parser: Parser): Project {
  const project: Project = {
    framework: 'golang-migrate',
    id: `golang-migrate:${folder}`,
    folder,
    seenBy: 'files',
    can: {rollBack: true, force: true},
    terms: {failed: 'dirty', force: 'force'},
    list: () => readHistory(folder),
    status: async (session, options, hints = {}) => {
      const settings = parseSettings(options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      return history.ok ? readStatus(parser, session, history.value, settings.value, hints) : history;
    },
    nextLabel: now => labelFor(folder, now),
    draft: requests => draftFiles(folder, requests),
    create: request => createFiles(folder, request),
    plan: async (status, goal, options) => {
      const settings = parseSettings(options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      return history.ok ? makePlan(parser, history.value, status, goal, settings.value) : history;
    },
    script: async (migration, direction, options, text) => {
      const settings = parseSettings(options);
      return settings.ok ? readScript(migration, direction, settings.value, text) : settings;
    },
    sql: async (plan, options) => {
      const settings = parseSettings(options);
      return settings.ok ? sqlOf(plan, settings.value) : settings;
    },
    run: async (session, plan, options, run, reopen) => {
      const settings = parseSettings(options);
      return settings.ok ? runPlan(parser, session, plan, settings.value, run, reopen) : settings;
    },
    force: async (session, position, options, run, reopen) => {
      const settings = parseSettings(options);
      if (!settings.ok) return settings;
      const forced = await forcePosition(session, position, settings.value, run, reopen);
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async (session, status, options) => {
      const settings = parseSettings(options);
      if (!settings.ok) return settings;
      const history = await readHistory(folder);
      return history.ok
        ? diagnoseDirty(parser, session, history.value, status, settings.value.multiStatement)
        : history;
    },
  };
  return project;
}
