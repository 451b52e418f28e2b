import {ok, type Outcome} from '../../core/outcome.ts';
import {blameIn} from '../../core/rehearse/blame.ts';
import {changesBetween} from '../../core/rehearse/changes.ts';
import {dataLossOf} from '../../core/rehearse/data-loss.ts';
import type {StepRehearsal, UndoVerdict} from '../../core/rehearse/report.ts';
import {renamesIn} from '../../core/rehearse/renames.ts';
import {definitionOf} from '../../core/schema/definition.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import {readSchema} from '../schema/read-schema.ts';
import {annotated} from './annotate.ts';
import {fitsBlock, refusesBlock} from './fits-block.ts';
import type {RehearsalStep} from './request.ts';
import {madeUp, makeBookkeeping, makeUp} from './replay/make-up.ts';
import {runScript, type ScriptRun} from './run-script.ts';
import {schemaAt, type Scene} from './scene.ts';
import {tryUndo, type Undone} from './try-undo.ts';

export interface StepOutcome {
  readonly step: StepRehearsal;
  readonly notes: readonly string[];
}

/** Up as it ran, and what is known after it. */
interface Upped {
  readonly up: ScriptRun;
  readonly step: StepRehearsal;
}

/**
 * Rehearses one migration on the scene's state, which is the state again afterwards. At first all of it runs in one
 * transaction that is rolled back, which takes the least time. Where the file does not fit into one, or where
 * something fails that one transaction may have made fail, it runs as its tool would run it, and the state is restored.
 */
export async function rehearseStep(scene: Scene, step: RehearsalStep): Promise<Outcome<StepOutcome>> {
  const made = await take(scene, step);
  if (!made.ok) return made;
  const notes = made.value;
  const before = await schemaAt(scene);
  if (!before.ok) return before;
  const quick = (await fitsBlock(scene.parser, step))
    ? await inOneTransaction(scene, step, before.value)
    : undefined;
  if (quick && !quick.ok) return quick;
  if (quick?.value) return ok({step: quick.value, notes});
  const real = await asTheToolDoes(scene, step, before.value);
  return real.ok ? ok({step: real.value, notes}) : real;
}

/**
 * Makes what the files take for granted; on a server of the user's own no more than lies in the scratch database.
 * @returns sentences on all that was made up so far
 */
async function take(
  {stage, session, parser}: Scene,
  {up, down}: RehearsalStep,
): Promise<Outcome<readonly string[]>> {
  for (const script of down ? [up, down] : [up]) {
    const table = await makeBookkeeping(session, script);
    if (!table.ok) return table;
    const made = stage.kind === 'embedded' ? await makeUp(session, parser, script) : table;
    if (!made.ok) return made;
  }
  return stage.kind === 'embedded' ? madeUp(session) : ok([]);
}

/** @returns nothing where one transaction cannot tell */
async function inOneTransaction(
  scene: Scene,
  step: RehearsalStep,
  before: SchemaSnapshot,
): Promise<Outcome<StepRehearsal | undefined>> {
  const {session, options} = scene;
  const began = await session.script('BEGIN', options.signal);
  if (!began.ok) return began;
  try {
    const up = await runUp(scene, step, true);
    if (up.failure && refusesBlock(up.failure.failure)) return ok(undefined);
    const upped = await verdictOf(scene, step, up);
    if (!upped.ok || up.failure) return upped.ok ? ok(upped.value.step) : upped;
    const done = await finish(scene, step, upped.value, before, true);
    return done.ok && done.value.undo.kind === 'fails' ? ok(undefined) : done;
  } finally {
    if (['open', 'failed'].includes(session.transactionStatus())) await session.script('ROLLBACK');
  }
}

async function asTheToolDoes(
  scene: Scene,
  step: RehearsalStep,
  before: SchemaSnapshot,
): Promise<Outcome<StepRehearsal>> {
  const up = await runUp(scene, step, false);
  const upped = await verdictOf(scene, step, up);
  const done =
    !upped.ok || up.failure
      ? upped.ok
        ? ok(upped.value.step)
        : upped
      : await finish(scene, step, upped.value, before, false);
  const restored = await scene.stage.restore(scene.state);
  return restored.ok || !done.ok ? done : restored;
}

function runUp(
  {session, parser, options: {signal, onProgress}, index}: Scene,
  {up}: RehearsalStep,
  within: boolean,
): Promise<ScriptRun> {
  return runScript(session, parser, up, {
    signal,
    within,
    onStatement: statement => onProgress?.({kind: 'statement', index, statement}),
  });
}

/** Says early whether up runs. Failures: what is not the file's fault. */
async function verdictOf(scene: Scene, {up: script}: RehearsalStep, up: ScriptRun): Promise<Outcome<Upped>> {
  const failure = up.failure?.failure;
  if (failure && failure.server === undefined) return {ok: false, failure};
  if (failure && ['cancelled', 'connection-lost'].includes(failure.reason)) return {ok: false, failure};
  const statements = await annotated(up, scene);
  if (!statements.ok) return statements;
  const step: StepRehearsal = {
    migration: script.migration,
    ...(script.path === undefined ? {} : {path: script.path}),
    verdict: up.failure ? 'fails' : 'passes',
    milliseconds: up.milliseconds,
    ...(up.failure ? {failure: up.failure} : {}),
    statements: statements.value,
    changes: [],
    undo: {kind: 'not-tried', why: up.failure ? 'The migration itself fails.' : 'Not yet.'},
    dataLoss: [],
  };
  scene.options.onProgress?.({kind: 'verdict', index: scene.index, rehearsal: step});
  return ok({up, step});
}

/** Reads what up has led to, and sees whether down leads back. */
async function finish(
  scene: Scene,
  step: RehearsalStep,
  {up, step: upped}: Upped,
  before: SchemaSnapshot,
  within: boolean,
): Promise<Outcome<StepRehearsal>> {
  const {session, options} = scene;
  const after = await readSchema(session, options.signal ? {signal: options.signal} : {});
  if (!after.ok) return after;
  const undone = await undo(scene, step, {before, after: after.value}, within);
  if (!undone.ok) return undone;
  const blame = blameIn(
    step.up,
    up.ran.map(({span}) => span),
  );
  const lost = dataLossOf({
    direction: 'up',
    before,
    after: after.value,
    original: before,
    statements: up.ran,
    blame,
  });
  return ok({
    ...upped,
    changes: changesBetween(
      before,
      after.value,
      withoutOwners,
      renamesIn(
        up.ran.map(({statement}) => statement),
        before,
        after.value,
      ),
    ),
    undo: undone.value.verdict,
    dataLoss: [...lost, ...undone.value.dataLoss],
  });
}

/** On a stage everything belongs to whoever runs it, which says nothing of the target. */
function withoutOwners(snapshot: SchemaSnapshot, key: string): string {
  return definitionOf(snapshot, key, {owners: false});
}

async function undo(
  scene: Scene,
  {up, down}: RehearsalStep,
  schemas: {readonly before: SchemaSnapshot; readonly after: SchemaSnapshot},
  within: boolean,
): Promise<Outcome<Undone>> {
  const without = (verdict: UndoVerdict): Outcome<Undone> => ok({verdict, dataLoss: []});
  if (down?.path === undefined) return without({kind: 'no-down'});
  if (scene.options.undo === false) return without({kind: 'not-tried', why: 'Down was not asked for.'});
  scene.options.onProgress?.({kind: 'undoing', index: scene.index});
  return tryUndo(scene, {up, down}, schemas, within);
}
