import {env} from 'vscode';
import type {Project} from '../../frameworks/framework.ts';
import {openAt} from '../migrations/open-file.ts';
import {askAndRepair} from '../migrations/repair-command.ts';
import {showSql} from '../migrations/run-command.ts';
import type {Parts} from '../parts.ts';
import type {RolloutActions} from './rollout-handlers.ts';
import type {ProjectRollout} from './rollout-work.ts';

/** @returns what the panel of a rollout can ask for beside the rollout itself */
export function rolloutActions(parts: Parts, project: Project, work: ProjectRollout): RolloutActions {
  return {
    openAt,
    showSql: async id => {
      const [connection, plan] = [parts.connections.get(id), work.planOf(id)];
      if (connection && plan) await showSql(parts, {connection, project}, plan);
    },
    repair: async id => {
      const connection = parts.connections.get(id);
      return connection !== undefined && askAndRepair(parts, {connection, project}, {suggests: false});
    },
    copy: async content => env.clipboard.writeText(content),
  };
}
