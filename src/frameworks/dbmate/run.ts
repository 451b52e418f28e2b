import type {Block} from '../../core/dbmate/sections.ts';
import type {History} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {placeOf, positionOfOffset} from '../../core/sql/positions.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {leftOpen} from '../shared/left-open.ts';
import {runSteps} from '../shared/run-plan.ts';
import type {Stop} from '../shared/run-words.ts';
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

/** A transaction with its record is one message, and so one round trip. */
async function runBlock(
  {parser, table}: Run,
  session: Session,
  file: MigrationFile,
  block: Block,
  {step, kept, signal}: Sent,
): Promise<Stopped> {
  const {transaction} = block;
  const record = recordText(table, step.migration.id, step.direction);
  const how = {parser, inTransaction: transaction, kept, ...(signal ? {signal} : {})};
  const framed = transaction ? {...how, opening: 'BEGIN;', closing: `${record};\nCOMMIT`} : how;
  const failed = await sendPiece(session, file, block, framed);
  const text = file.sql.slice(block.start, block.end);
  if (failed && isRecord(failed, table, text)) return {...failed, at: markerRange(file, block)};
  if (failed || transaction) return failed;
  if (session.transactionStatus() !== 'idle') return leftOpen(file.path, openAdvice);
  const recorded = await session.script(record);
  if (recorded.ok) return undefined;
  const aftermath = kept > 0 ? ({kind: 'pieces-kept', kept} as const) : ({kind: 'unknown'} as const);
  return {failure: recorded.failure, aftermath, at: markerRange(file, block)};
}

/** Whether it is the record that failed: it stands behind the block, and only it writes to the table. */
function isRecord({failure}: Omit<Stop, 'step'>, table: Table, text: string): boolean {
  const {server} = failure;
  if (server?.schema === table.schema && server.table === table.name) return true;
  return (server?.position ?? 0) > positionOfOffset(text, text.length);
}

function markerRange({path, sql}: MigrationFile, {marker}: Block): NonNullable<Stop['at']> {
  return {path, start: placeOf(sql, marker.start), end: placeOf(sql, marker.end)};
}
