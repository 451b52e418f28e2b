import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {counted} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {borrowFolder} from '../../frameworks/reshape/borrow-folder.ts';
import {prepareBaseline, type Prepared as Drafted} from '../../frameworks/reshape/prepare-baseline.ts';
import {writeNewFiles} from '../../frameworks/shared/new-files.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {readLive, unchangedSince, type LiveSchema} from '../../postgres/reshape/read-live.ts';
import {cannot} from '../cannot.ts';
import type {BaselineOptions} from '../commands/baseline.ts';
import {canConfirm, confirmChange} from '../confirm.ts';
import {onTarget, type Prepared} from '../prepare.ts';
import {projectForNewFiles} from '../projects.ts';
import {recordPosition} from '../record.ts';
import {renderHeading} from '../render/heading.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';
import {baselineProposal, baselineReport, type ToldBaseline} from './baseline-report.ts';
import {onBench} from './on-bench.ts';
import {endWithout} from './options.ts';
import {tellProposal} from './tell.ts';

/** Writes the first migration from the live schema, once it is proven and confirmed, and records it where that is wanted. */
export async function baselineOf(options: BaselineOptions, invocation: Invocation): Promise<Outcome<Report>> {
  const project = await projectForNewFiles(invocation);
  if (!project.ok) return project;
  const target = await chooseTarget(invocation);
  if (!target.ok) return target;
  const giveBack = await borrowFolder(project.value.folder);
  try {
    const refused = await refuseProject(project.value, options, invocation);
    if (!refused.ok) return refused;
    const writes = options.record === true && options.dryRun !== true;
    return await onTarget(project.value, target.value, invocation, {writes}, prepared =>
      baselineFrom(prepared, options, invocation),
    );
  } finally {
    await giveBack();
  }
}

async function refuseProject(
  project: Project,
  {record}: BaselineOptions,
  {showPath}: Invocation,
): Promise<Outcome<void>> {
  const history = await project.list();
  if (!history.ok) return history;
  if (history.value.migrations.length > 0)
    return fail(
      'invalid-input',
      `${showPath(project.folder)} has migrations already, and a baseline is the first one.`,
      {
        advice:
          'To bring the files to what a database has, use "howdah drift"; to record a version without running it, "howdah force".',
      },
    );
  return record === true && !project.can.force ? cannot(project, 'force') : ok(undefined);
}

async function baselineFrom(
  prepared: Prepared,
  options: BaselineOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const changed = options.record === true ? prepared.connection : undefined;
  const confirmable = options.dryRun === true ? ok(undefined) : canConfirm(changed, invocation);
  if (!confirmable.ok) return confirmable;
  const drafted = await draft(prepared, options, invocation);
  if (!drafted.ok) return drafted;
  const told = {prepared, drafted: drafted.value.drafted, options, invocation};
  const allowed = options.allowDifferences === true ? [] : told.drafted.differences;
  const end = endWithout(options, allowed);
  if (end) return ok(baselineReport(told, end));
  const {showPath, terminal} = invocation;
  const heading = renderHeading(prepared, showPath, terminal.notePaint);
  tellProposal(baselineProposal(told), heading, options, invocation);
  const confirmed = await confirmBaseline(told);
  if (!confirmed.ok) return confirmed;
  const same = await unchangedSince(prepared.session, drafted.value.live, {signal: invocation.signal});
  if (!same.ok) return same;
  const paths = await writeNewFiles(prepared.project.folder, told.drafted.files);
  if (!paths.ok) return paths;
  return ok(baselineReport(told, 'written', options.record === true ? await recordLast(told) : undefined));
}

async function draft(
  {connection, project, options, session, status}: Prepared,
  {scratch}: BaselineOptions,
  invocation: Invocation,
): Promise<Outcome<{readonly drafted: Drafted; readonly live: LiveSchema}>> {
  if (status.position.kind !== 'none')
    return fail('invalid-input', `${connection.name} records migrations that no file has.`, {
      advice: 'Bring these files back; or, if they are gone for good, "howdah force none" first.',
    });
  const live = await readLive(session, {signal: invocation.signal});
  if (!live.ok) return live;
  const tables = [status.bookkeeping.table];
  const {snapshot} = live.value;
  const request = {project, options, live: snapshot, tables, title: 'baseline', now: invocation.now()};
  const drafted = await onBench(scratch, invocation, bench =>
    prepareBaseline(bench, createParser(), request),
  );
  if (!drafted.ok) return drafted;
  if (drafted.value.files.length > 0) return ok({drafted: drafted.value, live: live.value});
  return fail('nothing-to-do', `${connection.name} has no schema yet.`, {
    advice: 'Write the first migration with "howdah create".',
  });
}

function confirmBaseline({prepared, drafted, options, invocation}: ToldBaseline): Promise<Outcome<void>> {
  const {connection, project} = prepared;
  const folder = invocation.showPath(project.folder);
  const write = `Write ${counted(drafted.files.length, 'file')} to ${folder}`;
  return options.record === true
    ? confirmChange(`${write}, and record them as applied`, connection, invocation)
    : confirmChange(write, undefined, invocation);
}

/** @returns the version as its file writes it */
async function recordLast({prepared, invocation}: ToldBaseline): Promise<Outcome<string>> {
  const history = await prepared.project.list();
  if (!history.ok) return history;
  const last = history.value.migrations.at(-1);
  if (!last) return fail('missing-file', 'The new files are not found again.');
  const forced = await recordPosition({kind: 'at', id: last.id}, prepared, invocation);
  return forced.ok ? ok(last.label) : forced;
}
