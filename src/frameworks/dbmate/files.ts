import {basename} from 'node:path';
import {readSections, type Section, type SectionProblem} from '../../core/dbmate/sections.ts';
import type {Step} from '../../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {readSql} from '../shared/file-text.ts';
import {inBatches} from '../shared/in-batches.ts';

/** A file that the tool would run. */
export interface MigrationFile {
  readonly path: string;
  readonly sql: string;
  readonly sections: readonly Required<Section>[];
}

/** Failures: `unreadable-file`, and `invalid-input` for a file that the tool refuses. */
export async function readMigrationFile(path: string, text?: string): Promise<Outcome<MigrationFile>> {
  const sql = text === undefined ? await readSql(path) : ok(text);
  if (!sql.ok) return sql;
  const {sections, problem} = readSections(sql.value);
  if (problem) return refused(path, problem);
  return ok({path, sql: sql.value, sections: sections.flatMap(({up, down}) => (down ? [{up, down}] : []))});
}

/** The files of a plan, each step's at its place. Failures: as of `readMigrationFile` */
export function readStepFiles(
  steps: readonly Step[],
): Promise<Outcome<readonly (MigrationFile | undefined)[]>> {
  return inBatches(steps, async ({path}) => (path === undefined ? ok(undefined) : readMigrationFile(path)));
}

const whys: Readonly<Record<SectionProblem, readonly [what: string, advice: string]>> = {
  'no-up': ['has no line “-- migrate:up”', 'Put it above the statements, at the very beginning of a line.'],
  'no-down': [
    'has an up block without a “-- migrate:down”',
    'Add the line “-- migrate:down” at the end; nothing has to stand behind it.',
  ],
  'down-without-up': [
    'has a “-- migrate:down” that no “-- migrate:up” stands before',
    'Leave one down block behind each up block.',
  ],
  'statements-before': [
    'has something other than comments before its first “-- migrate:up”',
    'Move it below that line.',
  ],
};

function refused(path: string, problem: SectionProblem): Outcome<never> {
  const [what, advice] = whys[problem];
  return fail('invalid-input', `${basename(path)} ${what}, so dbmate refuses to run it.`, {advice});
}
