import {Uri, ViewColumn, window} from 'vscode';
import type {FileRange} from '../../core/migrations/plan.ts';
import {rangeOf} from './run-diagnostics.ts';

/** Opens a file beside the panel that asked for it, at the place where something is. */
export async function openAt(place: FileRange | string): Promise<void> {
  const path = typeof place === 'string' ? place : place.path;
  const selection = typeof place === 'string' ? undefined : rangeOf(place);
  await window.showTextDocument(Uri.file(path), {
    viewColumn: ViewColumn.Active,
    ...(selection ? {selection} : {}),
  });
}
