import type {Connection, ConnectionSettings, Endpoint} from '../core/connections/connection.ts';
import type {Migration, Position} from '../core/migrations/migration.ts';
import type {LockHolder} from '../core/migrations/lock-holder.ts';
import {labelOf} from '../core/migrations/position.ts';
import type {Plan, PlanWarning, RunEvent, RunReport, Step} from '../core/migrations/plan.ts';
import type {Failure} from '../core/outcome.ts';
import type {
  FailureView,
  HolderView,
  PlanView,
  ReportView,
  RunChange,
  SqlText,
  StepView,
  StepWarning,
} from './run-panel.ts';

/** Everything about a run that the panel shows before it begins. */
export interface RunPanelModel {
  readonly plan: Plan;
  readonly connection: Connection;
  /** The framework's name, as its users write it. */
  readonly framework: string;
  /** The project's folder as people see it, relative to the workspace. */
  readonly folder: string;
  /** The whole history, to call positions by their labels. */
  readonly migrations: readonly Migration[];
  /** Milliseconds; 0 leaves the server's own setting. Absent for what is no server. */
  readonly timeouts?: {readonly lock: number; readonly statement: number};
}

/**
 * @param more what the host adds: the bytes of each step's file where they are known, and what it can do
 * @returns the plan as plain values, without paths and without secrets
 */
export function planView(
  model: RunPanelModel,
  more: {readonly bytes: readonly (number | undefined)[]; readonly canAgain: boolean},
): PlanView {
  const {plan, connection} = model;
  return {
    direction: plan.direction,
    connection: {
      name: connection.name,
      environment: connection.environment,
      readOnly: connection.readOnly,
      address: address(connection.settings),
    },
    framework: model.framework,
    folder: model.folder,
    from: label(plan.from, model.migrations),
    to: label(plan.steps.at(-1)?.leads ?? plan.from, model.migrations),
    steps: plan.steps.map((step, index) => stepView(step, warningsOf(plan, index), more.bytes[index])),
    skipped: skipped(plan).map(({label, title, up}) => ({label, title, hasFile: up !== undefined})),
    ...(model.timeouts === undefined ? {} : {timeouts: model.timeouts}),
    can: {act: true, again: more.canAgain},
  };
}

/** @returns the migrations that the framework will pass over, in the order of `PlanView.skipped`. */
export function skipped(plan: Plan): readonly Migration[] {
  return plan.warnings.flatMap(warning => (warning.kind === 'never-runs' ? [warning.migration] : []));
}

function stepView(step: Step, warnings: readonly StepWarning[], bytes: number | undefined): StepView {
  return {
    label: step.migration.label,
    title: step.migration.title,
    direction: step.direction,
    warnings,
    ...(step.path === undefined ? {} : {file: fileName(step.path)}),
    ...(bytes === undefined ? {} : {bytes}),
  };
}

function warningsOf(plan: Plan, step: number): readonly StepWarning[] {
  const own = (warning: PlanWarning): StepWarning[] =>
    warning.kind !== 'never-runs' && warning.step === step ? [warning.kind] : [];
  return plan.warnings.flatMap(own);
}

/** Such as `app@db.example.com:5432/shop`; several hosts are separated by commas, as in a URL. */
function address({user, endpoints, database}: ConnectionSettings): string {
  // A file has no server.
  if (endpoints.length === 0) return database;
  return `${user}@${endpoints.map(hostAndPort).join(',')}/${database}`;
}

function hostAndPort({host, port}: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function label(position: Position, migrations: readonly Migration[]): string | null {
  return labelOf(position, migrations) ?? null;
}

/** @returns the report as plain values; its steps are named by their index in the plan. */
export function reportView(plan: Plan, report: RunReport): ReportView {
  const view = {
    milliseconds: report.milliseconds,
    done: report.done.map(({milliseconds}) => milliseconds),
    state: stateOf(report.position),
    words: report.words,
  };
  return report.stopped === undefined ? view : {...view, stopped: stoppedView(plan, report, report.stopped)};
}

function stateOf({kind}: RunReport['position']): ReportView['state'] {
  if (kind === 'failed' || kind === 'unknown') return kind;
  return 'clean';
}

function stoppedView(
  plan: Plan,
  report: RunReport,
  {step, failure, at}: NonNullable<RunReport['stopped']>,
): NonNullable<ReportView['stopped']> {
  const found = plan.steps.findIndex(
    ({migration, direction}) => migration.id === step.migration.id && direction === step.direction,
  );
  const view = {step: found === -1 ? report.done.length : found, failure: failureView(failure)};
  if (at === undefined) return view;
  const {line, column} = at.start;
  return {...view, at: {file: fileName(at.path), line: line + 1, column: column + 1}};
}

/** @returns what a person acts on; the rest of the server's fields stays with the host. */
export function failureView({reason, message, advice, setting, server}: Failure): FailureView {
  return {
    reason,
    message,
    ...(advice === undefined ? {} : {advice}),
    ...(setting === undefined ? {} : {setting}),
    ...(server === undefined
      ? {}
      : {
          server: {
            sqlState: server.sqlState,
            severity: server.severity,
            message: server.message,
            ...(server.detail === undefined ? {} : {detail: server.detail}),
            ...(server.hint === undefined ? {} : {hint: server.hint}),
            ...(server.where === undefined ? {} : {where: server.where}),
          },
        }),
  };
}

/** @param now milliseconds since 1970, by the host's clock */
export function changeOf(event: RunEvent, now: number): RunChange {
  switch (event.kind) {
    case 'waiting-for-lock':
      if (event.holder === undefined) return {kind: 'waiting', at: now};
      return {kind: 'waiting', at: now, holder: holderView(event.holder)};
    case 'started':
      return {kind: 'step-started', at: now, step: event.index};
    case 'finished':
      return {kind: 'step-finished', milliseconds: event.report.milliseconds};
    case 'notice':
      return {kind: 'notice', text: event.message};
    default:
      return event satisfies never;
  }
}

function holderView({pid, user, applicationName, clientAddress, ageSeconds}: LockHolder): HolderView {
  return {
    pid,
    ...(user === undefined ? {} : {user}),
    ...(applicationName === undefined ? {} : {application: applicationName}),
    ...(clientAddress === undefined ? {} : {address: clientAddress}),
    ...(ageSeconds === undefined ? {} : {ageSeconds}),
  };
}

/** A page shows the beginning of a long file; the editor shows all of it. */
const previewLines = 200;
const previewCharacters = 20_000;

/** @returns the beginning of `sql`, cut at a line, or within one where a line is very long. */
export function preview(sql: string): SqlText {
  const end = endOfLines(sql, previewLines);
  const text = sql.slice(0, Math.min(end, previewCharacters)).trimEnd();
  const rest = sql.slice(text.length).trim();
  return {kind: 'text', text, hiddenLines: rest === '' ? 0 : countLines(rest)};
}

function endOfLines(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) return text.length;
  }
  return end;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** @returns what a path names, without its folders */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
