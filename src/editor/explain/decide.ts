import {l10n, ProgressLocation, window} from 'vscode';
import type {ExplainMode, ParameterValue} from '../../core/explain/origin.ts';
import type {Failure, Outcome} from '../../core/outcome.ts';
import {parameterTypes} from '../../postgres/explain/parameter-types.ts';
import {settings} from '../settings.ts';
import {askParameters} from './ask-parameters.ts';
import type {ExplainHome} from './explain-home.ts';
import {askCautioned, passGate, plannedOnly} from './gate-questions.ts';
import {afterRefusal, firstStep, type GateStep} from './gate-step.ts';
import {recallValues, rememberValues} from './parameter-memory.ts';
import type {Decision} from './plan-view.ts';
import type {Subject} from './subject.ts';

export type Decided =
  | {readonly kind: 'decided'; readonly decision: Decision}
  | {readonly kind: 'failed'; readonly failure: Failure}
  | {readonly kind: 'left'};

export interface DecideOptions {
  /** How the panel explained the same statement before. */
  readonly previous?: Decision;
  /** Asks for values even where the panel knows some. */
  readonly askValues?: boolean;
}

/** Asks all that has to be known before a statement is explained: values, and whether it may be executed. */
export async function decide(
  home: ExplainHome,
  subject: Subject,
  mode: ExplainMode,
  {previous, askValues}: DecideOptions = {},
): Promise<Decided> {
  const values = await valuesFor(home, subject, mode, askValues ? undefined : previous);
  if (values.kind !== 'values') return values;
  const timeouts = {statement: settings.explainStatementTimeout(), lock: settings.explainLockTimeout()};
  const isDevelopment = subject.connection.environment === 'development';
  const base = {
    mode: values.mode,
    parameters: values.parameters,
    timeouts,
    notes: [],
    cautioned: isDevelopment && previous?.cautioned === true,
  };
  const step = stepFor(subject, values.mode, previous);
  if (step.kind === 'go' && step.guard === undefined) return {kind: 'decided', decision: base};
  return decideAt(subject, base, step);
}

/** What follows when the server refused a read-only execution. */
export async function decideAfterRefusal(subject: Subject, decision: Decision): Promise<Decided> {
  return decideAt(subject, decision, afterRefusal(subject.connection));
}

/** @param sentences what no transaction takes back @returns nothing when the user left */
export async function decideAfterCautions(
  {connection}: Subject,
  decision: Decision,
  sentences: readonly string[],
): Promise<Decision | undefined> {
  const answer = await askCautioned(connection.name, sentences);
  if (answer === 'run') return {...decision, cautioned: true};
  const {guard: _, ...planned} = decision;
  return answer === 'plan' ? {...planned, mode: 'explain', notes: [plannedOnly()]} : undefined;
}

async function decideAt({connection, verdict}: Subject, base: Decision, step: GateStep): Promise<Decided> {
  const what = verdict.kind === 'reads' ? writesAfterAll() : verdict.what;
  const passage = await passGate({connection, what, statementTimeout: base.timeouts.statement}, step);
  if (!passage) return {kind: 'left'};
  const {guard: _, ...planned} = base;
  return passage.kind === 'execute'
    ? {
        kind: 'decided',
        decision: {...planned, guard: passage.guard, cautioned: base.cautioned || verdict.kind === 'escapes'},
      }
    : {kind: 'decided', decision: {...planned, mode: 'explain', notes: passage.notes}};
}

/** A roll-back that was agreed to in the same panel holds there, but for a connection that matters. */
function stepFor(
  {verdict, connection}: Subject,
  mode: ExplainMode,
  previous: Decision | undefined,
): GateStep {
  if (mode !== 'analyze' || previous?.guard !== 'rolled-back') return firstStep(verdict, mode, connection);
  const step = afterRefusal(connection);
  return step.kind === 'ask' && connection.environment === 'development'
    ? {kind: 'go', guard: step.guard}
    : step;
}

function writesAfterAll(): string {
  return l10n.t('writes: the server refused to run it in a read-only transaction');
}

type Values =
  | {readonly kind: 'values'; readonly mode: ExplainMode; readonly parameters: readonly ParameterValue[]}
  | Exclude<Decided, {readonly kind: 'decided'}>;

async function valuesFor(
  home: ExplainHome,
  subject: Subject,
  mode: ExplainMode,
  previous: Decision | undefined,
): Promise<Values> {
  const {placeholders} = subject.found;
  if (placeholders.length === 0 || mode === 'generic') return {kind: 'values', mode, parameters: []};
  const known = previous?.parameters ?? [];
  if (known.length === placeholders.length) return {kind: 'values', mode, parameters: known};
  const types = await typesOf(home, subject);
  if (!types.ok) return {kind: 'failed', failure: types.failure};
  const memento = home.parts.context.workspaceState;
  const answer = await askParameters({
    placeholders,
    types: types.value,
    known: recallValues(memento, subject.fingerprint),
  });
  if (!answer) return {kind: 'left'};
  if (answer.kind === 'generic') return {kind: 'values', mode: 'generic', parameters: []};
  await rememberValues(
    memento,
    subject.fingerprint,
    answer.values.map(({value}) => value),
  );
  return {kind: 'values', mode, parameters: answer.values};
}

/** On a session of its own: what is prepared there must meet nothing else. */
function typesOf({parts}: ExplainHome, {connection, sql}: Subject): Promise<Outcome<readonly string[]>> {
  const title = l10n.t('Asking {0} for the types of the parameters', connection.name);
  return Promise.resolve(
    window.withProgress({location: ProgressLocation.Window, title}, async () => {
      const session = await parts.sessions.open(connection, {readOnly: true, ask: true});
      if (!session.ok) return session;
      const types = await parameterTypes(session.value, sql);
      await session.value.close();
      return types;
    }),
  );
}
