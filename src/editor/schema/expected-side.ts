import {basename} from 'node:path';
import {readFile} from 'node:fs/promises';
import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import {dumpScript, type DumpScript} from '../../core/schema/dump-file.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {replay} from '../../postgres/rehearse/replay.ts';
import {readSchema} from '../../postgres/schema/read-schema.ts';
import type {Parts} from '../parts.ts';

/** What is expected, as it was read. */
export interface ExpectedSide {
  readonly snapshot: SchemaSnapshot;
  /** Such as `18.3`. */
  readonly version: string;
  readonly stage: 'embedded' | 'scratch' | 'server';
  readonly notes: readonly string[];
}

/** Why there is no expected side. */
export interface SideFailure {
  readonly failure: Failure;
  readonly at?: FileRange;
  /** A scratch database on the user's server could serve where the embedded one cannot. */
  readonly scratch: boolean;
}

export type SideRead =
  | {readonly kind: 'read'; readonly side: ExpectedSide}
  | {readonly kind: 'failed'; readonly why: SideFailure};

export type SideStep =
  | {readonly step: 'waiting-for-stage' | 'reading-expected' | 'running-file'}
  | {readonly step: 'replaying'; readonly done: number; readonly of: number};

export interface SideOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: SideStep) => void;
  /** Where it is replayed. The scratch database is made on this connection's server. */
  readonly where: 'embedded' | {readonly scratchOn: Connection};
  /** Roles that the other side knows, so that grants to them can be made. */
  readonly roles: readonly string[];
}

/** Replays scripts and reads what they lead to. */
export async function replayedSide(
  parts: Parts,
  parser: Parser,
  project: string,
  scripts: readonly MigrationScript[],
  options: SideOptions,
): Promise<SideRead> {
  const {signal, onStep, where} = options;
  onStep({step: 'waiting-for-stage'});
  const stage =
    where === 'embedded'
      ? await parts.stages.openEmbedded(signal)
      : await parts.stages.openScratch(where.scratchOn, signal);
  if (!stage.ok) return failed(stage.failure, where === 'embedded' && stage.failure.reason !== 'cancelled');
  try {
    return await onStage(stage.value, parser, project, scripts, options);
  } finally {
    await stage.value.release();
  }
}

async function onStage(
  stage: Stage,
  parser: Parser,
  project: string,
  scripts: readonly MigrationScript[],
  {signal, onStep, roles}: SideOptions,
): Promise<SideRead> {
  const onProgress = (done: number, of: number): void =>
    onStep(project === '' ? {step: 'running-file'} : {step: 'replaying', done, of});
  const replayed = await replay(stage, parser, {project, scripts, roles}, {signal, onProgress});
  if (!replayed.ok) return failed(replayed.failure, false);
  if (replayed.value.kind === 'stopped') return stopped(stage, replayed.value.stop);
  onStep({step: 'reading-expected'});
  const {session, notes} = replayed.value;
  const snapshot = await readSchema(session, {signal});
  if (!snapshot.ok) return failed(snapshot.failure, false);
  const {version} = session.server;
  return {kind: 'read', side: {snapshot: snapshot.value, version, stage: stage.kind, notes}};
}

const helpedByScratch = new Set<ReplayStop['cause']>(['extension', 'version', 'language', 'backend-lost']);

function stopped({kind}: Stage, {migration, failure, at, cause}: ReplayStop): SideRead {
  const name = migration.title === '' ? migration.label : `${migration.label}_${migration.title}`;
  const scratch = kind === 'embedded' && helpedByScratch.has(cause);
  const advice =
    failure.advice ?? l10n.t('Replay in a scratch database on the server, which has what the files need.');
  const more = scratch ? {advice} : {};
  return {
    kind: 'failed',
    why: {
      failure: {...failure, message: `${name}: ${failure.message}`, ...more},
      scratch,
      ...(at ? {at} : {}),
    },
  };
}

/** Reads a database that is expected to be the same. */
export async function connectionSide(
  parts: Parts,
  connection: Connection,
  {signal, onStep}: Pick<SideOptions, 'signal' | 'onStep'>,
): Promise<SideRead> {
  onStep({step: 'reading-expected'});
  const session = await parts.sessions.open(connection, {readOnly: true, ask: true, signal});
  if (!session.ok) return failed(session.failure, false);
  try {
    const snapshot = await readSchema(session.value, {signal});
    if (!snapshot.ok) return failed(snapshot.failure, false);
    const {version} = session.value.server;
    return {kind: 'read', side: {snapshot: snapshot.value, version, stage: 'server', notes: []}};
  } finally {
    await session.value.close();
  }
}

/** @returns the script that makes the schema of a file */
export async function readSchemaFile(path: string): Promise<Outcome<DumpScript>> {
  try {
    return dumpScript(path, await readFile(path, 'utf8'));
  } catch {
    return fail('unreadable-file', l10n.t('{0} cannot be read.', basename(path)), {
      advice: l10n.t('Choose another schema to compare with.'),
    });
  }
}

/** @returns a failure of a side */
export function failed(failure: Failure, scratch: boolean): Extract<SideRead, {kind: 'failed'}> {
  return {kind: 'failed', why: {failure, scratch}};
}
