import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {writeBaseline} from '../../core/reshape/baseline.ts';
import type {Portable} from '../../core/reshape/portable.ts';
import {rowStatements} from '../../core/reshape/rows.ts';
import {squashedDown} from '../../core/reshape/squash.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {DraftedFile, Project, ProjectOptions} from '../../frameworks/framework.ts';
import {draftPortables} from '../../frameworks/reshape/draft-portables.ts';
import {readPortables, type PortableHistory} from '../../frameworks/reshape/read-portables.ts';
import {equalAfter, stateAfter} from '../../postgres/reshape/equal-after.ts';
import {schemaAfter} from '../../postgres/reshape/schema-after.ts';
import type {Tried} from './tried.ts';

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

/** Writes one migration for the oldest ones, and replays both histories on a stage. Nothing is written to the disk. */
export async function prepareSquash(
  stage: Stage,
  parser: Parser,
  request: SquashRequest,
  options: {readonly signal: AbortSignal},
): Promise<Outcome<Tried<Squashed>>> {
  const {project, count} = request;
  const read = await readPortables(project, request.options);
  if (!read.ok) return read;
  const text = await squashedText(stage, parser, read.value, request, options);
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
  const equal = await equalAfter(stage, parser, sides, options);
  if (!equal.ok) return equal;
  if (equal.value.kind === 'stopped') return ok(equal.value);
  return ok({kind: 'done', value: {files: drafted.value.files, rows, differences: equal.value.differences}});
}

/** The schema after the oldest files, and the rows that they wrote. */
async function squashedText(
  stage: Stage,
  parser: Parser,
  {ups}: PortableHistory,
  {project, count, now}: SquashRequest,
  options: {readonly signal: AbortSignal},
): Promise<Outcome<Tried<{readonly up: string; readonly rows: number}>>> {
  const empty = await schemaAfter(stage, parser, {project: project.id, scripts: []}, options);
  if (!empty.ok) return empty;
  if (empty.value.kind === 'stopped') return ok(empty.value);
  const {snapshot} = empty.value;
  const state = await stateAfter(stage, parser, {project: project.id, scripts: ups.slice(0, count)}, options);
  if (!state.ok) return state;
  if (state.value.kind === 'stopped') return ok(state.value);
  const {texts, leftOut} = await writeBaseline(parser, {empty: snapshot, live: state.value.snapshot});
  const [missing] = leftOut;
  if (missing) return fail('unsupported', `No statement can be written for ${missing.key}: ${missing.why}`);
  if (texts.length > 1)
    return fail('unsupported', 'What they make does not fit into one transaction.', {
      advice: 'Squash fewer migrations.',
    });
  const rows = state.value.rows.tables.reduce((sum, table) => sum + table.rows.length, 0);
  const statements = rowStatements(state.value.rows, now.getTime());
  const up = [texts[0]?.up.trim() ?? '', ...statements].filter(part => part !== '').join('\n\n');
  return ok({kind: 'done', value: {up: `${up}\n`, rows}});
}

/** With the version of the last one. node-pg-migrate records names, so that there the name is the last one's too. */
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
    title: project.framework === 'node-pg-migrate' ? migration.title : 'squashed',
    up,
    down: squashedDown(squashed),
    outside: false,
  };
}
