import type {ExplainMode, Guard, ParameterValue, Timeouts} from '../../core/explain/origin.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Failure, Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import type {FailureWords, OriginView, Phase} from '../../protocol/explain-panel.ts';
import {shortened, type Subject} from './subject.ts';

/** How a statement is explained, after all questions. */
export interface Decision {
  readonly mode: ExplainMode;
  /** Present for `analyze`. */
  readonly guard?: Guard;
  /** By number; empty for a generic plan. */
  readonly parameters: readonly ParameterValue[];
  readonly timeouts: Timeouts;
  /** Whether the user wants it executed, knowing what no transaction takes back. */
  readonly cautioned?: boolean;
  /** Sentences the user should know. */
  readonly notes: readonly string[];
}

/** @returns what the panel says above a plan. Holds no password. */
export function originOf(subject: Subject, decision: Decision, at: number): OriginView {
  const {settings, name, environment} = subject.connection;
  return {
    mode: decision.mode,
    connection: {
      name,
      environment,
      address: describeTarget(settings),
      database: settings.database,
      user: settings.user,
      serverVersion: '',
    },
    title: shortened(subject.sql, 120),
    statement: subject.sql,
    parameters: decision.parameters.map(({name, type, value}) => ({name, type: type ?? null, value})),
    guard: decision.guard ?? null,
    at,
    timeouts: {...decision.timeouts},
    notes: [...subject.verdict.notes, ...decision.notes],
  };
}

/** @returns the origin with what the server says of itself and of the run. */
export function answeredBy(origin: OriginView, server: ServerIdentity, notes: readonly string[]): OriginView {
  const {connection} = origin;
  if (connection === null) return origin;
  const {version: serverVersion, database, user} = server;
  return {
    ...origin,
    connection: {...connection, serverVersion, database, user},
    notes: [...origin.notes, ...notes],
  };
}

/** What an opened plan says of itself: nothing but its name. */
export function openedOrigin(title: string, at: number): OriginView {
  return {
    mode: 'opened',
    connection: null,
    title,
    statement: '',
    parameters: [],
    guard: null,
    at,
    timeouts: null,
    notes: [],
  };
}

export function failureWords({message, advice, server}: Failure, located: boolean): FailureWords {
  return {
    message,
    advice: advice ?? null,
    detail: server?.detail ?? null,
    hint: server?.hint === advice ? null : (server?.hint ?? null),
    sqlState: server?.sqlState ?? null,
    located,
  };
}

/**
 * @param asked whether the user cancelled
 * @param afterMs from the start of the run
 * @returns the phase after a run without a plan; a cancel is confirmed only by the server's own word
 */
export function phaseOfFailure(
  failed: Extract<Outcome<never>, {readonly ok: false}>,
  asked: boolean,
  afterMs: number,
  located: boolean,
): Phase {
  const {reason, server} = failed.failure;
  if (reason === 'cancelled' && server !== undefined) return {kind: 'cancelled', confirmed: true, afterMs};
  // The server did not react to any cancel request, and was left behind.
  if (asked && reason === 'connection-lost') return {kind: 'cancelled', confirmed: false, afterMs};
  return {kind: 'failed', failure: failureWords(failed.failure, located)};
}
