import * as z from 'zod';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import {levelOf} from '../../core/rehearse/locks.ts';
import {liveQuestions, type LiveQuestion} from '../../core/rehearse/live-questions.ts';
import type {DataCheck, DataLoss, StepRehearsal} from '../../core/rehearse/report.ts';
import type {QueryResult, Session, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {rolledBack} from '../explain/transaction.ts';
import {allRowsSql, invalidTextSql, keySql, offendersSql} from './sql/live-data.ts';

const Key = z.array(z.object({name: z.string()}));
const Offenders = z.tuple([z.object({rows: z.coerce.number(), example: z.nullable(z.string())})]);

/** Milliseconds that one question may take. */
const timeouts = {statement: 15_000, lock: 1000};

/**
 * Asks the target's rows whether they would let the migration through: each question in a read-only transaction of its
 * own, with a limit of time. The questions come from the schema that the rehearsal has led to.
 * @param live outside of a transaction; used by nobody else meanwhile
 * @returns one answer for each thing that is demanded of rows; `unknown` where the target has no such column or table
 * yet, where the role may not read it or all of it, and where it took too long
 */
export async function checkLiveData(
  live: Session,
  step: Pick<StepRehearsal, 'changes' | 'statements'>,
  signal?: Signal,
): Promise<readonly DataCheck[]> {
  const checks: DataCheck[] = [];
  for (const question of liveQuestions(step.changes)) {
    const at = placeOf(step, question.table);
    const result = await answerQuestion(live, question, signal);
    checks.push({what: question.what, ...(at ? {at} : {}), result});
  }
  return checks;
}

const {failure: cancelled} = fail('cancelled', 'Cancelled before it was asked.');

/**
 * @param live outside of a transaction; used by nobody else meanwhile
 * @returns how many of the rows that are there contradict, and one of them; `unknown` where the target has no such column
 * or table, where the role may not read it or all of it, where it took too long, and after an abort
 */
export async function answerQuestion(
  live: Session,
  question: LiveQuestion,
  signal?: Signal,
): Promise<DataCheck['result']> {
  if (signal?.aborted === true) return unknown(cancelled);
  const key = await inReadOnly(live, {sql: keySql, params: [question.table]}, signal);
  if (!key.ok) return unknown(key.failure);
  const columns = Key.parse(key.value.rows).map(({name}) => name);
  const asked = await inReadOnly(
    live,
    {sql: offendersSql(question, columns), path: pathOf(question)},
    signal,
  );
  if (question.ask.kind === 'cast')
    return asked.ok ? {kind: 'passes'} : castResult(live, question, asked.failure, columns, signal);
  return asked.ok ? resultOf(asked.value) : unknown(asked.failure);
}

/** An error of class 22 is one of the data: it is the first row that has stopped it. */
async function castResult(
  live: Session,
  question: LiveQuestion,
  failure: Failure,
  key: readonly string[],
  signal: Signal | undefined,
): Promise<DataCheck['result']> {
  const {table, ask} = question;
  if (failure.server?.sqlState.startsWith('22') !== true || ask.kind !== 'cast') return unknown(failure);
  const counted =
    ask.value === undefined && testsTexts(live)
      ? await inReadOnly(
          live,
          {sql: invalidTextSql(table, ask.column, ask.type, key), path: pathOf(question)},
          signal,
        )
      : undefined;
  const result = counted?.ok ? resultOf(counted.value) : undefined;
  return result?.kind === 'offends'
    ? result
    : {kind: 'offends', rows: 1, atLeast: true, example: failure.message};
}

function resultOf({rows}: QueryResult): DataCheck['result'] {
  const [{rows: count, example}] = Offenders.parse(rows);
  if (count === 0) return {kind: 'passes'};
  return {kind: 'offends', rows: count, ...(example === null ? {} : {example})};
}

function unknown(failure: Failure): DataCheck['result'] {
  return {kind: 'unknown', failure};
}

/** @returns whether the server knows `pg_input_is_valid` */
export function testsTexts({server}: Session): boolean {
  return server.versionNumber >= 160_000;
}

function pathOf({writtenFor}: LiveQuestion): string {
  return writtenFor === undefined ? "''" : `${quoteIdentifier(writtenFor)}, public`;
}

/** @returns how many rows a table has; undefined where that cannot be read, or took too long */
export async function countRows(live: Session, table: string, signal?: Signal): Promise<number | undefined> {
  const counted = await inReadOnly(live, {sql: allRowsSql(table)}, signal);
  return counted.ok ? Offenders.parse(counted.value.rows)[0].rows : undefined;
}

interface ReadOnlyQuery {
  readonly sql: string;
  readonly params?: readonly unknown[];
  /** A `search_path` as SET takes it; empty unless told. */
  readonly path?: string;
}

/** Row security would hide rows that the constraint sees; switched off it is an error instead. */
export function inReadOnly(
  live: Session,
  {sql, params = [], path = "''"}: ReadOnlyQuery,
  signal?: Signal,
): Promise<Outcome<QueryResult>> {
  return rolledBack(live, {readOnly: true, timeouts, signal}, async () => {
    const set = await live.script(`SET LOCAL row_security = off; SET LOCAL search_path = ${path}`, signal);
    return set.ok ? live.query(sql, params, signal) : set;
  });
}

/** The statement that scans the table, or else the one that locks it most. */
function placeOf({statements}: Pick<StepRehearsal, 'statements'>, table: string): FileRange | undefined {
  const scanning = statements.find(({scans}) => scans.includes(table));
  const strength = ({locks}: StepRehearsal['statements'][number]): number =>
    Math.max(0, ...locks.filter(({relation}) => relation === table).map(({mode}) => levelOf(mode)));
  const locking = statements.toSorted((a, b) => strength(b) - strength(a))[0];
  return (scanning ?? (locking && strength(locking) > 0 ? locking : undefined))?.range;
}

/** @returns the losses with the rows that the target would lose today, where it could be asked */
export async function withLostRows(
  live: Session,
  losses: readonly DataLoss[],
  signal?: Signal,
): Promise<readonly DataLoss[]> {
  const counted: DataLoss[] = [];
  for (const loss of losses) {
    const sql = loss.grade === 'existing' ? lostSql(loss.object) : undefined;
    const rows = sql === undefined ? undefined : await inReadOnly(live, {sql}, signal);
    const count = rows?.ok ? Offenders.parse(rows.value.rows)[0].rows : undefined;
    counted.push({...loss, ...(count === undefined ? {} : {rows: count})});
  }
  return counted;
}

/** Of a column the rows that have a value in it. The key has its names quoted already. */
function lostSql(object: string | undefined): string | undefined {
  const [, kind, name = ''] = /^(table|column) (.+)$/s.exec(object ?? '') ?? [];
  if (kind === 'table') return allRowsSql(name);
  const parts = /^(.+)\.("(?:[^"]|"")+"|[^."]+)$/s.exec(name);
  const [, table, column] = parts ?? [];
  if (kind !== 'column' || table === undefined || column === undefined) return undefined;
  return `SELECT count(t.${column})::int8::text AS rows, NULL AS example FROM ${table} AS t`;
}
