import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {History, HistoryProblem} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {lockFileName, providerOf} from '../../core/prisma/lock-file.ts';
import {compareNames, parseName} from '../../core/prisma/names.ts';
import {codeOf, textOf} from '../shared/file-text.ts';
import {existing} from '../shared/read-files.ts';
import {majorOf} from './version.ts';

const script = 'migration.sql';

/** Reads the folder of migrations: each folder in it is one. Failures: `unreadable-file`. */
export async function readHistory(folder: string): Promise<Outcome<History>> {
  const names = await namesIn(folder);
  if (!names.ok) return names;
  const present = await existing(names.value.map(name => join(folder, name, script)));
  const gone = names.value.filter((_name, index) => present[index] === false);
  return ok({
    migrations: names.value.map((name, index) => ({
      id: name,
      ...parseName(name),
      ...(present[index] === true ? {up: join(folder, name, script)} : {}),
    })),
    problems: [
      ...(await versionProblem(folder)),
      ...(await providerProblem(folder)),
      ...gone.map(id => ({kind: 'missing-up' as const, id, paths: [join(folder, id)]})),
    ],
  });
}

/** @returns the names of the migrations, in the tool's order. Failures: `unreadable-file` */
export async function namesIn(folder: string): Promise<Outcome<readonly string[]>> {
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    return ok(
      entries
        .filter(entry => entry.isDirectory())
        .map(({name}) => name)
        .toSorted(compareNames),
    );
  } catch (error) {
    return fail('unreadable-file', `The migrations folder ${folder} cannot be read (${codeOf(error)}).`, {
      advice: 'Check that it exists and that you may read it.',
    });
  }
}

async function versionProblem(folder: string): Promise<readonly HistoryProblem[]> {
  const major = await majorOf(folder);
  if (major === undefined || major < 8) return [];
  return [
    {
      kind: 'other',
      paths: [folder],
      refused: true,
      words: `This project uses Prisma ${major}, which keeps the state of its migrations elsewhere than Prisma 7 and older do. Howdah would have to guess, so it runs nothing here: use Prisma’s own command line.`,
    },
  ];
}

async function providerProblem(folder: string): Promise<readonly HistoryProblem[]> {
  const path = join(folder, lockFileName);
  const lockFile = await textOf(path);
  if (lockFile === undefined) return [];
  const provider = providerOf(lockFile);
  if (provider === 'postgresql') return [];
  return [
    {
      kind: 'other',
      paths: [path],
      refused: true,
      words: `${lockFileName} says that these migrations are for ${provider ?? 'no database at all'}, so Prisma refuses to run them on PostgreSQL (P3019). Choose the folder of the PostgreSQL migrations, or begin a new history for PostgreSQL.`,
    },
  ];
}
