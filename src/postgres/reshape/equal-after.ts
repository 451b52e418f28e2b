import {ok, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {rowDifferences, type DatabaseRows} from '../../core/reshape/rows.ts';
import {withoutBooks} from '../../core/reshape/without-books.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {ReplayRequest} from '../rehearse/replay.ts';
import {readRows} from './read-rows.ts';
import {schemaAfter} from './schema-after.ts';

/** What a history leads to. */
export interface StateAfter {
  readonly snapshot: SchemaSnapshot;
  readonly rows: DatabaseRows;
}

type Stopped = {readonly kind: 'stopped'; readonly stop: ReplayStop};
type ReplayOf = Pick<ReplayRequest, 'project' | 'scripts'>;

/** Replays a history, and reads the schema and the rows that it led to. Failures: those of the stage and of reading */
export async function stateAfter(
  stage: Stage,
  parser: Parser,
  replay: ReplayOf,
  options: {readonly signal: Signal},
): Promise<Outcome<(StateAfter & {readonly kind: 'read'}) | Stopped>> {
  const after = await schemaAfter(stage, parser, replay, options);
  if (!after.ok) return after;
  if (after.value.kind === 'stopped') return ok(after.value);
  const {snapshot, session} = after.value;
  const books = replay.scripts.flatMap(({bookkeeping}) => bookkeeping?.name ?? []);
  const rows = await readRows(session, [...new Set(books)]);
  return rows.ok ? ok({kind: 'read', snapshot, rows: rows.value}) : rows;
}

/**
 * Replays two histories one after the other, and compares the schemas by meaning and the rows by value.
 * @returns a sentence for each difference. Failures: as of `stateAfter`
 */
export async function equalAfter(
  stage: Stage,
  parser: Parser,
  {expected, made}: {readonly expected: ReplayOf; readonly made: ReplayOf},
  options: {readonly signal: Signal},
): Promise<Outcome<{readonly kind: 'compared'; readonly differences: readonly string[]} | Stopped>> {
  const before = await stateAfter(stage, parser, expected, options);
  if (!before.ok) return before;
  if (before.value.kind === 'stopped') return ok(before.value);
  const after = await stateAfter(stage, parser, made, options);
  if (!after.ok) return after;
  if (after.value.kind === 'stopped') return ok(after.value);
  return ok({kind: 'compared', differences: await differencesOf(parser, before.value, after.value)});
}

async function differencesOf(
  parser: Parser,
  expected: StateAfter,
  made: StateAfter,
): Promise<readonly string[]> {
  const {differences} = await compareSchemas(
    parser,
    withoutBooks(expected.snapshot, []),
    withoutBooks(made.snapshot, []),
  );
  return [...differences.map(({words}) => words), ...rowDifferences(expected.rows, made.rows, Date.now())];
}
