import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {archivedIn, correctionOf, type Correction} from '../../core/reshape/squash.ts';
import {enumeratedInShort} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {confirmChange} from '../confirm.ts';
import {filesIn} from '../files.ts';
import type {Prepared} from '../prepare.ts';
import {renderHeading} from '../render/heading.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {correctOne} from './correct.ts';
import {concerned, databases, onTargets, type SquashWish} from './databases.ts';
import {correctionReport, type Database} from './squash-report.ts';

/** Takes rows out in databases that were not at hand when their files were squashed. */
export async function correctLater(
  project: Project,
  wish: SquashWish,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const archive = `${project.folder}.squashed`;
  const files = await filesIn([archive]).find('**/squashed-*.txt');
  if (files.length === 0)
    return fail('invalid-input', `There are no squashed files in ${invocation.showPath(archive)}.`, {
      advice: 'Name the last migration that is squashed with --to <version>.',
    });
  const targets = await databases(wish, invocation);
  if (!targets.ok) return targets;
  return onTargets(project, targets.value, {invocation, writes: wish.dryRun !== true}, prepared =>
    correctThere(project, prepared, archivedIn(files), wish, invocation),
  );
}

interface Wanted {
  readonly prepared: Prepared;
  readonly correction: Correction;
}

async function correctThere(
  project: Project,
  prepared: readonly Prepared[],
  isSquashed: ReturnType<typeof archivedIn>,
  options: SquashWish,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const wanted: Wanted[] = [];
  for (const each of prepared) {
    const correction = correctionOf(each.status, isSquashed);
    if (!correction.ok) {
      const message = `${each.connection.name}: ${correction.failure.message}`;
      return {ok: false, failure: {...correction.failure, message}};
    }
    if (correction.value) wanted.push({prepared: each, correction: correction.value});
  }
  const goes = [...new Set(wanted.flatMap(({correction}) => correction.goes))];
  const idle: readonly Database[] = prepared.map(each => ({prepared: each, standing: 'all'}));
  const tell = (end: 'written' | 'dry-run', known: readonly Database[]): Outcome<Report> =>
    ok(correctionReport({project, goes, invocation}, end, known));
  if (options.dryRun === true) return tell('dry-run', idle);
  if (wanted.length === 0)
    return tell(
      'written',
      idle.map(each => ({...each, corrected: false})),
    );
  const {terminal, showPath} = invocation;
  for (const {prepared: each, correction} of wanted)
    terminal.note(
      `${renderHeading(each, showPath, terminal.notePaint)}goes: ${enumeratedInShort(correction.goes)}\n`,
    );
  const target = concerned(
    wanted.map(({prepared: {connection}}) => connection),
    options,
  );
  const confirmed = await confirmChange('Take the rows of squashed migrations out', target, invocation);
  if (!confirmed.ok) return confirmed;
  const known: Database[] = [];
  for (const each of idle) {
    const its = wanted.find(({prepared: {connection}}) => connection === each.prepared.connection);
    known.push(its ? await correctOne(each, its.correction, invocation) : {...each, corrected: false});
  }
  return tell('written', known);
}
