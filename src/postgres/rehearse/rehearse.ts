import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {RehearsalReport, ReplayStop, StepRehearsal} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {LiveFacts} from './facts.ts';
import {checkLiveData, withLostRows} from './live-data.ts';
import {notRun} from './not-run.ts';
import {replay, type Replayed} from './replay.ts';
import type {RehearsalOptions, RehearsalStep} from './request.ts';
import {rehearseStep} from './step.ts';

export interface RehearsalPorts {
  readonly stage: Stage;
  readonly parser: Parser;
  /** Of the target: its sizes and traffic are told, and with `liveData` its rows are asked. */
  readonly live?: Session;
}

export interface RehearsalRequest {
  /** The project's id. */
  readonly project: string;
  /** The ups before the rehearsed ones, in order. */
  readonly history: readonly MigrationScript[];
  /** In order; each runs on the state that those before it lead to. */
  readonly steps: readonly RehearsalStep[];
  /** Roles that are to be there before the first file, such as the target's. */
  readonly roles?: readonly string[];
  /** Name of the connection of `live`. */
  readonly target?: string;
}

export type Rehearsed =
  | {readonly kind: 'report'; readonly report: RehearsalReport}
  | {readonly kind: 'stopped'; readonly stop: ReplayStop};

/**
 * Runs migrations on a stage, on the state that the history leads to, and tells what each statement did. Afterwards the
 * stage has the state of the history or of one of the steps; nothing but reading is done to `live`.
 * @returns failures: those of the stage, `cancelled`, and a lost connection. A file that fails is in the report; later
 * ones are then not run
 */
export async function rehearse(
  ports: RehearsalPorts,
  request: RehearsalRequest,
  options: RehearsalOptions = {},
): Promise<Outcome<Rehearsed>> {
  const began = performance.now();
  const facts = ports.live ? new LiveFacts(ports.live, options.signal) : undefined;
  const steps: StepRehearsal[] = [];
  const notes = new Set<string>();
  let first: Extract<Replayed, {kind: 'ready'}> | undefined;
  for (const [index, step] of request.steps.entries()) {
    if (steps.some(({verdict}) => verdict !== 'passes')) {
      steps.push(notRun(step));
      continue;
    }
    const replayed = await replayBefore(ports, request, index, options);
    if (!replayed.ok) return replayed;
    if (replayed.value.kind === 'stopped') return ok(replayed.value);
    first ??= replayed.value;
    for (const note of replayed.value.notes) notes.add(note);
    options.onProgress?.({kind: 'step', index, of: request.steps.length, label: labelOf(step)});
    const {session, state} = replayed.value;
    const scene = {
      stage: ports.stage,
      parser: ports.parser,
      session,
      state,
      facts,
      index,
      options,
    };
    const rehearsed = await rehearseStep(scene, step);
    if (!rehearsed.ok) return givenUp(ports.stage, state, rehearsed.failure, options.signal);
    for (const note of rehearsed.value.notes) notes.add(note);
    steps.push(await withLiveData(ports.live, rehearsed.value.step, index, options));
  }
  const server = first?.session.server;
  const {kind} = ports.stage;
  const report: RehearsalReport = {
    where: kind,
    version: server?.version ?? '',
    ...(request.target === undefined ? {} : {target: request.target}),
    steps,
    replay: {milliseconds: first?.milliseconds ?? 0, files: first?.files ?? 0},
    milliseconds: performance.now() - began,
    notes: [...notes, ...(facts?.notes() ?? []), ...limits[kind]],
  };
  return ok({kind: 'report', report});
}

/** Leaves the stage as somebody else can use it: a cancel can have cost the session. */
async function givenUp(
  stage: Stage,
  state: string,
  failure: Failure,
  signal: Signal | undefined,
): Promise<Outcome<never>> {
  await stage.restore(state);
  return signal?.aborted === true ? fail('cancelled', 'The rehearsal was cancelled.') : {ok: false, failure};
}

const limits: Readonly<Record<Stage['kind'], readonly string[]>> = {
  embedded: ['Nobody else uses the embedded server: how long others hold conflicting locks is not observed.'],
  scratch: ['Nobody else uses the scratch database: how long others hold conflicting locks is not observed.'],
};

function replayBefore(
  {stage, parser}: RehearsalPorts,
  {project, history, steps, roles}: RehearsalRequest,
  index: number,
  {signal, onProgress}: RehearsalOptions,
): Promise<Outcome<Replayed>> {
  const scripts = [...history, ...steps.slice(0, index).map(({up}) => up)];
  return replay(
    stage,
    parser,
    {project, scripts, ...(roles ? {roles} : {})},
    {
      ...(signal ? {signal} : {}),
      onProgress: (done, of) => onProgress?.({kind: 'replaying', done, of}),
    },
  );
}

async function withLiveData(
  live: Session | undefined,
  step: StepRehearsal,
  index: number,
  {liveData, signal, onProgress}: RehearsalOptions,
): Promise<StepRehearsal> {
  if (!live || liveData !== true || step.verdict !== 'passes') return step;
  onProgress?.({kind: 'asking-live-data', index});
  return {
    ...step,
    liveData: await checkLiveData(live, step, signal),
    dataLoss: await withLostRows(live, step.dataLoss, signal),
  };
}

function labelOf({up: {migration}}: RehearsalStep): string {
  return `${migration.label} ${migration.title}`;
}
