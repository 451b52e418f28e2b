import {ok, type Outcome} from '../../core/outcome.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {Bench, StateAfter, Trial} from '../../core/reshape/bench.ts';
import {rowDifferences} from '../../core/reshape/rows.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import {withoutBooks} from '../../core/reshape/without-books.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import type {Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readRows} from './read-rows.ts';
import {schemaAfter} from './schema-after.ts';

/** @returns a bench on a stage, for as long as the caller has it */
export function createBench(stage: Stage, parser: Parser, options: {readonly signal: Signal}): Bench {
  const after = (trial: Trial): Promise<Outcome<Tried<StateAfter>>> =>
    stateAfter(stage, parser, trial, options);
  return {
    schemaAfter: async trial => {
      const read = await schemaAfter(stage, parser, trial, options);
      if (!read.ok) return read;
      if (read.value.kind === 'stopped') return ok(read.value);
      return ok({kind: 'done', value: read.value.snapshot});
    },
    stateAfter: after,
    equalAfter: async ({expected, made}) => {
      const before = await after(expected);
      if (!before.ok) return before;
      if (before.value.kind === 'stopped') return ok(before.value);
      const now = await after(made);
      if (!now.ok) return now;
      if (now.value.kind === 'stopped') return ok(now.value);
      return ok({kind: 'done', value: await differencesOf(parser, before.value.value, now.value.value)});
    },
  };
}

async function stateAfter(
  stage: Stage,
  parser: Parser,
  trial: Trial,
  options: {readonly signal: Signal},
): Promise<Outcome<Tried<StateAfter>>> {
  const after = await schemaAfter(stage, parser, trial, options);
  if (!after.ok) return after;
  if (after.value.kind === 'stopped') return ok(after.value);
  const {snapshot, session} = after.value;
  const books = trial.scripts.flatMap(({bookkeeping}) => bookkeeping?.name ?? []);
  const rows = await readRows(session, [...new Set(books)]);
  return rows.ok ? ok({kind: 'done', value: {snapshot, rows: rows.value}}) : rows;
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
    // By its comment a scratch database is known for one, and for when it was made.
    {ignore: [{kind: 'database', attribute: 'comment'}]},
  );
  return [...differences.map(({words}) => words), ...rowDifferences(expected.rows, made.rows, Date.now())];
}
