import {ok, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {emptyState, type Stage} from '../../core/rehearse/stage.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {madeUp, makeBookkeeping, makeUp, takeOverRoles} from './replay/make-up.ts';
import {refuse} from './replay/refuse.ts';
import {sendScript} from './replay/send-script.ts';
import {stateNames} from './replay/state-names.ts';
import {cancelledStop, explainStop} from './replay/stop.ts';
import {isWorthKeeping} from './replay/thin.ts';

export interface ReplayRequest {
  /** The project's id: histories of different projects share no states. */
  readonly project: string;
  /** The ups, in order. */
  readonly scripts: readonly MigrationScript[];
  /** Roles that are to be there before the first file, such as the target's. */
  readonly roles?: readonly string[];
}

export interface ReplayOptions {
  readonly signal?: Signal;
  /** Called before each file with how many of all are done, and at the end. */
  readonly onProgress?: (done: number, of: number) => void;
}

export type Replayed =
  | {
      readonly kind: 'ready';
      /** On the state after all of the scripts. */
      readonly session: Session;
      /** Its name, for `restore`. */
      readonly state: string;
      /** Files that were run now, and not found in a kept state. */
      readonly files: number;
      readonly milliseconds: number;
      /** Sentences for the user: what was made up. */
      readonly notes: readonly string[];
    }
  | {readonly kind: 'stopped'; readonly stop: ReplayStop};

/**
 * Brings a stage to the state after `scripts`, running as few of them as the kept states allow. Each file runs as its
 * tool would send it, in a session that is as new: what a file sets (`SET search_path`) ends with it.
 * Failures: those of the stage. A file that fails is no failure but a stop.
 */
export async function replay(
  stage: Stage,
  parser: Parser,
  request: ReplayRequest,
  options: ReplayOptions = {},
): Promise<Outcome<Replayed>> {
  const begin = performance.now();
  const states = stateNames(request);
  const from = await goBack(stage, states);
  if (!from.ok) return from;
  const run = await runFrom(from.value, {stage, parser, request, options, states});
  if (!run.ok) return run;
  if (run.value) return ok({kind: 'stopped', stop: run.value});
  const session = await stage.session(options.signal);
  if (!session.ok) return session;
  const notes = stage.kind === 'embedded' ? await madeUp(session.value) : ok([]);
  if (!notes.ok) return notes;
  return ok({
    kind: 'ready',
    session: session.value,
    state: states.at(-1) ?? emptyState,
    files: request.scripts.length - from.value,
    milliseconds: performance.now() - begin,
    notes: notes.value,
  });
}

interface Work {
  readonly stage: Stage;
  readonly parser: Parser;
  readonly request: ReplayRequest;
  readonly options: ReplayOptions;
  readonly states: readonly string[];
}

/** @returns where it stopped; nothing when all files ran */
async function runFrom(first: number, work: Work): Promise<Outcome<ReplayStop | undefined>> {
  const {stage, request, options, states} = work;
  const all = request.scripts.length;
  const session = await stage.session(options.signal);
  if (!session.ok) return session;
  if (first === 0 && stage.kind === 'embedded') {
    const made = await takeOverRoles(session.value, request.roles ?? []);
    if (!made.ok) return made;
  }
  for (const [offset, script] of request.scripts.slice(first).entries()) {
    const index = first + offset;
    options.onProgress?.(index, all);
    const stop = await runOne(session.value, script, work);
    if (!stop.ok || stop.value) return stop;
    if (!isWorthKeeping(stage.kind, index + 1, all)) continue;
    const kept = await stage.checkpoint(states[index + 1] ?? emptyState);
    if (!kept.ok) return kept;
  }
  options.onProgress?.(all, all);
  return ok(undefined);
}

async function runOne(
  session: Session,
  script: MigrationScript,
  {stage, parser, options}: Work,
): Promise<Outcome<ReplayStop | undefined>> {
  const table = await makeBookkeeping(session, script);
  if (!table.ok) return table;
  if (stage.kind === 'embedded') {
    const made = await makeUp(session, parser, script);
    if (!made.ok) return made;
  }
  const refused = stage.kind === 'scratch' ? await refuse(parser, script) : undefined;
  const failed = refused ?? (await sendScript(session, parser, script, options.signal));
  if (failed && options.signal?.aborted === true) return ok(cancelledStop(script));
  if (failed) return ok(await explainStop(stage, parser, script, failed));
  const reset = await session.script('DISCARD ALL');
  return reset.ok ? ok(undefined) : reset;
}

/** Leads the stage to the longest part of the history that is kept. @returns how many files that are */
async function goBack(stage: Stage, states: readonly string[]): Promise<Outcome<number>> {
  const current = await stage.current?.();
  const kept = stage.checkpoints();
  for (let index = states.length - 1; index > 0; index -= 1) {
    const name = states[index] ?? emptyState;
    if (name === current) return ok(index);
    if (kept.has(name) && (await stage.restore(name)).ok) return ok(index);
  }
  if (current === emptyState) return ok(0);
  const restored = await stage.restore(emptyState);
  return restored.ok ? ok(0) : restored;
}
