import {setImmediate} from 'node:timers/promises';
import {l10n, Uri} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {RehearsalProgress} from '../../core/rehearse/progress.ts';
import type {RehearsalReport} from '../../core/rehearse/report.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {rehearseOnServer, type ServerRehearsed} from '../../postgres/rehearse/on-server.ts';
import {rehearse, type Rehearsed} from '../../postgres/rehearse/rehearse.ts';
import {failureView} from '../../protocol/run-model.ts';
import {
  located,
  statementView,
  stepView,
  stepViews,
  stopView,
  type StepModel,
} from '../../protocol/rehearsal-model.ts';
import {linesOf} from '../../protocol/rehearsal-source.ts';
import type {RehearsalChange, RehearsalView} from '../../protocol/rehearsal-view.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import type {RehearsalSession} from './rehearsal-session.ts';
import {readScripts, type RehearsalScripts, type RehearsalSubject} from './rehearsal-subject.ts';

export type Where = RehearsalView['about']['where'];

export interface PerformHome {
  readonly parts: Parts;
  readonly parser: Parser;
}

type Result = Rehearsed | ServerRehearsed;

/** Whether the user may be asked for a password. */
export interface PerformOptions {
  readonly ask: boolean;
}

/** Rehearses, tells the session of everything as it comes, and ends it. Never fails. */
export async function perform(
  home: PerformHome,
  subject: RehearsalSubject,
  session: RehearsalSession,
  options: PerformOptions,
): Promise<void> {
  try {
    await performOrThrow(home, subject, session, options);
  } catch (error) {
    // A defect: without this the panel would turn its wheel for ever.
    home.parts.log.info(
      `Rehearsing: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    const broke = fail('unsupported', l10n.t('Howdah broke off. Its log says more.'));
    session.change({kind: 'failed', failure: failureView(broke.failure)});
  }
}

async function performOrThrow(
  home: PerformHome,
  subject: RehearsalSubject,
  session: RehearsalSession,
  options: PerformOptions,
): Promise<void> {
  const began = performance.now();
  const scripts = await readScripts(home.parts, subject);
  const rehearsed = scripts.ok ? await rehearseAt(home, subject, scripts.value, session, options) : scripts;
  const milliseconds = performance.now() - began;
  if (!rehearsed.ok) {
    const {failure} = rehearsed;
    if (session.signal.aborted) return session.change({kind: 'cancelled', milliseconds});
    home.parts.log.failure('Rehearsing', failure);
    return session.change({kind: 'failed', failure: failureView(failure)});
  }
  if (scripts.ok) await present(session, rehearsed.value, scripts.value, subject, milliseconds);
}

async function present(
  session: RehearsalSession,
  rehearsed: Result,
  {history, models}: RehearsalScripts,
  {connection}: RehearsalSubject,
  milliseconds: number,
): Promise<void> {
  switch (rehearsed.kind) {
    case 'report':
      return end(session, rehearsed.report, models, connection);
    case 'stopped': {
      const {stop} = rehearsed;
      if (session.signal.aborted) return session.change({kind: 'cancelled', milliseconds});
      session.stop = stop;
      const script = history.find(({migration}) => migration.id === stop.migration.id);
      return session.change({kind: 'stopped', stop: stopView(stop, script && linesOf(script.sql))});
    }
    case 'refused': {
      const refused = rehearsed.refused.flatMap(({migration, why, at}) => {
        const step = models.findIndex(model => model.migration.id === migration.id);
        const model = models[step];
        return model ? [{step, why, ...located(model, at)}] : [];
      });
      return session.change({kind: 'refused', refused});
    }
    default:
      return rehearsed satisfies never;
  }
}

async function end(
  session: RehearsalSession,
  report: RehearsalReport,
  models: readonly StepModel[],
  connection: Connection | undefined,
): Promise<void> {
  const steps = await stepViews(models, report.steps, () => setImmediate());
  session.report = report;
  session.change({
    kind: 'ended',
    steps,
    version: report.version,
    connection: connection ? {name: connection.name, environment: connection.environment} : null,
    replay: report.replay,
    notes: [...report.notes],
    milliseconds: report.milliseconds,
  });
}

async function rehearseAt(
  {parts, parser}: PerformHome,
  subject: RehearsalSubject,
  scripts: RehearsalScripts,
  session: RehearsalSession,
  {ask}: PerformOptions,
): Promise<Outcome<Result>> {
  const {where} = session.view.about;
  const {signal} = session;
  let begun = false;
  const onProgress = (event: RehearsalProgress): void => {
    // What is replayed between two steps is the first of them.
    if (event.kind === 'replaying' && begun) return;
    begun ||= event.kind === 'step';
    for (const change of changesOf(event, scripts.models)) session.change(change);
  };
  if (where === 'server') return onServer(parts, parser, subject, scripts, {signal, onProgress});
  const [stage, live] = await Promise.all([
    openStage(parts, where, subject.connection, signal),
    openLive(parts, subject.connection, ask, signal),
  ]);
  if (!stage.ok) {
    if (live?.ok) await live.value.close();
    return stage;
  }
  try {
    const rehearsed = await rehearse(
      {stage: stage.value, parser, ...(live?.ok ? {live: live.value} : {})},
      {
        project: subject.project.id,
        history: scripts.history,
        steps: scripts.steps,
        ...(live?.ok && subject.connection ? {target: subject.connection.name} : {}),
      },
      {signal, onProgress},
    );
    return live?.ok === false ? withNote(rehearsed, withoutSizes(live.failure)) : rehearsed;
  } finally {
    if (live?.ok) await live.value.close();
    await stage.value.release();
  }
}

async function openStage(
  parts: Parts,
  where: 'embedded' | 'scratch',
  connection: Connection | undefined,
  signal: AbortSignal,
): Promise<Outcome<Stage>> {
  if (where === 'embedded') return parts.stages.openEmbedded(signal);
  return connection ? parts.stages.openScratch(connection, signal) : noConnection();
}

function withNote(rehearsed: Outcome<Rehearsed>, note: string): Outcome<Rehearsed> {
  if (!rehearsed.ok || rehearsed.value.kind !== 'report') return rehearsed;
  const {report} = rehearsed.value;
  return ok({kind: 'report', report: {...report, notes: [note, ...report.notes]}});
}

function withoutSizes({message}: Failure): string {
  return l10n.t('Sizes and traffic are not in this report: {0}', message);
}

/** Without it the report has no sizes, which is no reason not to rehearse. */
async function openLive(
  parts: Parts,
  connection: Connection | undefined,
  ask: boolean,
  signal: AbortSignal,
): Promise<Outcome<Session> | undefined> {
  return connection && parts.sessions.open(connection, {readOnly: true, ask, signal});
}

async function onServer(
  parts: Parts,
  parser: Parser,
  {connection, project}: RehearsalSubject,
  {steps}: RehearsalScripts,
  run: {readonly signal: AbortSignal; readonly onProgress: (event: RehearsalProgress) => void},
): Promise<Outcome<ServerRehearsed>> {
  if (!connection) return noConnection();
  const session = await parts.sessions.open(connection, {readOnly: false, ask: true, signal: run.signal});
  if (!session.ok) return session;
  try {
    return await rehearseOnServer(
      session.value,
      parser,
      {steps, target: connection.name},
      {...run, ...timeouts(settings.lockTimeout(Uri.file(project.folder)))},
    );
  } finally {
    await session.value.close();
  }
}

/** The user's own, but never without an end: others wait for what this holds. */
function timeouts(lockTimeout: number): {readonly lockTimeout?: number} {
  return lockTimeout > 0 ? {lockTimeout} : {};
}

function noConnection(): Outcome<never> {
  return fail('invalid-input', l10n.t('No connection is chosen.'));
}

function changesOf(event: RehearsalProgress, models: readonly StepModel[]): readonly RehearsalChange[] {
  switch (event.kind) {
    case 'replaying':
      return [{kind: 'doing', doing: {kind: 'history', done: event.done, of: event.of}}];
    case 'step':
      return [{kind: 'doing', doing: {kind: 'step', step: event.index, part: 'up'}}];
    case 'undoing':
      return [{kind: 'doing', doing: {kind: 'step', step: event.index, part: 'down'}}];
    case 'asking-live-data':
      return [];
    case 'statement':
    case 'verdict': {
      const model = models[event.index];
      if (!model) return [];
      if (event.kind === 'statement')
        return [{kind: 'statement', step: event.index, statement: statementView(model, event.statement)}];
      // Whether down undoes it is tried only now.
      const {undo: _, ...view} = stepView(model, event.rehearsal);
      return [{kind: 'step', step: event.index, view}];
    }
    default:
      return event satisfies never;
  }
}
