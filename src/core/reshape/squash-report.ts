import {escapedMarkdown} from '../markdown-text.ts';
import {counted} from '../words.ts';
import {code, document, section} from './markdown.ts';

export interface SquashReport {
  readonly tool: string;
  /** Labels of the migrations that are one now. */
  readonly squashed: readonly string[];
  readonly file: string;
  readonly archive: string;
  readonly rows: number;
  readonly recorded: readonly string[];
  /** A sentence for each connection that was not corrected. */
  readonly left: readonly string[];
}

/** @returns what a squash did, and what is left to do, as Markdown */
export function squashReport({tool, squashed, file, archive, rows, recorded, left}: SquashReport): string {
  return document('Squashed migrations', [
    `${counted(squashed.length, 'migration')}, ${code(squashed[0] ?? '')} to ${code(squashed.at(-1) ?? '')}, are one now: ${code(file)}. It was run in an empty PostgreSQL with all later ones behind it: the schema, the rows and the sequences are the same as after the old files.`,
    section('Good to know', [
      ...(rows === 0 ? [] : [`It writes ${counted(rows, 'row')} that the old files wrote.`]),
      'What the old files changed in rows that only a real database has (UPDATE, DELETE) is not in it: where they have run, that is done.',
      `The old files are in ${code(archive)}, where ${escapedMarkdown(tool)} does not read them. One Undo in the editor of ${code(file)} moves all of them back.`,
      ...(recorded.length === 0
        ? []
        : [
            `After such an Undo, record ${code(squashed.at(-1) ?? '')} again where rows were taken out (*Force Version*): otherwise the old files would be pending there.`,
          ]),
    ]),
    section('Databases', [
      ...recorded.map(name => `${code(name)}: the rows of the old files are taken out.`),
      ...left.map(escapedMarkdown),
      ...(left.length === 0
        ? []
        : [`Later, in a terminal, ${code('npx howdah squash <connection> --record')} takes such rows out.`]),
      'A database that has run all of the old files goes on from there; a new one runs the one file.',
      'A database that has run only some of them cannot go on: apply the rest from the archive first, or make it anew.',
    ]),
  ]);
}
