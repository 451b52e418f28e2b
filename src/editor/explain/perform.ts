import {l10n} from 'vscode';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Phase} from '../../protocol/explain-panel.ts';
import {decideAfterCautions, decideAfterRefusal} from './decide.ts';
import type {ExplainHome} from './explain-home.ts';
import {explainOnServer, type MadePlan} from './explain-on-server.ts';
import type {ExplainPanel} from './explain-panel.ts';
import {planText} from './plan-text.ts';
import {answeredBy, failureWords, originOf, phaseOfFailure, type Decision} from './plan-view.ts';
import {madePlan} from './shown-plan.ts';
import {tokenOf} from './statement-diagnostics.ts';
import type {Subject} from './subject.ts';

type Failed = Extract<Outcome<never>, {readonly ok: false}>;

/** SQLSTATE read_only_sql_transaction. */
const writes = '25006';

/** Explains the statement as it was decided, and shows in the panel what is going on and what came of it. */
export async function perform(
  home: ExplainHome,
  panel: ExplainPanel,
  subject: Subject,
  decision: Decision,
): Promise<void> {
  if (panel.closed) return;
  panel.subject = subject;
  panel.decision = decision;
  const at = Date.now();
  const signal = panel.session.begin(originOf(subject, decision, at), at);
  home.marks.clear();
  await home.diagnostics.clear(subject.place);
  const made = await explainOnServer(home.parts, subject, decision, signal);
  const run = {subject, decision, at, signal};
  if (!made.ok) return refused(home, panel, run, made);
  if (made.value.kind === 'plan') return present(home, panel, run, made.value);
  const {sentences} = made.value;
  await presentFailure(home, panel, run, notExecuted(sentences));
  const next = await decideAfterCautions(subject, decision, sentences);
  if (next) await perform(home, panel, subject, next);
}

/** A statement may write though nothing in its text says so: a function in it does. */
async function refused(home: ExplainHome, panel: ExplainPanel, run: Run, failed: Failed): Promise<void> {
  const {subject, decision} = run;
  await presentFailure(home, panel, run, failed);
  if (failed.failure.server?.sqlState !== writes || decision.guard !== 'read-only') return;
  const decided = await decideAfterRefusal(subject, decision);
  if (decided.kind === 'decided') await perform(home, panel, subject, decided.decision);
}

function notExecuted(sentences: readonly string[]): Failed {
  return fail('unsupported', l10n.t('It was not executed.'), {advice: sentences.join(' ')});
}

/** Shows why it did not come to a run. */
export async function performNothing(
  home: ExplainHome,
  panel: ExplainPanel,
  subject: Subject,
  decision: Decision,
  failure: Failure,
): Promise<void> {
  panel.subject = subject;
  panel.decision = decision;
  const located = await locate(home, panel, subject, failure);
  const phase: Phase = {kind: 'failed', failure: failureWords(failure, located)};
  panel.session.replace({origin: originOf(subject, decision, Date.now()), phase});
}

interface Run {
  readonly subject: Subject;
  readonly decision: Decision;
  readonly at: number;
  readonly signal: AbortSignal;
}

function present(
  {history}: ExplainHome,
  panel: ExplainPanel,
  {subject, decision, at, signal}: Run,
  {text: json, server, notes}: MadePlan,
): void {
  const origin = answeredBy(originOf(subject, decision, at), server, notes);
  const id = history.newId(subject.fingerprint, at);
  const text = planText([json]);
  const record = {
    version: 1,
    id,
    origin,
    connectionId: subject.connection.id,
    length: text.length,
    place: subject.place ?? null,
    openedFrom: null,
    figures: null,
  } as const;
  panel.plan = madePlan(history, record, text);
  panel.session.end(signal, origin, {kind: 'shown', id, length: text.length});
}

async function presentFailure(
  home: ExplainHome,
  panel: ExplainPanel,
  {subject, decision, at, signal}: Run,
  failed: Failed,
): Promise<void> {
  home.parts.log.failure(`Explaining on ${subject.connection.name}`, failed.failure);
  const located = await locate(home, panel, subject, failed.failure);
  const phase = phaseOfFailure(failed, signal.aborted, Date.now() - at, located);
  panel.session.end(signal, originOf(subject, decision, at), phase);
}

async function locate(
  {diagnostics}: ExplainHome,
  panel: ExplainPanel,
  subject: Subject,
  failure: Failure,
): Promise<boolean> {
  panel.failedAt = tokenOf(subject, failure);
  const {place, connection} = subject;
  if (!place || !panel.failedAt) return false;
  return diagnostics.show(place, panel.failedAt, failure, connection.name);
}
