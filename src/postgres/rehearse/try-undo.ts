import {ok, type Outcome} from '../../core/outcome.ts';
import {blameIn} from '../../core/rehearse/blame.ts';
import {dataLossOf} from '../../core/rehearse/data-loss.ts';
import type {DataLoss, UndoVerdict} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {undoDifferences} from '../../core/rehearse/undo.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import {readSchema} from '../schema/read-schema.ts';
import {runScript, type ScriptRun} from './run-script.ts';
import type {Scene} from './scene.ts';

export interface Undone {
  readonly verdict: UndoVerdict;
  readonly dataLoss: readonly DataLoss[];
}

/** What a file has set for its session does not reach the next one, which a tool runs in another session. */
export const newSession =
  'RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; CLOSE ALL; DISCARD TEMP; DISCARD SEQUENCES; UNLISTEN *';

/**
 * Runs down, and up again, and compares the schemas.
 * @param schemas before up and after it
 * @param within whether all of it is in one transaction of the caller's
 */
export async function tryUndo(
  scene: Scene,
  {up, down}: {readonly up: MigrationScript; readonly down: MigrationScript},
  schemas: {readonly before: SchemaSnapshot; readonly after: SchemaSnapshot},
  within: boolean,
): Promise<Outcome<Undone>> {
  const downed = await runAndRead(scene, down, within);
  if (!downed.ok) return downed;
  const {run, schema} = downed.value;
  if (!schema) return ok({verdict: failing('down', run), dataLoss: []});
  const blame = blameIn(
    down,
    run.ran.map(({span}) => span),
  );
  const dataLoss = dataLossOf({
    direction: 'down',
    before: schemas.after,
    after: schema,
    original: schemas.before,
    statements: run.ran,
    blame,
  });
  const again = await runAndRead(scene, up, within);
  if (!again.ok) return again;
  const differences = undoDifferences(schemas.before, schema, 'down', blame);
  if (!again.value.schema && differences.length === 0)
    return ok({verdict: failing('up-again', again.value.run), dataLoss});
  const all = again.value.schema
    ? [...differences, ...undoDifferences(schemas.after, again.value.schema, 'up-again', blame)]
    : differences;
  return ok({verdict: all.length === 0 ? {kind: 'undone'} : {kind: 'differs', differences: all}, dataLoss});
}

/** @returns no schema where the file fails. Failures: what is not the file's fault */
async function runAndRead(
  {session, parser, options: {signal}}: Scene,
  script: MigrationScript,
  within: boolean,
): Promise<Outcome<{readonly run: ScriptRun; readonly schema?: SchemaSnapshot}>> {
  const renewed = await session.script(newSession, signal);
  if (!renewed.ok) return renewed;
  const run = await runScript(session, parser, script, {signal, within});
  const failure = run.failure?.failure;
  if (failure && (failure.server === undefined || failure.reason === 'cancelled'))
    return {ok: false, failure};
  if (failure) return ok({run});
  const schema = await readSchema(session, signal ? {signal} : {});
  return schema.ok ? ok({run, schema: schema.value}) : schema;
}

function failing(phase: 'down' | 'up-again', {failure}: ScriptRun): UndoVerdict {
  if (!failure) return {kind: 'not-tried', why: 'It has not run.'};
  return {kind: 'fails', phase, ...failure};
}
