import {escapedMarkdown} from '../markdown-text.ts';
import type {Difference} from '../schema/comparison.ts';
import {counted, enumerated} from '../words.ts';
import type {Baseline} from './baseline.ts';
import {code, document, section} from './markdown.ts';

export interface BaselineReport {
  /** The connection's name. */
  readonly target: string;
  readonly tool: string;
  readonly baseline: Baseline;
  readonly differences: readonly Difference[];
  /** As people see them: relative to the workspace. */
  readonly files: readonly string[];
  /** The version that was recorded; absent when the files are written but nothing is recorded. */
  readonly recorded?: string;
  /** Why nothing is recorded, in a sentence. */
  readonly failure?: string;
}

/** @returns what a baseline is and what it is not, as Markdown */
export function baselineReport(report: BaselineReport): string {
  const {target, tool, files, recorded, failure} = report;
  return document(`Baseline of ${code(target)}`, [
    recorded === undefined
      ? `The files are written, but nothing is recorded on ${code(target)}. ${escapedMarkdown(failure ?? '')}`
      : `The schema of ${code(target)} is the first migration now, and ${code(target)} is recorded at **${escapedMarkdown(recorded)}**. None of its statements ran there.`,
    section('Files', files.map(code)),
    section('Proof', [proofWords(report)]),
    section(
      'Not the same afterwards',
      report.differences.map(({words}) => escapedMarkdown(words)),
    ),
    section('Not in it', notIn(report.baseline)),
    section('What now', nextSteps(report.baseline, tool)),
  ]);
}

/** @returns in a few lines what somebody should know before anything is written */
export function baselineCautions(
  {leftOut, roles}: Baseline,
  differences: readonly Difference[],
): readonly string[] {
  return [
    ...some(
      'The schema that they lead to differs',
      differences.map(({words}) => words),
    ),
    ...some(
      'No statement is written',
      leftOut.map(({key, why}) => `${key}: ${why}`),
    ),
    ...(roles.length === 0 ? [] : [`These roles have to be there wherever they run: ${enumerated(roles)}.`]),
  ];
}

const most = 5;

function some(what: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > most ? [`… and ${items.length - most} more.`] : [];
  return [
    `${what} in ${counted(items.length, 'place')}:`,
    ...items.slice(0, most).map(item => `• ${item}`),
    ...more,
  ];
}

function proofWords({differences}: BaselineReport): string {
  return differences.length === 0
    ? 'The files ran in an empty PostgreSQL, and the schema that they led to was compared with the live one by meaning: there is no difference.'
    : `The files ran in an empty PostgreSQL. The schema that they led to differs from the live one in ${counted(differences.length, 'place')}.`;
}

function notIn({leftOut, gaps}: Baseline): readonly string[] {
  return [
    'Rows, and where sequences stand. If the application needs rows of its own (countries, settings), write them as the next migration.',
    ...leftOut.map(({key, why}) => `${code(key)}: ${escapedMarkdown(why)}`),
    ...gaps.map(({words}) => escapedMarkdown(words)),
  ];
}

function nextSteps({roles}: Baseline, tool: string): readonly string[] {
  return [
    `Commit the files. Every new database gets the schema from them, by ${escapedMarkdown(tool)} or by Howdah.`,
    'Record the same version on each other database that has this schema already (*Force Version*): they are not to run it.',
    ...(roles.length === 0
      ? []
      : [
          `Make the roles ${escapedMarkdown(enumerated(roles))} wherever the files are to run: grants and owners name them.`,
        ]),
    'The way down refuses, because it would drop what was there before any migration.',
  ];
}
