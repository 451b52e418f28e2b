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
export function proveFix(ports: Ports, request: FixRequest, signal?: Signal): Promise<Outcome<FixProof>> {
  return fixProver(request)(ports, request.fixed, signal);
}

/** As `proveFix`, for one fix of a migration after the other. */
export type FixProver = (
  ports: Ports,
  fixed: FixRequest['fixed'],
  signal?: Signal,
) => Promise<Outcome<FixProof>>;

/** @returns what runs the migration as it is once, and remembers what came of it */
export function fixProver(request: Omit<FixRequest, 'fixed'>): FixProver {
  let known: Side | undefined;
  return async (ports, fixed, signal) => {
    const before = known ? ok(known) : await sideOf(ports, request, [request.original], signal);
    if (!before.ok) return before;
    known = before.value;
    if (known.kind === 'fails' && known.which === 'history')
      return ok({kind: 'fails', which: 'history', failure: known.failure});
    const after = await sideOf(ports, request, fixed, signal);
    return after.ok ? ok(await compared(ports.parser, before.value, after.value)) : after;
  };
}

async function compared(parser: Parser, before: Side, after: Side): Promise<FixProof> {
  if (after.kind === 'fails') {
    const which = before.kind === 'fails' ? 'both' : 'fixed';
    return {kind: 'fails', which, failure: after.failure};
  }
  if (before.kind === 'fails') return {kind: 'mends', failure: before.failure};
  const {differences} = await compareSchemas(parser, before.snapshot, after.snapshot);
  const told = differences.filter(one => one.kind !== 'changed' || one.attribute !== 'columnOrder');
  if (told.length > 0) return {kind: 'other-schema', differences: told.map(({words}) => words)};
  const locks = {original: before.locks, fixed: after.locks};
  return {kind: 'same-schema', isWeaker: isWeaker(locks.fixed, locks.original), ...locks};
}

async function sideOf(
  ports: Ports,
  {project, history}: Pick<FixRequest, 'project' | 'history'>,
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
