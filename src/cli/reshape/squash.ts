import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {archivedPath, squashedOf, standingOf} from '../../core/reshape/squash.ts';
import type {Project} from '../../frameworks/framework.ts';
import {moveFiles, removeEmptied, type FileMove} from '../../frameworks/reshape/move-files.ts';
import {prepareSquash, type Squashed} from '../../frameworks/reshape/prepare-squash.ts';
import {writeNewFiles} from '../../frameworks/shared/new-files.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {cannot} from '../cannot.ts';
import {canConfirm, confirmChange} from '../confirm.ts';
import {projectOptions} from '../flags.ts';
import {findMigration} from '../goals.ts';
import type {Prepared} from '../prepare.ts';
import {chooseProject} from '../projects.ts';
import {renderHeading} from '../render/heading.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {correctAll} from './correct.ts';
import {correctLater} from './correct-later.ts';
import {concerned, databases, onTargets, type SquashWish} from './databases.ts';
import {onBench} from './on-bench.ts';
import {endWithout} from './options.ts';
import {squashProposal, squashReport, type Database, type Squash} from './squash-report.ts';
import {tellProposal} from './tell.ts';

/** Makes one migration of the oldest ones, once it is proven equal, and moves their files where the tool does not look. */
export async function squash(wish: SquashWish, invocation: Invocation): Promise<Outcome<Report>> {
  const project = await chooseProject(invocation);
  if (!project.ok) return project;
  if (wish.record === true && !project.value.can.force) return cannot(project.value, 'force');
  if (wish.to === undefined && wish.record === true) return correctLater(project.value, wish, invocation);
  const squashed = await wanted(wish.to, project.value);
  if (!squashed.ok) return squashed;
  const targets = await databases(wish, invocation);
  if (!targets.ok) return targets;
  const writes = wish.record === true && wish.dryRun !== true;
  const moves = movesOf(project.value, squashed.value);
  return onTargets(project.value, targets.value, {invocation, writes}, prepared =>
    squashOn({project: project.value, squashed: squashed.value, moves, options: wish, invocation}, prepared),
  );
}

/** @returns every file of the squashed migrations, and where it goes */
function movesOf({folder}: Project, squashed: readonly Migration[]): readonly FileMove[] {
  const paths = new Set(squashed.flatMap(({up, down}) => [up, down].flatMap(path => path ?? [])));
  return [...paths].map(from => ({from, to: archivedPath(folder, from)}));
}

async function wanted(to: string | undefined, project: Project): Promise<Outcome<readonly Migration[]>> {
  const history = await project.list();
  if (!history.ok) return history;
  const {migrations} = history.value;
  if (to === undefined)
    return fail('invalid-input', 'Which migration is the last one that is squashed?', {
      advice: 'Name it with --to <version>.',
    });
  const last = findMigration(migrations, to);
  return last.ok ? squashedOf(project.framework, migrations, last.value.id) : last;
}

async function squashOn(squash: Squash, prepared: readonly Prepared[]): Promise<Outcome<Report>> {
  const {project, squashed, options, invocation} = squash;
  const known = standings(prepared, squashed);
  if (!known.ok) return known;
  const changing = known.value.filter(({standing}) => options.record === true && standing === 'all');
  const target = concerned(
    changing.map(({prepared: {connection}}) => connection),
    options,
  );
  const confirmable = options.dryRun === true ? ok(undefined) : canConfirm(target, invocation);
  if (!confirmable.ok) return confirmable;
  const request = {
    project,
    options: prepared[0]?.options ?? projectOptions(invocation.flags, {}),
    count: squashed.length,
    now: invocation.now(),
  };
  const made = await onBench(options.scratch, invocation, bench =>
    prepareSquash(bench, createParser(), request),
  );
  if (!made.ok) return made;
  const end = endWithout(options, made.value.differences);
  if (end) return ok(squashReport(squash, made.value, end, known.value));
  const {showPath, terminal} = invocation;
  const headings = prepared.map(each => renderHeading(each, showPath, terminal.notePaint));
  tellProposal(squashProposal(squash, made.value, known.value), headings.join(''), options, invocation);
  const question = `Make one migration of ${squash.squashed.length}${target ? ', and take the rows of the old files out' : ''}`;
  const confirmed = await confirmChange(question, target, invocation);
  if (!confirmed.ok) return confirmed;
  const moved = await replaceFiles(squash, made.value);
  if (!moved.ok) return moved;
  const corrected = options.record === true ? await correctAll(squash, known.value) : known.value;
  return ok(squashReport(squash, made.value, 'written', corrected));
}

/** A database that has run only some of them would be left behind. */
function standings(
  prepared: readonly Prepared[],
  squashed: readonly Migration[],
): Outcome<readonly Database[]> {
  const known: Database[] = [];
  for (const each of prepared) {
    const standing = standingOf(each.status, squashed);
    if (!standing.ok)
      return {
        ok: false,
        failure: {
          ...standing.failure,
          message: `${each.connection.name}: ${standing.failure.message}`,
        },
      };
    known.push({prepared: each, standing: standing.value});
  }
  return ok(known);
}

async function replaceFiles(squash: Squash, {files}: Squashed): Promise<Outcome<void>> {
  const moved = await moveFiles(squash.moves);
  if (!moved.ok) return moved;
  const written = await writeNewFiles(squash.project.folder, files);
  if (!written.ok) {
    await moved.value();
    return written;
  }
  await removeEmptied(
    squash.project.folder,
    squash.moves.map(({from}) => from),
  );
  return ok(undefined);
}
