import * as z from 'zod/mini';
import type {RowsAnswer} from '../../core/lint/rows/rows-answer.ts';
import type {Needed, RowsQuestion} from '../../core/lint/rows/rows-question.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {answerQuestion, countRows, inReadOnly, testsTexts} from './live-data.ts';
import {missingSql, offendingRowsSql} from './sql/live-data.ts';

const Missing = z.array(z.object({table: z.string(), column: z.nullable(z.string())}));

/**
 * Asks the rows of today what a statement demands of them, as a rehearsal does: each question in a read-only transaction
 * of its own, with a limit of time.
 * @param live outside of a transaction; used by nobody else meanwhile
 * @returns one answer for each question
 */
export async function askRows(
  live: Session,
  questions: readonly RowsQuestion[],
  signal?: Signal,
): Promise<readonly RowsAnswer[]> {
  const answers: RowsAnswer[] = [];
  for (const question of questions) answers.push(await askOne(live, question, signal));
  return answers;
}

async function askOne(
  live: Session,
  {question, needs}: RowsQuestion,
  signal: Signal | undefined,
): Promise<RowsAnswer> {
  const missing = await missingOn(live, needs, signal);
  if (!missing.ok) return {kind: 'unknown', failure: missing.failure};
  if (missing.value !== undefined) return {kind: 'missing', object: missing.value};
  const result = await answerQuestion(live, question, signal);
  if (result.kind !== 'offends') return result;
  const of = await countRows(live, question.table, signal);
  const sql = offendingRowsSql(question, testsTexts(live));
  return {
    kind: 'offends',
    rows: result.rows,
    ...(result.atLeast ? {atLeast: true} : {}),
    ...(of === undefined ? {} : {of}),
    ...(sql === undefined ? {} : {sql}),
  };
}

/** @returns the first table or column that is not there; undefined where all are */
async function missingOn(
  live: Session,
  needs: readonly Needed[],
  signal: Signal | undefined,
): Promise<Outcome<string | undefined>> {
  const wanted = needs.flatMap(({table, columns}) => [{table}, ...columns.map(column => ({table, column}))]);
  const asked = await inReadOnly(live, {sql: missingSql, params: [JSON.stringify(wanted)]}, signal);
  if (!asked.ok) return asked;
  const [first] = Missing.parse(asked.value.rows);
  if (!first) return ok(undefined);
  const table = first.table.replace(/^public\./, '');
  return ok(first.column === null ? table : `${table}.${quoteWhereNeeded(first.column)}`);
}
