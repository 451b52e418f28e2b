import {sourceRange} from '../../core/explain/source-range.ts';
import type {NodeSource} from '../../protocol/explain-panel.ts';
import type {ExplainHome} from './explain-home.ts';
import type {ExplainPanel} from './explain-panel.ts';
import {besideColumn} from './statement-marks.ts';

/** Marks the part of the statement that a node comes from. @returns whether there is one to be seen */
export async function highlight(
  {marks}: ExplainHome,
  {subject, column}: ExplainPanel,
  source: NodeSource,
): Promise<boolean> {
  const place = subject?.place;
  const range = place && sourceRange(subject.verdict.explained, subject.found.sql, source);
  if (!place || !range) {
    marks.clear();
    return false;
  }
  const start = subject.toPlace(range.start);
  // What is replaced, such as a placeholder, is mapped to its beginning: the last character is looked up by itself.
  const end = subject.toPlace(Math.max(range.start, range.end - 1)) + 1;
  return marks.mark(place, {start, end}, column);
}

/** Opens the statement where it was written, at the last failure where it has a place; or else its text. */
export async function openStatement(
  {marks, parts}: ExplainHome,
  {subject, failedAt, column, session}: ExplainPanel,
): Promise<void> {
  const {phase, origin} = session.view;
  const at = phase.kind === 'failed' ? failedAt : undefined;
  if (subject?.place && (await marks.open(subject.place, at, column))) return;
  if (origin.statement !== '')
    await parts.documents.open('statement.sql', 'sql', origin.statement, besideColumn(column));
}
