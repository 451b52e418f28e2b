import type {FrameworkId} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {writeBaseline} from '../../core/reshape/baseline.ts';
import type {Bench} from '../../core/reshape/bench.ts';
import type {Portable} from '../../core/reshape/portable.ts';
import {squashedDown} from '../../core/reshape/squash.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {DraftedFile, Project, ProjectOptions} from '../framework.ts';
import {draftPortables} from './draft-portables.ts';
import {readPortables, type PortableHistory} from './read-portables.ts';

export interface SquashRequest {
  readonly project: Project;
  readonly options: ProjectOptions;
  /** How many of the oldest migrations become one. */
  readonly count: number;
  readonly now: Date;
}

/** One file for several, proven but not written. */
export interface Squashed {
  readonly files: readonly DraftedFile[];
  /** How many rows it writes. */
  readonly rows: number;
  /** In what the schema and the rows differ, a sentence each; none when they are proven equal. */
  readonly differences: readonly string[];
}

/** Writes one migration for the oldest ones, and replays both histories on a bench. Nothing is written to the disk. */
export async function prepareSquash(
  bench: Bench,
  parser: Parser,
  request: SquashRequest,
): Promise<Outcome<Tried<Squashed>>> {
  const {project, count} = request;
  const read = await readPortables(project, request.options, {repeatables: true});
  if (!read.ok) return read;
  const text = await squashedText(bench, parser, read.value, request);
  if (!text.ok) return text;
  if (text.value.kind === 'stopped') return ok(text.value);
  const {up, rows} = text.value.value;
  const drafted = await draftPortables(
    project,
    [oneFor(request, read.value, up)],
    request.options,
    request.now,
  );
  if (!drafted.ok) return drafted;
  const {ups} = read.value;
  const sides = {
    expected: {project: project.id, scripts: ups},
    made: {project: `${project.id} squashed`, scripts: [...drafted.value.ups, ...ups.slice(count)]},
  };
  const equal = await bench.equalAfter(sides);
  if (!equal.ok) return equal;
  if (equal.value.kind === 'stopped') return ok(equal.value);
  return ok({kind: 'done', value: {files: drafted.value.files, rows, differences: equal.value.value}});
}

/** The schema after the oldest files, and the rows that they wrote. */
async function squashedText(
  bench: Bench,
  parser: Parser,
  {ups}: PortableHistory,
  {project, count, now}: SquashRequest,
): Promise<Outcome<Tried<{readonly up: string; readonly rows: number}>>> {
  const empty = await bench.schemaAfter({project: project.id, scripts: []});
  if (!empty.ok) return empty;
  if (empty.value.kind === 'stopped') return ok(empty.value);
  const snapshot = empty.value.value;
  const state = await bench.stateAfter({project: project.id, scripts: ups.slice(0, count)});
  if (!state.ok) return state;
  if (state.value.kind === 'stopped') return ok(state.value);
  const {snapshot: live, rows: written} = state.value.value;
  const options = {rows: written, now: now.getTime()};
  const {texts, leftOut} = await writeBaseline(parser, {empty: snapshot, live}, options);
  const [missing] = leftOut;
  if (missing) return fail('unsupported', `No statement can be written for ${missing.key}: ${missing.why}`);
  if (texts.length > 1)
    return fail('unsupported', 'What they make does not fit into one transaction.', {
      advice: 'Squash fewer migrations.',
    });
  const rows = written.tables.reduce((sum, table) => sum + table.rows.length, 0);
  return ok({kind: 'done', value: {up: texts[0]?.up ?? '', rows}});
}

/** These record names, so that the name is the last one's as well. */
const byName: readonly FrameworkId[] = ['node-pg-migrate', 'prisma'];

/** With the version of the last one, so that a database that has run all of them has run this one. */
function oneFor(
  {project, count}: SquashRequest,
  {migrations}: PortableHistory,
  up: string,
): Portable & {version: string} {
  const squashed = migrations.slice(0, count);
  const migration = squashed.at(-1)?.migration ?? {id: '', label: '', title: ''};
  return {
    migration,
    version: migration.label,
    title: byName.includes(project.framework) ? migration.title : 'squashed',
    up,
    down: squashedDown(squashed),
    outside: false,
  };
}
