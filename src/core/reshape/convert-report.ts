import {escapedMarkdown} from '../markdown-text.ts';
import {counted, enumeratedInShort} from '../words.ts';
import {code, document, section} from './markdown.ts';

export interface ConvertReport {
  readonly from: {readonly tool: string; readonly folder: string; readonly table?: string};
  readonly to: {readonly tool: string; readonly folder: string};
  readonly migrations: number;
  readonly withoutDown: readonly string[];
  readonly outside: readonly string[];
  readonly keptVersions: boolean;
  /** As people see them: relative to the workspace. */
  readonly files: readonly string[];
  readonly recorded?: {readonly target: string; readonly version: string};
  /** Why nothing is recorded, in a sentence. */
  readonly failure?: string;
}

/** @returns what a conversion did, and what is left to do, as Markdown */
export function convertReport(report: ConvertReport): string {
  const {from, to, files, migrations} = report;
  return document(`From ${from.tool} to ${to.tool}`, [
    `${counted(migrations, 'migration')} of ${code(from.folder)} ${migrations === 1 ? 'is' : 'are'} in ${code(to.folder)} now, in the form of ${escapedMarkdown(to.tool)}. Both histories ran in an empty PostgreSQL: the schemas are equal by meaning, and so are the rows and the sequences.`,
    recordedWords(report),
    section('Good to know', convertCautions(report)),
    section('Files', files.map(code)),
    section('What to remove, and when', [
      `Nothing of ${escapedMarkdown(from.tool)} was deleted. Do that when each database is recorded for ${escapedMarkdown(to.tool)} (*Force Version* at the version where ${escapedMarkdown(from.tool)} has it) and deployments run ${escapedMarkdown(to.tool)}.`,
      `Then remove ${code(from.folder)} and the configuration of ${escapedMarkdown(from.tool)}.`,
      `At last drop its table${from.table === undefined ? '' : ` (${code(from.table)})`} in each database.`,
      'Until then run only one of the two tools on a database.',
    ]),
  ]);
}

/** @returns a sentence for each thing that is not as it was */
export function convertCautions({
  to,
  withoutDown,
  outside,
  keptVersions,
}: Pick<ConvertReport, 'to' | 'withoutDown' | 'outside' | 'keptVersions'>): readonly string[] {
  return [
    ...(keptVersions
      ? []
      : [`The versions are new, because ${to.tool} cannot have the old ones; the order is the same.`]),
    ...(withoutDown.length === 0
      ? []
      : [`${to.tool} rolls nothing back: what undoes ${enumeratedInShort(withoutDown)} is left out.`]),
    ...(outside.length === 0 ? [] : [`Outside of a transaction, as before: ${enumeratedInShort(outside)}.`]),
  ];
}

function recordedWords({recorded, failure, to}: ConvertReport): string {
  if (recorded)
    return `${code(recorded.target)} is recorded at **${escapedMarkdown(recorded.version)}** for ${escapedMarkdown(to.tool)}. No migration ran there.`;
  return `No database is recorded for ${escapedMarkdown(to.tool)} yet. ${escapedMarkdown(failure ?? '')}`;
}
