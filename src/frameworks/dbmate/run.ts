import type {Block} from '../../core/dbmate/sections.ts';
import type {History} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {placeOf} from '../../core/sql/positions.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {leftOpen} from '../shared/left-open.ts';
import {runSteps} from '../shared/run-plan.ts';
import type {Aftermath, Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {ensureTable, locateTable, recordText, type Table} from './bookkeeping.ts';
import {readStepFiles, type MigrationFile} from './files.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';
import {readKnown} from './status.ts';

/** What every step of a run needs. */
interface Run {
  readonly parser: Parser;
  readonly table: Table;
  /** Read and checked before the first one runs. */
  readonly files: ReadonlyMap<Step, MigrationFile | undefined>;
}

/** See `Project.run`. */
export async function runPlan(
  parser: Parser,
  session: Session,
  plan: Plan,
  history: History,
  settings: Settings,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const files = await readStepFiles(plan.steps);
  if (!files.ok) return files;
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const run: Run = {
    parser,
    table: table.value,
    files: new Map(plan.steps.map((step, index) => [step, files.value[index]])),
  };
  return runSteps(
    session,
    plan,
    {
      failed: 'failed',
      keys: [lockKey],
      prepare: used => ensureTable(used, run.table),
      read: used => readKnown(used, history, run.table),
      step: (used, step, signal) => runStep(run, used, step, signal),
    },
    options,
    reopen,
  );
}

const openAdvice = 'Add the COMMIT, or leave out BEGIN and transaction:false.';

type Stopped = Omit<Stop, 'step'> | undefined;

/** Every section by itself with its record, as the tool does: it fails at the second record of one version. */
async function runStep(run: Run, session: Session, step: Step, signal?: Signal): Promise<Stopped> {
  const file = run.files.get(step);
  for (const [kept, section] of (file?.sections ?? []).entries()) {
    const stopped =
      file && (await runBlock(run, session, file, section[step.direction], {step, kept, signal}));
    if (stopped) return stopped;
  }
  return undefined;
}

interface Sent {
  readonly step: Step;
  /** How many sections of the file are committed already. */
  readonly kept: number;
  readonly signal: Signal | undefined;
}

async function runBlock(
  {parser, table}: Run,
  session: Session,
  file: MigrationFile,
  block: Block,
  {step, kept, signal}: Sent,
): Promise<Stopped> {
  const {transaction} = block;
  const how = {parser, inTransaction: transaction, kept, ...(signal ? {signal} : {})};
  const failed = await sendPiece(session, file, block, transaction ? {...how, opening: 'BEGIN;'} : how);
  if (failed) return failed;
  if (!transaction && session.transactionStatus() !== 'idle') return leftOpen(file.path, openAdvice);
  const record = recordText(table, step.migration.id, step.direction);
  const recorded = await session.script(transaction ? `${record};\nCOMMIT` : record);
  if (recorded.ok) return undefined;
  const aftermath = aftermathOf(transaction, kept, recorded.failure.reason === 'connection-lost');
  return {failure: recorded.failure, aftermath, at: markerRange(file, block)};
}

function aftermathOf(transaction: boolean, kept: number, lost: boolean): Aftermath {
  if (lost) return {kind: 'unknown'};
  if (kept > 0) return {kind: 'pieces-kept', kept};
  return {kind: transaction ? 'rolled-back' : 'unknown'};
}

function markerRange({path, sql}: MigrationFile, {marker}: Block): NonNullable<Stop['at']> {
  return {path, start: placeOf(sql, marker.start), end: placeOf(sql, marker.end)};
}
