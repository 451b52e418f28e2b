import type {Connection} from '../../core/connections/connection.ts';
import type {Verdict} from '../../core/explain/gate.ts';
import type {ExplainMode, Guard} from '../../core/explain/origin.ts';

export type Explainable = Exclude<Verdict, {readonly kind: 'not-explainable'}>;

/** What has to be asked before a statement is explained in some way. */
export type GateStep =
  | {readonly kind: 'go'; readonly guard?: Guard}
  /** Executing it is refused, because the connection is read-only: it is planned instead. */
  | {readonly kind: 'plan-only'}
  /** It changes data, or calls what nobody can take back: planned, or executed under `guard` after the question. */
  | {readonly kind: 'ask'; readonly about: 'writes' | 'escapes'; readonly guard: Guard}
  /** Production: it is executed once the connection's name is typed. */
  | {readonly kind: 'type-name'; readonly guard: Guard};

type Target = Pick<Connection, 'environment' | 'readOnly'>;

/** @returns the step before a statement is explained; `mode` is what the user chose. */
export function firstStep(verdict: Pick<Verdict, 'kind'>, mode: ExplainMode, target: Target): GateStep {
  if (mode !== 'analyze') return {kind: 'go'};
  switch (verdict.kind) {
    case 'reads':
      return confirmed('read-only', target);
    case 'writes':
      return rollingBack('writes', target);
    case 'escapes':
      return {kind: 'ask', about: 'escapes', guard: 'read-only'};
    case 'not-explainable':
      return {kind: 'plan-only'};
    default:
      return verdict.kind satisfies never;
  }
}

/** @returns the step after the server refused a read-only execution, because the statement writes after all. */
export function afterRefusal(target: Target): GateStep {
  return rollingBack('writes', target);
}

/** @returns the step once the user chose to execute it under `guard`. */
export function confirmed(guard: Guard, {environment, readOnly}: Target): GateStep {
  if (guard === 'rolled-back' && readOnly) return {kind: 'plan-only'};
  return environment === 'production' ? {kind: 'type-name', guard} : {kind: 'go', guard};
}

function rollingBack(about: 'writes', {readOnly}: Target): GateStep {
  return readOnly ? {kind: 'plan-only'} : {kind: 'ask', about, guard: 'rolled-back'};
}
