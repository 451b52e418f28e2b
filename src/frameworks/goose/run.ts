import type {Statement} from '../../core/goose/statements.ts';
import type {History} from '../../core/migrations/migration.ts';
import type {FileRange, Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {leftOpen} from '../shared/left-open.ts';
import {runSteps} from '../shared/run-plan.ts';
import type {Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {ensureTable, recordText} from './bookkeeping.ts';
import {readStepFiles, type MigrationFile} from './files.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';
import {readKnown} from './status.ts';

/** What every step of a run needs. */
interface Run {
  readonly parser: Parser;
  readonly table: string;
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
  const files = await readStepFiles(plan.steps, settings);
  if (!files.ok) return files;
  const {table} = settings;
  const run: Run = {
    parser,
    table,
    files: new Map(plan.steps.map((step, index) => [step, files.value[index]])),
  };
  return runSteps(
    session,
    plan,
    {
      failed: 'failed',
      keys: [lockKey],
      prepare: used => ensureTable(used, table),
      read: used => readKnown(used, history, table),
      step: (used, step, signal) => runStep(run, used, step, signal),
    },
    options,
    reopen,
  );
}

const openAdvice = 'Add the COMMIT, or leave out BEGIN and NO TRANSACTION.';

type Stopped = Omit<Stop, 'step'> | undefined;

/** Each statement is a message of its own; the transaction begins with the first and ends, with the record, in the last. */
async function runStep(run: Run, session: Session, step: Step, signal?: Signal): Promise<Stopped> {
  const file = run.files.get(step);
  const {statements = [], transaction = true} = file ?? {};
  const record = recordText(run.table, step.migration.id, step.direction);
  for (const index of statements.keys()) {
    const failed = file && (await sendStatement(run.parser, session, file, {index, record, signal}));
    if (failed) return failed;
  }
  if (transaction && statements.length > 0) return undefined;
  if (file && session.transactionStatus() !== 'idle') return leftOpen(file.path, openAdvice);
  const recorded = await session.script(record);
  if (recorded.ok) return undefined;
  const {failure} = recorded;
  const kept = statements.length;
  if (failure.reason === 'connection-lost') return {failure, aftermath: {kind: 'unknown'}};
  return {failure, aftermath: kept === 0 ? {kind: 'rolled-back'} : {kind: 'pieces-kept', kept}};
}

interface Sent {
  readonly index: number;
  readonly record: string;
  readonly signal: Signal | undefined;
}

async function sendStatement(
  parser: Parser,
  session: Session,
  {path, statements, transaction}: MigrationFile,
  {index, record, signal}: Sent,
): Promise<Stopped> {
  const statement = statements[index];
  if (!statement) return undefined;
  const {text} = statement;
  const failed = await sendPiece(
    session,
    {path, sql: text},
    {start: 0, end: text.length},
    {
      parser,
      inTransaction: transaction,
      kept: transaction ? 0 : index,
      opening: transaction && index === 0 ? 'BEGIN;' : '',
      closing: transaction && index === statements.length - 1 ? `${record};\nCOMMIT` : '',
      ...(signal ? {signal} : {}),
    },
  );
  return failed?.at ? {...failed, at: inFile(failed.at, statement)} : failed;
}

/** A place in the text that was sent, seen in the file. A line with replaced variables is marked as a whole. */
function inFile({path, start, end}: FileRange, {lines, indent}: Statement): FileRange {
  const place = (at: FileRange['start'], whole: 'start' | 'end'): FileRange['start'] => {
    const line = lines[at.line];
    if (!line) return at;
    if (line.replaced) return {line: line.number, column: whole === 'start' ? 0 : line.text.length};
    return {line: line.number, column: at.column + (at.line === 0 ? indent : 0)};
  };
  return {path, start: place(start, 'start'), end: place(end, 'end')};
}
