import {quoteWhereNeeded} from '../sql/quote.ts';
import type {Action} from './finding.ts';
import type {ProgressRow} from './parts/progress.ts';

export type MaintenanceRequest = Omit<Extract<Action, {kind: 'maintain'}>, 'kind'>;

/** @returns the one statement, without a semicolon */
export function maintenanceSql({command, object}: MaintenanceRequest): string {
  const name = object ? ` ${quoteWhereNeeded(object.schema)}.${quoteWhereNeeded(object.name)}` : '';
  switch (command) {
    case 'vacuum':
      return `VACUUM (ANALYZE)${name}`;
    case 'vacuum-freeze':
      return `VACUUM (FREEZE)${name}`;
    case 'analyze':
      return `ANALYZE${name}`;
    case 'reindex':
      return `REINDEX INDEX CONCURRENTLY${name}`;
    case 'reindex-table':
      return `REINDEX TABLE CONCURRENTLY${name}`;
    case 'checkpoint':
      return 'CHECKPOINT';
    default:
      return command satisfies never;
  }
}

/** @returns how far a command is; without a row it has not begun, or does what no view tells of */
export function phaseWords(row: ProgressRow | undefined): {readonly phase: string; readonly share?: number} {
  if (!row) return {phase: 'running'};
  const {phase, done, total} = row;
  if (done === undefined || total === undefined || total === 0) return {phase};
  return {phase, share: Math.min(1, done / total)};
}
