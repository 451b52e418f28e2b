import type {Timeouts} from '../../core/explain/origin.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {blameIn} from '../../core/rehearse/blame.ts';
import {changesBetween} from '../../core/rehearse/changes.ts';
import {dataLossOf} from '../../core/rehearse/data-loss.ts';
import type {RehearsalProgress} from '../../core/rehearse/progress.ts';
import type {StepRehearsal} from '../../core/rehearse/report.ts';
import {renamesIn} from '../../core/rehearse/renames.ts';
import {definitionOf} from '../../core/schema/definition.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSchema} from '../schema/read-schema.ts';
import {annotated} from './annotate.ts';
import type {LiveFacts} from './facts.ts';
import {notRun} from './not-run.ts';
import type {RehearsalStep} from './request.ts';
import {runScript, type ScriptRun} from './run-script.ts';
import {newSession} from './try-undo.ts';

export interface ServerScene {
  readonly session: Session;
  readonly parser: Parser;
  readonly signal: Signal | undefined;
  readonly timeouts: Timeouts;
  readonly onProgress: ((event: RehearsalProgress) => void) | undefined;
}

/** A migration as it ran; not yet with the target's facts, which are read when nothing is locked any more. */
export interface ServerStep {
  readonly step: StepRehearsal;
  readonly up?: ScriptRun;
}

const notHere = {kind: 'not-tried', why: 'On a server only up is tried.'} as const;

/**
 * Runs the ups one after the other, in the caller's transaction.
 * @param before the schema as it is now
 */
export async function runOnServer(
  scene: ServerScene,
  steps: readonly RehearsalStep[],
  before: SchemaSnapshot,
): Promise<Outcome<readonly ServerStep[]>> {
  const done: ServerStep[] = [];
  let schema = before;
  for (const [index, step] of steps.entries()) {
    if (done.some(({step: earlier}) => earlier.verdict !== 'passes')) {
      done.push({step: notRun(step)});
      continue;
    }
    const {label, title} = step.up.migration;
    scene.onProgress?.({kind: 'step', index, of: steps.length, label: `${label} ${title}`});
    const ran = await runOne(scene, step, index, schema);
    if (!ran.ok) return ran;
    done.push(ran.value.done);
    schema = ran.value.schema;
  }
  return ok(done);
}

async function runOne(
  scene: ServerScene,
  {up: script}: RehearsalStep,
  index: number,
  before: SchemaSnapshot,
): Promise<Outcome<{readonly done: ServerStep; readonly schema: SchemaSnapshot}>> {
  const {session, parser, signal, onProgress} = scene;
  const renewed = await session.script(`${newSession}; ${limits(scene.timeouts)}`, signal);
  if (!renewed.ok) return renewed;
  const up = await runScript(session, parser, script, {
    signal,
    within: true,
    afterSettings: limits(scene.timeouts),
    onStatement: statement => onProgress?.({kind: 'statement', index, statement}),
  });
  const failure = up.failure?.failure;
  if (failure && (failure.server === undefined || session.transactionStatus() === 'gone'))
    return {ok: false, failure};
  const step: StepRehearsal = {
    ...notRun({up: script}),
    verdict: 'passes',
    milliseconds: up.milliseconds,
    undo: notHere,
  };
  if (up.failure)
    return ok({done: {step: {...step, verdict: 'fails', failure: up.failure}, up}, schema: before});
  const after = await readSchema(session, signal ? {signal} : {});
  if (!after.ok) return after;
  const schema = after.value;
  const blame = blameIn(
    script,
    up.ran.map(({span}) => span),
  );
  const dataLoss = dataLossOf({
    direction: 'up',
    before,
    after: schema,
    original: before,
    statements: up.ran,
    blame,
  });
  return ok({
    done: {
      step: {
        ...step,
        changes: changesBetween(
          before,
          schema,
          definitionOf,
          renamesIn(
            up.ran.map(({statement}) => statement),
            before,
            schema,
          ),
        ),
        dataLoss,
      },
      up,
    },
    schema,
  });
}

/** What a file sets for itself may be longer than what somebody allowed on this server. */
function limits({lock, statement}: Timeouts): string {
  return `SET LOCAL lock_timeout = ${Math.ceil(lock)}; SET LOCAL statement_timeout = ${Math.ceil(statement)}`;
}

/** @returns the steps with sizes, traffic and words */
export async function describedSteps(
  steps: readonly ServerStep[],
  facts: LiveFacts,
): Promise<readonly StepRehearsal[]> {
  const described: StepRehearsal[] = [];
  for (const {step, up} of steps) {
    const statements = up ? await annotated(up, {facts, realRows: true}) : ok([]);
    described.push(statements.ok ? {...step, statements: statements.value} : step);
  }
  return described;
}
