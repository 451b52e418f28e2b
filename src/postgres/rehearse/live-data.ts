import * as z from 'zod';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import {levelOf} from '../../core/rehearse/locks.ts';
import {liveQuestions, type LiveQuestion} from '../../core/rehearse/live-questions.ts';
import type {DataCheck, DataLoss, StepRehearsal} from '../../core/rehearse/report.ts';
import type {QueryResult, Session, Signal} from '../../core/session.ts';
import {rolledBack} from '../explain/transaction.ts';
import {invalidTextSql, keySql, offendersSql} from './sql/live-data.ts';

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
    const result = signal?.aborted === true ? unknown(cancelled) : await answer(live, question, signal);
    checks.push({what: question.what, ...(at ? {at} : {}), result});
  }
  return checks;
}

const {failure: cancelled} = fail('cancelled', 'Cancelled before it was asked.');

async function answer(
  live: Session,
  question: LiveQuestion,
  signal: Signal | undefined,
): Promise<DataCheck['result']> {
  const key = await inReadOnly(live, keySql, [question.table], signal);
  if (!key.ok) return unknown(key.failure);
  const columns = Key.parse(key.value.rows).map(({name}) => name);
  const asked = await inReadOnly(live, offendersSql(question, columns), [], signal);
  if (question.ask.kind === 'cast')
    return asked.ok ? {kind: 'passes'} : castResult(live, question, asked.failure, columns, signal);
  return asked.ok ? resultOf(asked.value) : unknown(asked.failure);
}

/** An error of class 22 is one of the data: it is the first row that has stopped it. */
async function castResult(
  live: Session,
  {table, ask}: LiveQuestion,
  failure: Failure,
  key: readonly string[],
  signal: Signal | undefined,
): Promise<DataCheck['result']> {
  if (failure.server?.sqlState.startsWith('22') !== true || ask.kind !== 'cast') return unknown(failure);
  const counted =
    live.server.versionNumber >= 160_000
      ? await inReadOnly(live, invalidTextSql(table, ask.column, ask.type, key), [], signal)
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

/** Row security would hide rows that the constraint sees; switched off it is an error instead. */
function inReadOnly(
  live: Session,
  sql: string,
  params: readonly unknown[],
  signal: Signal | undefined,
): Promise<Outcome<QueryResult>> {
  return rolledBack(live, {readOnly: true, timeouts, signal}, async () => {
    const set = await live.script("SET LOCAL row_security = off; SET LOCAL search_path = ''", signal);
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
    const rows = sql === undefined ? undefined : await inReadOnly(live, sql, [], signal);
    const count = rows?.ok ? Offenders.parse(rows.value.rows)[0].rows : undefined;
    counted.push({...loss, ...(count === undefined ? {} : {rows: count})});
  }
  return counted;
}

/** Of a column the rows that have a value in it. The key has its names quoted already. */
function lostSql(object: string | undefined): string | undefined {
  const [, kind, name = ''] = /^(table|column) (.+)$/s.exec(object ?? '') ?? [];
  if (kind === 'table') return `SELECT count(*)::int8::text AS rows, NULL AS example FROM ${name} AS t`;
  const parts = /^(.+)\.("(?:[^"]|"")+"|[^."]+)$/s.exec(name);
  const [, table, column] = parts ?? [];
  if (kind !== 'column' || table === undefined || column === undefined) return undefined;
  return `SELECT count(t.${column})::int8::text AS rows, NULL AS example FROM ${table} AS t`;
}
