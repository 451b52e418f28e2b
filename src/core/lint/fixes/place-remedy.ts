import type {Edit, Fix} from '../finding.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {Remedy} from '../remedy.ts';
import {fileNameOf} from '../tools/passage.ts';
import {placeCounterpart} from './counterpart.ts';
import {placeAfter, placeFirst, placeLast} from './insert.ts';
import {placeActionSteps} from './place-action.ts';
import {placeSteps, type Placed} from './place-steps.ts';
import {asWritten, inManner, isInDocument, mannerOf, offsetInPassage} from './text.ts';

/**
 * Makes of what a rule knows a fix for the tool at hand, in the file's manner.
 * @param placed the statement that the finding is about, where it is about one
 * @returns undefined where no fix is certain to leave files that work
 */
export function placeRemedy(
  remedy: Remedy,
  placed: PlacedStatement | undefined,
  file: LintFile,
): Fix | undefined {
  const done = place(remedy, placed, file);
  if (!done || changesNothing(done)) return undefined;
  // A rollback is one file: what would follow in migrations of their own would never run with it.
  if (file.direction === 'down' && done.adds.length > 0) return undefined;
  return {title: remedy.title, preferred: remedy.preferred ?? false, ...done};
}

type Done = Placed & Pick<Fix, 'renamesTo'>;

function place(remedy: Remedy, placed: PlacedStatement | undefined, file: LintFile): Done | undefined {
  switch (remedy.kind) {
    case 'edit':
      return placed && placeEdits(remedy.edits, placed, file);
    case 'steps':
      return placed && placeSteps(remedy.steps, placed, file);
    case 'action-steps':
      return placed && placeActionSteps(remedy.action, remedy.steps, placed, file);
    case 'first':
      return placeFirst(withoutSemicolon(remedy.sql), file);
    case 'last':
      return placeLast(withoutSemicolon(remedy.sql), file);
    case 'after':
      return placed && placeAfter(withoutSemicolon(remedy.sql), placed, file);
    case 'counterpart':
      return placeCounterpart(remedy.sql, file);
    case 'renumber':
      return renumbered(file);
    default:
      return remedy satisfies never;
  }
}

function withoutSemicolon(sql: string): string {
  return sql.replace(/[\s;]+$/, '');
}

function changesNothing({edits, adds, elsewhere = [], renamesTo}: Done): boolean {
  return edits.length + adds.length + elsewhere.length === 0 && renamesTo === undefined;
}

function placeEdits(edits: readonly Edit[], placed: PlacedStatement, file: LintFile): Done | undefined {
  const {passage, statement} = placed;
  const offset = offsetInPassage(placed);
  const manner = mannerOf(file, placed);
  if (offset < 0) return undefined;
  const inFile = edits.map(({start, end, text}) => {
    const span = {start: offset + start, end: offset + end};
    const written = asWritten(inManner(text, manner, statement.sql), passage, file.path);
    if (written === undefined || !isInDocument(file.text, passage, span)) return undefined;
    const first = passage.toDocument(span.start);
    return {start: first, end: start === end ? first : passage.toDocument(span.end - 1) + 1, text: written};
  });
  return inFile.every(edit => edit !== undefined) ? {edits: inFile, adds: []} : undefined;
}

/** The first digits of the name are its version. */
function renumbered({path, history: {label, freeLabel}}: LintFile): Done | undefined {
  const name = fileNameOf(path);
  if (label === undefined || freeLabel === undefined || !name.includes(label)) return undefined;
  return {edits: [], adds: [], renamesTo: name.replace(label, () => freeLabel)};
}
