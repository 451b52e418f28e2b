import type {Parser} from '../../core/sql/parser.ts';
import type {Project} from '../framework.ts';
import {createFiles, draftFiles, labelFor} from './create.ts';
import {diagnoseFailed} from './diagnose.ts';
import {readHistory} from './folder.ts';
import {forcePosition} from './force.ts';
import {makePlan, noRollBack} from './plan.ts';
import {runPlan} from './run.ts';
import {readScript} from './script.ts';
import {sqlOf} from './sql-text.ts';
import {readStatus} from './status.ts';

/** @returns the project that a folder of migrations is, whether or not it has any already. */
export function createProject(folder: string, parser: Parser): Project {
  const project: Project = {
    framework: 'prisma',
    id: `prisma:${folder}`,
    folder,
    seenBy: 'configuration',
    can: {rollBack: false, force: true, why: {rollBack: noRollBack}},
    terms: {failed: 'failed', force: 'resolve'},
    list: () => readHistory(folder),
    status: async session => {
      const history = await readHistory(folder);
      return history.ok ? readStatus(session, history.value) : history;
    },
    nextLabel: now => labelFor(folder, now),
    draft: requests => draftFiles(folder, requests),
    create: request => createFiles(folder, request),
    plan: async (status, goal) => {
      const history = await readHistory(folder);
      return history.ok ? makePlan(parser, history.value, status, goal) : history;
    },
    script: (migration, direction, _options, text) => readScript(migration, direction, text),
    sql: plan => sqlOf(plan),
    run: async (session, plan, _options, run, reopen) => {
      const history = await readHistory(folder);
      return history.ok ? runPlan(parser, session, plan, history.value, run, reopen) : history;
    },
    force: async (session, position, options, run, reopen) => {
      const history = await readHistory(folder);
      if (!history.ok) return history;
      const forced = await forcePosition(session, position, history.value, run, reopen);
      return forced.ok ? project.status(session, options) : forced;
    },
    diagnose: async (session, status) => {
      const history = await readHistory(folder);
      return history.ok ? diagnoseFailed(parser, session, history.value, status) : history;
    },
  };
  return project;
}
