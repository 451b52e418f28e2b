import {Uri, ViewColumn, window} from 'vscode';
import type {FileRange} from '../../core/migrations/plan.ts';
import {rangeOf} from './run-diagnostics.ts';

/**
 * Opens a file at the place where something is.
 * @param column for a file that is not in sight; in the active group unless told
 */
export async function openAt(
  place: FileRange | string,
  column: ViewColumn = ViewColumn.Active,
): Promise<void> {
  const path = typeof place === 'string' ? place : place.path;
  const selection = typeof place === 'string' ? undefined : rangeOf(place);
  const uri = Uri.file(path);
  const inSight = window.visibleTextEditors.find(({document}) => document.uri.fsPath === uri.fsPath);
  await window.showTextDocument(uri, {
    viewColumn: inSight?.viewColumn ?? column,
    ...(selection ? {selection} : {}),
  });
}
