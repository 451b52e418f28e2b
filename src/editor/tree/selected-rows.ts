import {commands} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {TreeNode} from './node.ts';

/**
 * @param argument the row that a command was taken from
 * @param selected all selected rows, which the editor passes where that row is one of several
 * @returns what the command is for: all of the selection, or the one row; none from the palette
 */
export function selectedRows(argument: unknown, selected: unknown): readonly TreeNode[] {
  const all: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const rows = all.filter(row => row instanceof TreeNode);
  if (rows.length > 0) return rows;
  return argument instanceof TreeNode ? [argument] : [];
}

/** @returns the connections that rows are of or below, each once */
export function connectionsOfRows(rows: readonly TreeNode[]): readonly Connection[] {
  const all = rows.flatMap(({data}) => ('connection' in data ? [data.connection] : []));
  return [...new Map(all.map(connection => [connection.id, connection])).values()];
}

/** For the palette, which knows nothing of a list's selection. */
export function tellOfSelection(selection: readonly TreeNode[]): void {
  const several = connectionsOfRows(selection).length > 1;
  void commands.executeCommand('setContext', 'howdah.severalSelected', several);
}
