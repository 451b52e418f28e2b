import {randomUUID} from 'node:crypto';
import {workspace, Uri} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import type {IgnoreRule} from '../../core/schema/comparison.ts';
import {readIgnoreRules} from '../../core/schema/ignore.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readRowCounts} from '../../postgres/schema/row-counts.ts';
import {readSchema} from '../../postgres/schema/read-schema.ts';
import {ignoredGroups, objectViews, tableViews} from '../../protocol/schema-model.ts';
import type {SchemaPhase} from '../../protocol/schema-panel.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import type {Compared} from './compared.ts';
import {
  connectionSide,
  failed,
  readSchemaFile,
  replayedSide,
  type SideFailure,
  type SideOptions,
  type SideRead,
} from './expected-side.ts';
import {allScripts, historyScripts, type HistoryScripts} from './history-scripts.ts';
import {originsFor, pause} from './origins.ts';
import type {SchemaSubject} from './schema-subject.ts';

type Running = Extract<SchemaPhase, {kind: 'running'}>;
export type Progress = Pick<Running, 'step' | 'done' | 'of'>;

export interface CompareNowOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Told how many migrations are expected, once that is known; `upTo` is what could be told apart. */
  readonly onCounted: (migrations: number, upTo: HistoryScripts['upTo']) => void;
  readonly scratch: boolean;
}

export type CompareResult =
  | {readonly kind: 'compared'; readonly compared: Compared}
  | {readonly kind: 'failed'; readonly why: SideFailure};

/** Reads both sides, compares them, and finds out where the differences come from. Changes nothing. */
export async function compareNow(
  parts: Parts,
  parser: Parser,
  subject: SchemaSubject,
  options: CompareNowOptions,
): Promise<CompareResult> {
  const begin = performance.now();
  const rules = readIgnoreRules(settings.ignoreInSchema(scopeOf(subject)));
  if (!rules.ok) return failed(rules.failure, false);
  if (subject.choice.kind !== 'connection' && !options.scratch) void warmUp(parts, options.signal);
  const live = await readLive(parts, subject.connection, options);
  if (!live.ok) return failed(live.failure, false);
  const files = await filesFor(parts, subject);
  if (!files.ok) return failed(files.failure, false);
  if (subject.choice.kind === 'history') options.onCounted(files.value.scripts.length, files.value.upTo);
  const expected = await readExpected(
    parts,
    parser,
    subject,
    files.value.scripts,
    live.value.snapshot,
    options,
  );
  if (expected.kind === 'failed') return expected;
  options.onProgress({step: 'comparing'});
  const compared = await compareSides(parser, subject, {
    rules: rules.value,
    live: live.value,
    files: files.value,
    expected: expected.side,
  });
  return {kind: 'compared', compared: {...compared, milliseconds: performance.now() - begin}};
}

/** The embedded server starts while the database is read. It is not held: a password may be asked for meanwhile. */
async function warmUp({stages}: Parts, signal: AbortSignal): Promise<void> {
  const stage = await stages.openEmbedded(signal);
  if (stage.ok) await stage.value.release();
}

interface Live {
  readonly snapshot: SchemaSnapshot;
  readonly version: string;
  readonly rows: ReadonlyMap<string, {readonly estimate: number | null}>;
}

async function readLive(
  parts: Parts,
  connection: Connection,
  {signal, onProgress}: CompareNowOptions,
): Promise<Outcome<Live>> {
  onProgress({step: 'connecting'});
  const session = await parts.sessions.open(connection, {readOnly: true, ask: true, signal});
  if (!session.ok) return session;
  try {
    onProgress({step: 'reading-live'});
    const snapshot = await readSchema(session.value, {signal});
    if (!snapshot.ok) return snapshot;
    const rows = await readRowCounts(session.value, signal);
    const {version} = session.value.server;
    // A schema without its rows is still worth comparing.
    return ok({snapshot: snapshot.value, version, rows: rows.ok ? rows.value : new Map()});
  } finally {
    await session.value.close();
  }
}

