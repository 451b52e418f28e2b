import type {Migration} from '../../core/migrations/migration.ts';
import type {Failure} from '../../core/outcome.ts';
import {counted, enumeratedInShort} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {FileMove} from '../../frameworks/reshape/move-files.ts';
import type {Squashed} from '../../frameworks/reshape/prepare-squash.ts';
import {connectionBody, projectBody} from '../bodies.ts';
import type {SquashOptions} from '../commands/squash.ts';
import type {Prepared} from '../prepare.ts';
import {renderDone, type Proposal} from '../render/reshape.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import type {ReshapeEnd} from './options.ts';
import {exitCodeFor, failureWords, filesBody, reshapeText} from './tell.ts';

/** Migrations that become one. */
export interface Squash {
  readonly project: Project;
  readonly squashed: readonly Migration[];
  readonly moves: readonly FileMove[];
  readonly options: SquashOptions;
  readonly invocation: Invocation;
}

/** A database that was looked at. */
export interface Database {
  readonly prepared: Prepared;
  /** Which of the squashed migrations it has run. */
  readonly standing: 'all' | 'none';
  /** Whether rows were taken out. */
  readonly corrected?: boolean;
  readonly failure?: Failure;
}

export function squashProposal(
  {project, squashed, invocation}: Squash,
  {files, rows, differences}: Squashed,
  known: readonly Database[],
): Proposal {
  const {showPath} = invocation;
  const [first, last] = [squashed[0]?.label ?? '', squashed.at(-1)?.label ?? ''];
  return {
    files,
    proof: 'Proven: with all later migrations behind it, it leads to the same schema, rows and sequences.',
    differences,
    cautions: [
      `It is instead of ${counted(squashed.length, 'migration')}, ${first} to ${last}, whose files move to ${showPath(project.folder)}.squashed, where no tool reads them.`,
      ...(rows === 0 ? [] : [`It writes ${counted(rows, 'row')} that they wrote.`]),
      ...known.map(
        ({prepared, standing}) =>
          `${prepared.connection.name} has run ${standing === 'all' ? 'all' : 'none'} of them.`,
      ),
      `${known.length === 0 ? 'Each database' : 'Each other database'} must have run all of them, or none.`,
    ],
  };
}

export function squashReport(
  squash: Squash,
  made: Squashed,
  end: ReshapeEnd,
  known: readonly Database[],
): Report {
  const {project, squashed, moves, options, invocation} = squash;
  const failure = known.find(each => each.failure)?.failure;
  const proposal = squashProposal(squash, made, known);
  const body = {
    command: 'squash',
    project: projectBody(project),
    end,
    files: filesBody(made.files, options),
    differences: made.differences,
    squashed: squashed.map(({label}) => label),
    moves,
    rows: made.rows,
    databases: known.map(databaseBody),
  } as const;
  const done = {
    end,
    done: end === 'written' ? doneWords(squash, known) : [],
    failed: failedWords(known),
    next: end === 'written' ? next(squash) : [],
  };
  return report('squash', exitCodeFor(end, failure), body, reshapeText(proposal, done, options, invocation));
}

/**
 * A squash that was made earlier, and whose rows go now.
 * @param end nothing was changed by a `dry-run`
 */
export function correctionReport(
  {
    project,
    goes,
    invocation,
  }: {readonly project: Project; readonly goes: readonly string[]; readonly invocation: Invocation},
  end: 'written' | 'dry-run',
  known: readonly Database[],
): Report {
  const failure = known.find(each => each.failure)?.failure;
  const body = {
    command: 'squash',
    project: projectBody(project),
    end,
    files: [],
    differences: [],
    squashed: goes,
    moves: [],
    rows: 0,
    databases: known.map(databaseBody),
  } as const;
  const where = `${invocation.showPath(project.folder)}.squashed`;
  const would =
    goes.length === 0
      ? 'There is nothing to correct.'
      : `Would take the rows of ${enumeratedInShort(goes)} out, whose files are in ${where}.`;
  const done = {
    end,
    done: end === 'dry-run' ? [would] : correctedWords(known),
    failed: failedWords(known),
    next: [],
  };
  return report('squash', exitCodeFor(end, failure), body, paint => renderDone(done, paint));
}

function databaseBody({prepared, standing, corrected, failure}: Database) {
  return {
    connection: connectionBody(prepared.connection),
    standing,
    corrected: corrected === true,
    ...(failure ? {failure} : {}),
  };
}

function doneWords({project, squashed, invocation}: Squash, known: readonly Database[]): readonly string[] {
  return [
    `Moved the files of ${counted(squashed.length, 'migration')} to ${invocation.showPath(project.folder)}.squashed.`,
    ...correctedWords(known),
  ];
}

function correctedWords(known: readonly Database[]): readonly string[] {
  return known.flatMap(({prepared: {connection}, corrected}) => {
    if (corrected === undefined) return [];
    return corrected
      ? `${connection.name}: the rows of the old files are out of its bookkeeping.`
      : `${connection.name}: there is nothing to correct in its bookkeeping.`;
  });
}

function failedWords(known: readonly Database[]): readonly string[] {
  return known.flatMap(({prepared: {connection}, failure}) =>
    failure ? `${connection.name}: its rows could not be taken out. ${failureWords(failure)}` : [],
  );
}

function next({project, options}: Squash): readonly string[] {
  const move =
    'To undo it, move the old files back under their names before other databases run the new one.';
  // It keeps the version only, and that stays.
  if (project.framework === 'golang-migrate') return [move];
  return [
    `Once ${options.record === true ? 'another' : 'a'} database that has run all of the old files gets the new one, take their rows out there: "howdah squash <connection> --record".`,
    move,
  ];
}
