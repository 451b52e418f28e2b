import {readFile} from 'node:fs/promises';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {dumpScript} from '../../core/schema/dump-file.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Project, ProjectOptions} from '../../frameworks/framework.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {replay} from '../../postgres/rehearse/replay.ts';
import {readSchema} from '../../postgres/schema/read-schema.ts';
import type {DriftOptions} from '../commands/drift.ts';
import {projectOptions} from '../flags.ts';
import {doorTo} from '../open.ts';
import {stoppedFailure} from '../rehearse/stopped.ts';
import type {Invocation} from '../runner.ts';
import {whereToTry, withStage, type Where} from '../stage.ts';
import {readStatusNow} from '../status-now.ts';
import {describeSide, type Side} from './side.ts';

/** A side as it was read. */
export interface ReadSide {
  readonly name: string;
  readonly snapshot: SchemaSnapshot;
  /** Owners and grants of a replay are those of the server on which it ran. */
  readonly roles: 'real' | 'made-up';
  /** The files that were replayed, and those that are pending on the other side. */
  readonly files?: {
    readonly folder?: string;
    readonly scripts: readonly MigrationScript[];
    readonly pending: readonly MigrationScript[];
  };
  /** Sentences: what of a file was not run. */
  readonly notes: readonly string[];
}

export interface Sides {
  readonly expected: ReadSide;
  readonly live: ReadSide;
}

/** What is read of a connection. */
interface Seen {
  readonly snapshot: SchemaSnapshot;
  /** The migrations of the other side that are applied there. */
  readonly applied?: ReadonlySet<string>;
}

/** Reads connections first, because they say how far a folder of migrations counts. */
export async function readSides(
  {expected, live}: {readonly expected: Side; readonly live: Side},
  options: DriftOptions,
  invocation: Invocation,
): Promise<Outcome<Sides>> {
  const liveSeen = await see(live, expected, invocation);
  if (liveSeen && !liveSeen.ok) return liveSeen;
  const expectedSeen = await see(expected, live, invocation);
  if (expectedSeen && !expectedSeen.ok) return expectedSeen;
  const where = await whereToTry(options.scratch, invocation);
  if (!where.ok) return where;
  const readOne = (
    side: Side,
    own: Seen | undefined,
    other: Seen | undefined,
  ): Promise<Outcome<ReadSide>> => {
    const name = describeSide(side, invocation);
    if (own) return Promise.resolve(ok({name, snapshot: own.snapshot, roles: 'real', notes: []}));
    return replayed(side, other?.applied, {where: where.value, all: options.all === true}, invocation);
  };
  const first = await readOne(expected, expectedSeen?.value, liveSeen?.value);
  if (!first.ok) return first;
  const second = await readOne(live, liveSeen?.value, expectedSeen?.value);
  return second.ok ? ok({expected: first.value, live: second.value}) : second;
}

/** @returns nothing for a side that is no connection */
async function see(side: Side, other: Side, invocation: Invocation): Promise<Outcome<Seen> | undefined> {
  if (side.kind !== 'connection') return undefined;
  const {open, environment} = doorTo(side.target, {readOnly: true}, invocation);
  const session = await open();
  if (!session.ok) return session;
  const {signal, flags} = invocation;
  try {
    const snapshot = await readSchema(session.value, {signal});
    if (!snapshot.ok) return snapshot;
    if (other.kind !== 'folder') return ok({snapshot: snapshot.value});
    const options = projectOptions(flags, side.target.connection.settings.extra);
    const status = await readStatusNow(other.project, {session: session.value, environment}, options);
    if (!status.ok) return status;
    const applied = status.value.migrations.filter(({state}) => ['applied', 'edited'].includes(state.kind));
    return ok({snapshot: snapshot.value, applied: new Set(applied.map(({migration}) => migration.id))});
  } finally {
    await session.value.close();
  }
}

async function replayed(
  side: Side,
  applied: ReadonlySet<string> | undefined,
  {where, all}: {readonly where: Where; readonly all: boolean},
  invocation: Invocation,
): Promise<Outcome<ReadSide>> {
  const read = await scriptsOf(side, invocation);
  if (!read.ok) return read;
  const pending = read.value.scripts.filter(({migration}) => applied?.has(migration.id) === false);
  const scripts = all ? read.value.scripts : read.value.scripts.filter(script => !pending.includes(script));
  const name = describeSide(side, invocation);
  return withStage(where, invocation, async stage => {
    const snapshot = await schemaAfter(stage, name, scripts, invocation);
    if (!snapshot.ok) return snapshot;
    const folder = side.kind === 'folder' ? {folder: side.project.folder} : {};
    return ok({
      name,
      snapshot: snapshot.value,
      roles: 'made-up' as const,
      files: {...folder, scripts, pending},
      notes: read.value.notes,
    });
  });
}

async function schemaAfter(
  stage: Stage,
  project: string,
  scripts: readonly MigrationScript[],
  invocation: Invocation,
): Promise<Outcome<SchemaSnapshot>> {
  const {signal} = invocation;
  const done = await replay(stage, createParser(), {project, scripts}, {signal});
  if (!done.ok) return done;
  if (done.value.kind === 'stopped')
    return stoppedFailure(done.value.stop, invocation, '--scratch <connection>');
  return readSchema(done.value.session, {signal});
}

async function scriptsOf(side: Side, {flags, showPath}: Invocation): Promise<Outcome<Scripts>> {
  if (side.kind === 'folder') return scriptsIn(side.project, projectOptions(flags, {}));
  if (side.kind === 'connection') return ok({scripts: [], notes: []});
  try {
    const dump = dumpScript(side.path, await readFile(side.path, 'utf8'));
    return dump.ok ? ok({scripts: [dump.value.script], notes: dump.value.notes}) : dump;
  } catch {
    return fail('unreadable-file', `${showPath(side.path)} cannot be read.`);
  }
}

interface Scripts {
  readonly scripts: readonly MigrationScript[];
  readonly notes: readonly string[];
}

async function scriptsIn(project: Project, options: ProjectOptions): Promise<Outcome<Scripts>> {
  const history = await project.list();
  if (!history.ok) return history;
  const scripts: MigrationScript[] = [];
  for (const migration of history.value.migrations) {
    const script = await project.script(migration, 'up', options);
    if (!script.ok) return script;
    scripts.push(script.value);
  }
  return ok({scripts, notes: []});
}
