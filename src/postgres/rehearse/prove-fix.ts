import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {isWeaker, workLocks, type WorkLocks} from '../../core/rehearse/work-locks.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSchema} from '../schema/read-schema.ts';
import {rehearse} from './rehearse.ts';
import {replay} from './replay.ts';

export interface FixRequest {
  /** The project's id. */
  readonly project: string;
  /** The ups before the migration, in order. */
  readonly history: readonly MigrationScript[];
  readonly original: MigrationScript;
  /** What the fix makes of it, with the migrations that it adds. */
  readonly fixed: readonly MigrationScript[];
}

/** Whether a fix leads to the schema that the migration leads to, and who waits for less. */
export type FixProof =
  | {
      readonly kind: 'same-schema';
      readonly isWeaker: boolean;
      readonly original: WorkLocks;
      readonly fixed: WorkLocks;
    }
  /** Each in words; the order of columns does not count. */
  | {readonly kind: 'other-schema'; readonly differences: readonly string[]}
  /** The migration fails as it is, and does not with the fix. */
  | {readonly kind: 'mends'; readonly failure: Failure}
  | {readonly kind: 'fails'; readonly which: 'history' | 'fixed' | 'both'; readonly failure: Failure};

type Side =
  | {readonly kind: 'side'; readonly snapshot: SchemaSnapshot; readonly locks: WorkLocks}
  | {readonly kind: 'fails'; readonly which: 'history' | 'up'; readonly failure: Failure};

interface Ports {
  readonly stage: Stage;
  readonly parser: Parser;
}

/**
 * Runs a migration as it is and as a fix would make it on the same state, and compares what comes of both.
 * @returns failures: those of the stage, and `cancelled`; a file that fails is a proof as well
 */
export async function proveFix(
  ports: Ports,
  request: FixRequest,
  signal?: Signal,
): Promise<Outcome<FixProof>> {
  const before = await sideOf(ports, request, [request.original], signal);
  if (!before.ok) return before;
  if (before.value.kind === 'fails' && before.value.which === 'history')
    return ok({kind: 'fails', which: 'history', failure: before.value.failure});
  const after = await sideOf(ports, request, request.fixed, signal);
  if (!after.ok) return after;
  if (after.value.kind === 'fails') {
    const which = before.value.kind === 'fails' ? 'both' : 'fixed';
    return ok({kind: 'fails', which, failure: after.value.failure});
  }
  if (before.value.kind === 'fails') return ok({kind: 'mends', failure: before.value.failure});
  const {differences} = await compareSchemas(ports.parser, before.value.snapshot, after.value.snapshot);
  const told = differences.filter(one => one.kind !== 'changed' || one.attribute !== 'columnOrder');
  if (told.length > 0) return ok({kind: 'other-schema', differences: told.map(({words}) => words)});
  const locks = {original: before.value.locks, fixed: after.value.locks};
  return ok({kind: 'same-schema', isWeaker: isWeaker(locks.fixed, locks.original), ...locks});
}

async function sideOf(
  ports: Ports,
  {project, history}: FixRequest,
  ups: readonly MigrationScript[],
  signal: Signal | undefined,
): Promise<Outcome<Side>> {
  const options = signal ? {signal} : {};
  const steps = ups.map(up => ({up}));
  const rehearsed = await rehearse(ports, {project, history, steps}, {...options, undo: false});
  if (!rehearsed.ok) return rehearsed;
  if (rehearsed.value.kind === 'stopped') return fails('history', rehearsed.value.stop.failure);
  const {report} = rehearsed.value;
  const failed = report.steps.find(({failure}) => failure)?.failure;
  if (failed) return fails('up', failed.failure);
  const scripts = [...history, ...ups];
  const replayed = await replay(ports.stage, ports.parser, {project, scripts}, options);
  if (!replayed.ok) return replayed;
  if (replayed.value.kind === 'stopped') return fails('up', replayed.value.stop.failure);
  const snapshot = await readSchema(replayed.value.session, options);
  return snapshot.ok
    ? ok({kind: 'side', snapshot: snapshot.value, locks: workLocks(report.steps)})
    : snapshot;
}

function fails(which: 'history' | 'up', failure: Failure): Outcome<Side> {
  return ok({kind: 'fails', which, failure});
}
