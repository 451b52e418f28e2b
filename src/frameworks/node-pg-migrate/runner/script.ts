import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import type {ScriptJob} from './job.ts';
import type {Client, Library} from './library.ts';
import {tell} from './output.ts';
import {silent} from './run.ts';
import {troubleOf} from './trouble.ts';
import {watch, type Watched} from './watch.ts';

/** Lets the tool build migrations as if it ran them, with nobody who answers. */
export async function script(job: ScriptJob, library: Library): Promise<void> {
  if (job.unsaved) pretend(job.unsaved.path, job.unsaved.text);
  const at: {migration?: Watched} = {};
  watch(library.prototype, {
    started: migration => {
      at.migration = migration;
    },
    finished: ({name, steps, transaction}) => tell({kind: 'script', name, steps, transaction}),
    instead: () => {
      throw new Error('It asks the database while it is built.');
    },
  });
  for (let names = job.names; names.length > 0;) names = await build(job, library, names, at);
}

/** @returns what is left behind the first that cannot be built */
async function build(
  {tool, folder, direction, names: wanted}: ScriptJob,
  library: Library,
  names: readonly string[],
  at: {migration?: Watched},
): Promise<readonly string[]> {
  delete at.migration;
  const [first] = names;
  // Files of SQL between the programs are built as well, and nobody wants to know.
  const count = direction === 'up' ? Number.POSITIVE_INFINITY : names.length;
  const one = names.length === 1 && first !== undefined ? {file: first} : {};
  const passed = wanted.slice(0, wanted.length - names.length);
  const dbClient = nobody(tool.migrationsTable, direction === 'down' ? names : passed);
  try {
    await library.runner({...tool, ...how, ...one, direction, count, dbClient});
    return [];
  } catch (error) {
    const migration = begun(at);
    const trouble = troubleOf(error, migration, {folder});
    const failed = migration === undefined ? names : [migration.name];
    for (const name of failed)
      tell({kind: 'no-script', name, usesDatabase: migration?.usesDatabase === true, trouble});
    const place = names.indexOf(migration?.name ?? '');
    if (place < 0) return [];
    return direction === 'up' ? names.slice(place + 1) : names.slice(0, place);
  }
}

/** Set meanwhile, which the compiler does not see. */
function begun({migration}: {readonly migration?: Watched}): Watched | undefined {
  return migration;
}

const how = {
  dryRun: true,
  noLock: true,
  checkOrder: false,
  singleTransaction: false,
  verbose: false,
  logger: silent,
};

/** Says that the bookkeeping is there, and has these migrations. */
function nobody(table: string, recorded: readonly string[]): Client {
  return {
    query: async text => {
      const sql = String(text);
      if (sql.includes('information_schema.')) return {rows: [{table_name: table, constraint_name: 'key'}]};
      return {rows: sql.startsWith('SELECT name') ? recorded.map(name => ({name})) : []};
    },
  };
}

/** Whoever reads the file gets what the editor has. */
function pretend(path: string, text: string): void {
  const {readFileSync} = fs;
  const {readFile} = fs.promises;
  const instead = (given: unknown): string | undefined => (given === path ? text : undefined);
  Object.assign(fs, {
    readFileSync: (...given: Parameters<typeof readFileSync>) => instead(given[0]) ?? readFileSync(...given),
  });
  Object.assign(fs.promises, {
    readFile: async (...given: Parameters<typeof readFile>) => instead(given[0]) ?? readFile(...given),
  });
  syncBuiltinESMExports();
}
