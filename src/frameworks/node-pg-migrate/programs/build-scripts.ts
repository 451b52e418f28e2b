import {stat} from 'node:fs/promises';
import {basename} from 'node:path';
import type {Direction, Migration} from '../../../core/migrations/migration.ts';
import {kindOf, recordedName} from '../../../core/node-pg-migrate/file-names.ts';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import {textOf} from '../../shared/file-text.ts';
import {findFiles} from '../find-files.ts';
import type {Place, Shipped} from '../project.ts';
import type {Line, ScriptJob} from '../runner/job.ts';
import type {Settings} from '../settings.ts';
import {startRunner, toolOptionsOf} from './start-runner.ts';
import {writtenIn} from './written-in.ts';

/** What a program builds, without a server. Failures: `unsupported` (it asks the database), `invalid-input` (it fails). */
export type BuildScripts = (
  migration: Migration,
  direction: Direction,
  settings: Settings,
  text?: string,
) => Promise<Outcome<MigrationScript>>;

interface Wanted {
  readonly migration: Migration;
  readonly direction: Direction;
  readonly path: string;
  /** What an editor has of it. */
  readonly text?: string;
}

type Built = ReadonlyMap<string, Extract<Line, {readonly kind: 'script' | 'no-script'}>>;

/** Milliseconds: what a program imports is not looked at, so nothing is remembered for long. */
const remembered = 20_000;
const longest = 60_000;

/** Starting a program costs more than building a hundred migrations, so all of a folder are built at once. */
export function createScriptBuilder(place: Place, shipped: Shipped): BuildScripts {
  const known = new Map<string, {readonly until: number; readonly built: Promise<Outcome<Built>>}>();
  const all = async (direction: Direction, settings: Settings): Promise<Outcome<Built>> => {
    const names = await programsIn(place, settings);
    const key = JSON.stringify([direction, toolOptionsOf(place, settings), names.stamp]);
    const before = known.get(key);
    if (before && before.until > performance.now()) return before.built;
    known.clear();
    const built = start(place, shipped, {
      kind: 'script',
      tool: toolOptionsOf(place, settings),
      folder: place.folder,
      direction,
      names: names.all,
    });
    known.set(key, {until: performance.now() + remembered, built});
    return built;
  };
  return async (migration, direction, settings, text) => {
    const path = migration[direction] ?? '';
    const built =
      text === undefined
        ? await all(direction, settings)
        : await start(place, shipped, {
            kind: 'script',
            tool: toolOptionsOf(place, settings),
            folder: place.folder,
            direction,
            names: [migration.id],
            unsaved: {path, text},
          });
    if (!built.ok) return built;
    const wanted = {migration, direction, path, ...(text === undefined ? {} : {text})};
    return scriptOf(wanted, built.value.get(migration.id));
  };
}

async function start(place: Place, shipped: Shipped, job: ScriptJob): Promise<Outcome<Built>> {
  const built = new Map<string, Extract<Line, {readonly kind: 'script' | 'no-script'}>>();
  let failed: string | undefined;
  const ended = await startRunner(place, shipped, job, {
    timeout: longest,
    onLine: line => {
      if (line.kind === 'script' || line.kind === 'no-script') built.set(line.name, line);
      if (line.kind === 'failed') failed = line.trouble.message;
    },
  });
  if (!ended.ok) return ended;
  return failed === undefined ? ok(built) : fail('unsupported', failed);
}

/** In the tool's order, and what changes when one of them does. */
async function programsIn(
  place: Place,
  settings: Settings,
): Promise<{readonly all: readonly string[]; readonly stamp: readonly unknown[]}> {
  const files = await findFiles(place, settings);
  const programs = files.ok ? files.value.filter(({name}) => kindOf(name) === 'program') : [];
  const stats = await Promise.all(programs.map(({path}) => stat(path).catch(() => undefined)));
  return {
    all: programs.map(({name}) => recordedName(name)),
    stamp: programs.map(({path}, index) => [path, stats[index]?.mtimeMs, stats[index]?.size]),
  };
}

async function scriptOf(
  {migration, direction, path, text}: Wanted,
  line: Extract<Line, {readonly kind: 'script' | 'no-script'}> | undefined,
): Promise<Outcome<MigrationScript>> {
  const name = basename(path);
  if (line === undefined) return fail('unsupported', `What ${name} sends could not be told.`);
  if (line.kind === 'no-script')
    return line.usesDatabase
      ? fail(
          'unsupported',
          `${name} asks the database while it runs (pgm.db), so what it sends is only known then.`,
        )
      : fail('invalid-input', `${name} cannot be built: ${line.trouble.message}`);
  const file = text ?? (await textOf(path)) ?? '';
  return ok({migration, direction, path, ...writtenIn(file, line)});
}
