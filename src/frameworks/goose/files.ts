import {basename} from 'node:path';
import {readStatements, type Statement, type StatementsProblem} from '../../core/goose/statements.ts';
import {replaceVariables, type VariableProblem} from '../../core/goose/variables.ts';
import type {Direction} from '../../core/migrations/migration.ts';
import type {Step} from '../../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {readSql} from '../shared/file-text.ts';
import {inBatches} from '../shared/in-batches.ts';
import {isGo} from './history.ts';
import type {Settings} from './settings.ts';

/** One direction of a file. */
export interface MigrationFile {
  readonly path: string;
  readonly sql: string;
  readonly statements: readonly Statement[];
  readonly transaction: boolean;
}

/**
 * @param text instead of what is in the file
 * Failures: `unreadable-file`, `unsupported` (Go), and `invalid-input` for a file that the tool refuses
 */
export async function readMigrationFile(
  path: string,
  direction: Direction,
  {variables}: Settings,
  text?: string,
): Promise<Outcome<MigrationFile>> {
  if (isGo(path)) return inGo(path);
  const sql = text === undefined ? await readSql(path) : ok(text);
  if (!sql.ok) return sql;
  const problems: (VariableProblem & {readonly line: number})[] = [];
  const read = readStatements(sql.value, direction, (line, number) =>
    replaceVariables(
      line,
      name => variables[name],
      problem => void problems.push({...problem, line: number}),
    ),
  );
  if (read.problem) return refused(path, read.problem);
  const [problem] = problems;
  if (problem) return lacksVariable(path, problem);
  return ok({path, sql: sql.value, statements: read.statements, transaction: read.transaction});
}

/** The files of a plan, each step's at its place. Failures: as of `readMigrationFile` */
export function readStepFiles(
  steps: readonly Step[],
  settings: Settings,
): Promise<Outcome<readonly (MigrationFile | undefined)[]>> {
  return inBatches(steps, async ({path, direction}) =>
    path === undefined ? ok(undefined) : readMigrationFile(path, direction, settings),
  );
}

function inGo(path: string): Outcome<never> {
  return fail(
    'unsupported',
    `${basename(path)} is written in Go, and only a goose that your project has built with it can run it.`,
    {advice: 'Run that one with your own goose, and go on from there.'},
  );
}

const whys: Readonly<Record<StatementsProblem, readonly [what: string, advice: string]>> = {
  'blank-before': ['has an annotation that does not begin its line', 'Remove the blanks before it.'],
  several: ['has two annotations in one line', 'Give each a line of its own.'],
  unknown: [
    'has an annotation that goose does not know',
    'It knows Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON and ENVSUB OFF.',
  ],
  'no-up': ['has no line “-- +goose Up”', 'Put it above the statements, at the very beginning of a line.'],
  'text-before-up': ['has something other than comments before “-- +goose Up”', 'Move it below that line.'],
  'up-twice': ['has a second “-- +goose Up”', 'Leave one, before the “-- +goose Down”.'],
  'down-misplaced': [
    'has a “-- +goose Down” that stands before Up, behind another one or inside of a statement',
    'Leave one, behind all of the Up part.',
  ],
  'begin-misplaced': [
    'has a “-- +goose StatementBegin” outside of both parts or inside of another one',
    'End each with “-- +goose StatementEnd” before the next.',
  ],
  'end-misplaced': [
    'has a “-- +goose StatementEnd” without a StatementBegin',
    'Put “-- +goose StatementBegin” above its statement.',
  ],
  'no-end': [
    'has a “-- +goose StatementBegin” without an end',
    'Put “-- +goose StatementEnd” below its statement.',
  ],
  unfinished: [
    'has a statement that ends without a semicolon at the end of a line',
    'Add the semicolon, or put the statement between StatementBegin and StatementEnd.',
  ],
};

function refused(
  path: string,
  {kind, line}: {readonly kind: StatementsProblem; readonly line: number},
): Outcome<never> {
  const [what, advice] = whys[kind];
  return fail('invalid-input', `${basename(path)}:${line + 1} ${what}, so goose refuses to run it.`, {
    advice,
  });
}

function lacksVariable(
  path: string,
  {kind, name, line}: VariableProblem & {readonly line: number},
): Outcome<never> {
  const place = `${basename(path)}:${line + 1}`;
  if (kind === 'refused')
    return fail(
      'invalid-input',
      `${place} has “${name}”, which is no variable that goose knows, so it refuses the file.`,
      {
        advice: 'Write $$ for a dollar, and a variable as ${NAME}; or put “-- +goose ENVSUB OFF” before it.',
      },
    );
  return fail('invalid-input', `${place} needs the variable ${name}, which nothing defines.`, {
    advice: 'Define it in the .env where goose is started, which goose reads as well.',
  });
}
