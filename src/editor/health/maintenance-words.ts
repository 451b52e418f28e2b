import {l10n} from 'vscode';
import type {ObjectName} from '../../core/health/finding.ts';
import {maintenanceSql, type MaintenanceRequest} from '../../core/health/maintenance.ts';
import {sqlName} from '../../core/health/words.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {MaintenanceView} from '../../protocol/health-model.ts';
import type {Write} from '../confirm.ts';

/** Names in a question: more do not fit into a dialog. */
const mostNames = 20;

/** @returns what is asked before a command */
export function runningOf(request: MaintenanceRequest): Write {
  return {
    what: l10n.t('Run {0}', maintenanceSql(request)),
    detail: effectOf(request.command),
    action: l10n.t('Run'),
  };
}

/** @returns what is asked before several indexes are rebuilt one after the other */
export function rebuildingOf(indexes: readonly ObjectName[]): Write {
  const names = indexes.slice(0, mostNames).map(sqlName);
  const more = indexes.length - names.length;
  const list = [...names, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])];
  return {
    what: l10n.t('Rebuild {0} indexes, one after the other', indexes.length),
    // Where production has its name typed, all is one paragraph.
    detail: `${list.join(',\n')}.\n\n${effectOf('reindex')}`,
    action: l10n.t('Rebuild All'),
  };
}

/** @returns how a command came to its end */
export function endOf(outcome: Outcome<void>, milliseconds: number): MaintenanceView['state'] {
  if (outcome.ok) return {kind: 'done', milliseconds};
  const {reason, message, advice} = outcome.failure;
  if (reason === 'cancelled') return {kind: 'cancelled'};
  return {kind: 'failed', failure: {message, ...(advice === undefined ? {} : {advice})}};
}

/** @returns what a command does to others while it runs */
function effectOf(command: MaintenanceRequest['command']): string {
  switch (command) {
    case 'vacuum':
      return l10n.t(
        'It frees the space of dead rows and stores new statistics. Reading and writing go on meanwhile; what changes the table’s definition waits.',
      );
    case 'vacuum-freeze':
      return l10n.t(
        'It reads the whole table and marks old rows as frozen, which writes to most of its pages. Reading and writing go on meanwhile.',
      );
    case 'analyze':
      return l10n.t(
        'It reads a sample of the table and stores new statistics. Reading and writing go on meanwhile.',
      );
    case 'reindex':
    case 'reindex-table':
      return l10n.t(
        'It builds a new index beside the old one and needs room for both. Reading and writing go on meanwhile; it waits for transactions that are open now. When it fails, it leaves an invalid index behind whose name ends in _ccnew: drop that one.',
      );
    case 'checkpoint':
      return l10n.t('It writes all changed pages to the disk at once.');
    default:
      return command satisfies never;
  }
}
