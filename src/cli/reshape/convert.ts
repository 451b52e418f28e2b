import {resolve} from 'node:path';
import type {FrameworkId} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {counterpartOf, separateBooks} from '../../core/reshape/counterpart.ts';
import {counted} from '../../core/words.ts';
import {borrowFolder} from '../../frameworks/reshape/borrow-folder.ts';
import {prepareConvert, type Converted} from '../../frameworks/reshape/prepare-convert.ts';
import {writeNewFiles} from '../../frameworks/shared/new-files.ts';
import {cannot} from '../cannot.ts';
import {canConfirm, confirmChange} from '../confirm.ts';
import {filesIn} from '../files.ts';
import {projectOptions} from '../flags.ts';
import {onTarget, type Prepared} from '../prepare.ts';
import {chooseProject, projectIn} from '../projects.ts';
import {recordPosition} from '../record.ts';
import {renderHeading} from '../render/heading.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';
import {convertProposal, convertReport, type Conversion} from './convert-report.ts';
import {onBench} from './on-bench.ts';
import {endWithout, type ReshapeOptions} from './options.ts';
import {tellProposal} from './tell.ts';

/** Writes a project's migrations in the form of another tool, once they are proven equal, and records where a database is. */
export async function convertTo(
  {tool, folder}: {readonly tool: FrameworkId; readonly folder: string},
  options: ReshapeOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const {flags, cwd} = invocation;
  const from = await chooseProject(invocation);
  if (!from.ok) return from;
  const to = await projectIn(resolve(cwd, folder), {...invocation, flags: {...flags, framework: tool}});
  if (!to.ok) return to;
  const conversion = {from: from.value, to: to.value, options, invocation};
  const giveBack = await borrowFolder(to.value.folder);
  try {
    const refused = await refuse(conversion);
    if (!refused.ok) return refused;
    if (flags.connection === undefined && options.record !== true) return await convert(conversion);
    const target = await chooseTarget(invocation);
    if (!target.ok) return target;
    const writes = options.record === true && options.dryRun !== true;
    return await onTarget(from.value, target.value, invocation, {writes}, prepared =>
      convert({...conversion, prepared}),
    );
  } finally {
    await giveBack();
  }
}

async function refuse({from, to, options, invocation}: Conversion): Promise<Outcome<void>> {
  if (from.framework === to.framework)
    return fail('invalid-input', `These are migrations of ${from.framework} already.`);
  const files = await filesIn([to.folder]).find('**/*.{sql,js,cjs,mjs,ts,cts,mts}');
  if (files.length > 0)
    return fail('invalid-input', `${invocation.showPath(to.folder)} has files already.`, {
      advice: 'Name a new folder.',
    });
  return options.record === true && !to.can.force ? cannot(to, 'force') : ok(undefined);
}

async function convert(conversion: Conversion): Promise<Outcome<Report>> {
  const {from, to, prepared, options, invocation} = conversion;
  const possible = await mayGoOn(conversion);
  if (!possible.ok) return possible;
  const request = {from, to, options: optionsOf(conversion), now: invocation.now()};
  const converted = await onBench(options.scratch, invocation, bench => prepareConvert(bench, request));
  if (!converted.ok) return converted;
  const end = endWithout(options, converted.value.differences);
  if (end) return ok(convertReport(conversion, converted.value, end));
  const {showPath, terminal} = invocation;
  const heading = prepared ? renderHeading(prepared, showPath, terminal.notePaint) : '';
  tellProposal(convertProposal(conversion, converted.value), heading, options, invocation);
  const confirmed = await confirmConversion(conversion, converted.value);
  if (!confirmed.ok) return confirmed;
  const paths = await writeNewFiles(to.folder, converted.value.files);
  if (!paths.ok) return paths;
  return ok(convertReport(conversion, converted.value, 'written', await record(conversion)));
}

function optionsOf({prepared, invocation}: Conversion): Prepared['options'] {
  return prepared?.options ?? projectOptions(invocation.flags, {});
}

/** Asked before anything is tried: what cannot be confirmed or recorded afterwards is better known now. */
async function mayGoOn({from, to, prepared, options, invocation}: Conversion): Promise<Outcome<unknown>> {
  if (options.dryRun !== true) {
    const confirmable = canConfirm(options.record === true ? prepared?.connection : undefined, invocation);
    if (!confirmable.ok) return confirmable;
  }
  if (options.record !== true || !prepared) return ok(undefined);
  const history = await from.list();
  if (!history.ok) return history;
  const {status} = prepared;
  const separate = separateBooks([from.framework, to.framework], status.bookkeeping.table);
  return separate.ok ? counterpartOf(status, history.value.migrations, history.value.migrations) : separate;
}

function confirmConversion(
  {to, prepared, options, invocation}: Conversion,
  {files}: Converted,
): Promise<Outcome<void>> {
  const write = `Write ${counted(files.length, 'file')} to ${invocation.showPath(to.folder)}`;
  return options.record === true
    ? confirmChange(`${write}, and record for ${to.framework} what has run`, prepared?.connection, invocation)
    : confirmChange(write, undefined, invocation);
}

/** @returns the version, or nothing where none has run; nothing at all where that was not asked for */
async function record({
  from,
  to,
  prepared,
  options,
  invocation,
}: Conversion): Promise<Outcome<string | undefined> | undefined> {
  if (options.record !== true || !prepared) return undefined;
  const [old, now] = [await from.list(), await to.list()];
  if (!old.ok) return old;
  if (!now.ok) return now;
  const position = counterpartOf(prepared.status, old.value.migrations, now.value.migrations);
  if (!position.ok) return position;
  if (position.value.kind !== 'at') return ok(undefined);
  const {id} = position.value;
  // What the command line says about the table is about the old tool's.
  const plain = {...invocation.flags, table: undefined, quotedTable: false, multiStatement: false};
  const itsOptions = projectOptions(plain, prepared.connection.settings.extra);
  const there = {...prepared, project: to, options: itsOptions};
  const forced = await recordPosition(position.value, there, invocation);
  return forced.ok ? ok(now.value.migrations.find(migration => migration.id === id)?.label) : forced;
}