const noFiles: HistoryScripts = {scripts: [], pending: [], upTo: 'all', notes: []};
const insufficientPrivilege = '42501';

async function filesFor(
  parts: Parts,
  {connection, project, choice}: SchemaSubject,
): Promise<Outcome<HistoryScripts>> {
  switch (choice.kind) {
    case 'history': {
      if (!project) return ok(noFiles);
      const status = await parts.statuses.read(connection, project);
      if (status.ok) return historyScripts(connection, project, status.value, choice.upTo);
      return status.failure.server?.sqlState === insufficientPrivilege
        ? allScripts(connection, project, status.failure)
        : status;
    }
    case 'file': {
      const file = await readSchemaFile(choice.path);
      if (!file.ok) return file;
      return ok({...noFiles, scripts: [file.value.script], notes: file.value.notes});
    }
    case 'connection':
      return ok(noFiles);
    default:
      return choice satisfies never;
  }
}

async function readExpected(
  parts: Parts,
  parser: Parser,
  {connection, choice}: SchemaSubject,
  scripts: readonly MigrationScript[],
  live: SchemaSnapshot,
  {signal, onProgress, scratch}: CompareNowOptions,
): Promise<SideRead> {
  const options: SideOptions = {
    signal,
    onStep: onProgress,
    where: scratch ? {scratchOn: connection} : 'embedded',
    roles: rolesIn(live),
  };
  if (choice.kind !== 'connection')
    return replayedSide(parts, parser, choice.kind === 'history' ? choice.projectId : '', scripts, options);
  const other = parts.connections.get(choice.connectionId);
  return other ? connectionSide(parts, other, options) : failed(gone, false);
}

const gone = {
  reason: 'invalid-input',
  message: 'The connection to compare with is not there any more.',
  advice: 'Choose another schema to compare with.',
} as const;

/** Roles that somebody made: grants to them can only be replayed where they are. */
function rolesIn({objects}: SchemaSnapshot): readonly string[] {
  return [...objects.values()].filter(({kind}) => kind === 'role').map(({name}) => name);
}

interface Inputs {
  readonly rules: readonly IgnoreRule[];
  readonly live: Live;
  readonly files: HistoryScripts;
  readonly expected: Extract<SideRead, {kind: 'read'}>['side'];
}

async function compareSides(
  parser: Parser,
  subject: SchemaSubject,
  {rules, live, files, expected}: Inputs,
): Promise<Omit<Compared, 'milliseconds'>> {
  const replayed = expected.stage !== 'server';
  const comparison = await compareSchemas(parser, expected.snapshot, live.snapshot, {
    ignore: rules,
    pause,
    ...(replayed
      ? {roles: 'ignore', sameRole: {expected: expected.snapshot.user, live: live.snapshot.user}}
      : {}),
  });
  const origins = await originsFor(parser, subject, comparison, files);
  const {differences, ignored} = comparison;
  await pause();
  const objects = objectViews({
    differences,
    origins,
    expected: expected.snapshot,
    live: live.snapshot,
    rows: live.rows,
    showPath: path => workspace.asRelativePath(path),
    showMigration: id => nameOfMigration(files, id),
  });
  await pause();
  return {
    id: randomUUID(),
    at: Date.now(),
    comparison,
    expected,
    live: live.snapshot,
    liveVersion: live.version,
    scripts: files.scripts,
    origins,
    objects,
    tables: tableViews({live: live.snapshot, rows: live.rows}, objects),
    ignored: ignoredGroups(ignored),
    rules,
    notes: [...files.notes, ...expected.notes],
  };
}

function nameOfMigration({scripts, pending}: HistoryScripts, id: string): string {
  const found = [...scripts, ...pending].find(({migration}) => migration.id === id)?.migration;
  if (!found) return id;
  return found.title === '' ? found.label : `${found.label}_${found.title}`;
}

/** @returns what the settings of a comparison are read for */
export function scopeOf({project}: Pick<SchemaSubject, 'project'>): Uri | undefined {
  return project ? Uri.file(project.folder) : workspace.workspaceFolders?.[0]?.uri;
}
