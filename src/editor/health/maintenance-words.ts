import {l10n} from 'vscode';
import type {MaintenanceRequest} from '../../core/health/maintenance.ts';

/** @returns what a command does to others while it runs */
export function effectOf(command: MaintenanceRequest['command']): string {
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
