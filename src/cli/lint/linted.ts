import {severities, type Finding, type Severity} from '../../core/lint/finding.ts';
import {placeInFile, type Place} from '../../core/migrations/place.ts';
import {placeOf, type Span} from '../../core/sql/positions.ts';

/** A file with what was found in it. */
export interface LintedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export function isAtLeast(severity: Severity, level: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(level);
}

/** @returns where a span of a file is, as people count */
export function placeOfSpan({path, text}: Pick<LintedFile, 'path' | 'text'>, {start, end}: Span): Place {
  return placeInFile({path, start: placeOf(text, start), end: placeOf(text, end)});
}

/** @returns how many findings there are of each severity */
export function countsOf(files: readonly LintedFile[]): Readonly<Record<Severity, number>> {
  const counts = {error: 0, warning: 0, information: 0, hint: 0};
  for (const {findings} of files) for (const {severity} of findings) counts[severity] += 1;
  return counts;
}

/** @returns all that a finding says, as one text with a sentence behind the other */
export function wordsOf({what, why, fix, facts}: Finding): string {
  return [`${what}.`, why, fix, ...facts].filter(part => part !== '').join(' ');
}
