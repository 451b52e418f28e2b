import type {Connection} from '../../core/connections/connection.ts';
import {attribute} from '../../core/explain/attribute.ts';
import {askedFacts, findingsOf} from '../../core/explain/findings/findings.ts';
import type {Verdict} from '../../core/explain/gate.ts';
import type {ExplainMode, Guard, ParameterValue, Timeouts} from '../../core/explain/origin.ts';
import type {ExplainedPlan} from '../../core/explain/plan.ts';
import {readPlans} from '../../core/explain/read-plans.ts';
import type {FoundStatement} from '../../core/explain/statement-at.ts';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {cautionsFor} from '../../postgres/explain/cautions.ts';
import {explainStatement, type ExplainRequest} from '../../postgres/explain/explain.ts';
import {readPlanFacts} from '../../postgres/explain/facts.ts';
import {connectionBody, serverBody} from '../bodies.ts';
import {confirm} from '../confirm.ts';
import {exitCodes} from '../exit-codes.ts';
import {doorTo} from '../open.ts';
import {planBodyOf, type StudiedPlan} from '../plan-bodies.ts';
import {readInput} from '../plan-input.ts';
import {harmless} from '../render/harmless.ts';
import {renderExplainHeading} from '../render/explain-heading.ts';
import {renderStudied} from '../render/studied.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';
import {chooseStatement} from './choose-statement.ts';
import {valuesFor} from './values.ts';

export interface ExplainWish {
  readonly mode: ExplainMode;
  /** --analyze and --generic at once. */
  readonly bothModes: boolean;
  readonly rollBack: boolean;
  /** 1-based; absent when the file has one. */
  readonly statement?: number;
  /** `name=value` as given. */
  readonly params: readonly string[];
  /** Names of parameters that are NULL. */
  readonly nulls: readonly string[];
  readonly timeouts: Timeouts;
}

type Executable = Exclude<Verdict, {kind: 'not-explainable'}>;

/** Reads the file, passes the gate, explains on the server, and studies the plan. */
export async function explainFile(
  path: string,
  wish: ExplainWish,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  if (wish.bothModes)
    return fail('invalid-input', 'A generic plan cannot be executed.', {
      advice: 'Give --analyze or --generic.',
    });
  const text = await readInput(path, invocation);
  if (!text.ok) return text;
  const chosen = await chooseStatement(text.value, path, wish.statement);
  if (!chosen.ok) return chosen;
  const {found, verdict} = chosen.value;
  const guard = guardFor(verdict, wish);
  if (!guard.ok) return guard;
  const target = await chooseTarget(invocation);
  if (!target.ok) return target;
  const {connection} = target.value;
  if (guard.value === 'rolled-back' && connection.readOnly)
    return fail('invalid-input', `${connection.name} is read-only here: nothing was executed.`, {
      advice: 'Leave out --roll-back, or choose another connection with --connection.',
    });
  const session = await doorTo(target.value, {readOnly: guard.value !== 'rolled-back'}, invocation).open();
  if (!session.ok) return session;
  try {
    return await onSession(session.value, {wish, found, verdict, guard: guard.value, connection}, invocation);
  } finally {
    await session.value.close();
  }
}

/** @returns how the execution is to be kept from changing anything; nothing where nothing is executed */
function guardFor(verdict: Executable, {mode, rollBack}: ExplainWish): Outcome<Guard | undefined> {
  if (mode !== 'analyze') return ok(undefined);
  if (rollBack) return ok('rolled-back');
  if (verdict.kind === 'reads') return ok('read-only');
  return fail('read-only', `This statement ${verdict.what}: it was not executed.`, {advice: rollBackAdvice});
}

const rollBackAdvice =
  'Leave out --analyze for the plan alone, or add --roll-back to execute it in a transaction that is rolled back. Sequences still advance, and triggers, foreign tables and dblink really run.';

interface Passed {
  readonly wish: ExplainWish;
  readonly found: FoundStatement;
  readonly verdict: Executable;
  readonly guard: Guard | undefined;
  readonly connection: Connection;
}

async function onSession(session: Session, passed: Passed, invocation: Invocation): Promise<Outcome<Report>> {
  const {wish, found, verdict, guard} = passed;
  const {explained} = verdict;
  const sql = found.sql.slice(explained.start, explained.end);
  const values = await valuesFor(session, sql, found.placeholders, wish, invocation);
  if (!values.ok) return values;
  const request = {
    sql,
    timeouts: wish.timeouts,
    ...(values.value.length === 0 || wish.mode === 'generic'
      ? {}
      : {values: values.value.map(({value}) => value)}),
  };
  const allowed = await pass(session, passed, request, invocation);
  if (!allowed.ok) return allowed;
  const answered = await explainStatement(
    session,
    {...request, mode: wish.mode, ...(guard === undefined ? {} : {guard})},
    invocation.signal,
  );
  if (!answered.ok) return {ok: false, failure: advised(answered.failure)};
  const plans = readPlans(answered.value.text);
  if (!plans.ok) return plans;
  const studied = await Promise.all(plans.value.map(plan => study(plan, session)));
  const notes = [...verdict.notes, ...answered.value.notes];
  return ok(explainReport(session, passed, {sql, values: values.value, studied, notes}));
}

/** Asks before an execution that writes, that no rollback takes back whole, or that is on production. */
async function pass(
  session: Session,
  {guard, verdict, connection}: Passed,
  request: Omit<ExplainRequest, 'mode' | 'guard'>,
  invocation: Invocation,
): Promise<Outcome<void>> {
  if (guard === undefined) return ok(undefined);
  const cautions = await cautionsFor(session, request, invocation.signal);
  if (!cautions.ok) return cautions;
  const {terminal} = invocation;
  for (const caution of cautions.value)
    terminal.note(`${terminal.notePaint('yellow', 'warning:')} ${harmless(caution)}\n`);
  const what = verdict.kind === 'reads' ? '' : ` (it ${verdict.what})`;
  if (guard === 'rolled-back')
    return confirm(`Execute the statement${what} and roll it back`, connection, invocation);
  if (connection.environment !== 'production' && cautions.value.length === 0) return ok(undefined);
  return confirm('Execute the statement, read-only,', connection, invocation);
}

function advised(failure: Failure): Failure {
  return failure.reason === 'read-only' ? {...failure, advice: rollBackAdvice} : failure;
}

/** Where the catalog cannot be asked, the findings say so themselves. */
async function study(plan: ExplainedPlan, session: Session): Promise<StudiedPlan> {
  const attribution = attribute(plan);
  const facts = await readPlanFacts(session, askedFacts(plan));
  return {attribution, findings: findingsOf(attribution, facts.ok ? facts.value : undefined)};
}

function explainReport(
  session: Session,
  {wish, guard, connection}: Passed,
  {
    sql,
    values,
    studied,
    notes,
  }: {
    readonly sql: string;
    readonly values: readonly ParameterValue[];
    readonly studied: readonly StudiedPlan[];
    readonly notes: readonly string[];
  },
): Report {
  const body = {
    command: 'explain',
    connection: connectionBody(connection),
    server: serverBody(session.server),
    mode: wish.mode,
    ...(guard === undefined ? {} : {guard}),
    statement: sql,
    parameters: values,
    plans: studied.map(planBodyOf),
    notes,
  } as const;
  return report(
    'explain',
    exitCodes.done,
    body,
    paint =>
      `${renderExplainHeading(session, connection, {mode: wish.mode, guard, notes}, paint)}${renderStudied(studied, paint)}`,
  );
}
