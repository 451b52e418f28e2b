import type {LintFile} from '../../file.ts';
import type {FileDraft} from '../../rule.ts';
import {commandAt} from './statement-places.ts';

/** Where something is said of a file as a whole: at its first command, or at its beginning where it has none. */
export function fileAt({statements: [first]}: LintFile): Pick<FileDraft, 'at' | 'statement'> {
  return first ? {at: commandAt(first.statement), statement: 0} : {at: {start: 0, end: 0}};
}

/** @returns the file's name */
export function nameOfFile(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
