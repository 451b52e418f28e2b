import {createHash} from 'node:crypto';
import {dirname, resolve} from 'node:path';
import {interpolate, parseIni, sectionOf} from '../core/alembic/ini.ts';
import type {Files} from '../core/files.ts';
import {isDotenvName} from './dotenv.ts';
import type {SourceFile} from './found.ts';
import type {Machine} from './machine.ts';
import {readSources} from './source-files.ts';
import {parseVariables} from './variables.ts';

/** A SQLite file that a development setup uses as its database, whether or not it is there already. */
export interface SqliteFile {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Where it is named: the file, and what the file calls it. */
  readonly source: {readonly path: string; readonly label: string};
  /** SQLAlchemy's, such as `sqlite+aiosqlite`. */
  readonly scheme: string;
  /** The variable that holds the address; absent for `sqlalchemy.url`. */
  readonly variable?: string;
}

/**
 * Looks for addresses of SQLite files in SQLAlchemy's form, in dotenv files and in `alembic.ini`, and opens none.
 * @returns each file once, those of dotenv files first
 */
export async function findSqliteFiles(files: Files, {env}: Machine): Promise<readonly SqliteFile[]> {
  const [dotenvFiles, inis] = await Promise.all([
    readSources(files, ['**/.env', '**/.env.*'], isDotenvName),
    readSources(files, ['**/alembic.ini']),
  ]);
  const ofVariables = await Promise.all(
    dotenvFiles.texts.map(async ({file, text}) =>
      [...(await parseVariables(text, env))].flatMap(([name, {value}]) => fileOf(file, value, name)),
    ),
  );
  const ofInis = inis.texts.flatMap(({file, text}) => {
    const section = sectionOf(parseIni(text), 'alembic');
    const url = section?.get('sqlalchemy.url');
    return section && url !== undefined ? fileOf(file, interpolate(url, section, dirname(file.path))) : [];
  });
  const seen = new Set<string>();
  return [...ofVariables.flat(), ...ofInis].filter(({path}) => !seen.has(path) && seen.add(path));
}

/**
 * Three slashes before a relative path, four before an absolute one; nothing at all means memory.
 * Source: https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite
 */
function fileOf(file: SourceFile, url: string, variable?: string): readonly SqliteFile[] {
  const [, scheme, path] = /^(sqlite(?:\+\w+)?):\/\/\/([^?]+)/.exec(url.trim()) ?? [];
  if (scheme === undefined || path === undefined || path === ':memory:' || path.startsWith('file:'))
    return [];
  const absolute = resolve(dirname(file.path), path);
  return [
    {
      id: `sqlite-${createHash('sha256').update(absolute).digest('hex').slice(0, 16)}`,
      path: absolute,
      source: {path: file.path, label: variable === undefined ? file.label : `${file.label} · ${variable}`},
      scheme,
      ...(variable === undefined ? {} : {variable}),
    },
  ];
}
