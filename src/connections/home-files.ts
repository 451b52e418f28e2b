import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {parsePassfile, type PassfileEntry} from '../core/connections/passfile.ts';
import {parseServiceFile, type Service} from '../core/connections/service-file.ts';
import {fail, type Failure, type Outcome} from '../core/outcome.ts';
import type {Machine} from './machine.ts';
import {readText} from './read-text.ts';

/** libpq's files of the user and of the machine: a file's path with what it holds, or why it cannot be used. */
export type HomeFile<T> =
  | {readonly kind: 'read'; readonly path: string; readonly content: readonly T[]}
  | {readonly kind: 'unusable'; readonly path: string; readonly failure: Failure};

/**
 * Reads the connection service files, the user's before the machine's.
 * Source: https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export async function readServiceFiles({
  env,
  home,
  platform,
}: Machine): Promise<readonly HomeFile<Service>[]> {
  const own = appData({env, platform}, '.pg_service.conf') ?? join(home, '.pg_service.conf');
  const system = env['PGSYSCONFDIR'];
  const paths = [env['PGSERVICEFILE'] || own, ...(system ? [join(system, 'pg_service.conf')] : [])];
  const files = await Promise.all(
    paths.map(async path => asHomeFile(path, await readText(path), parseServiceFile)),
  );
  return files.flatMap(file => file ?? []);
}

/**
 * Reads the password file, unless others than its owner can read it: libpq does not use such a file.
 * Source: https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * @param path the connection's own `passfile`
 * @returns undefined when there is none
 */
export async function readPassfile(
  machine: Machine,
  path?: string,
): Promise<HomeFile<PassfileEntry> | undefined> {
  const {env, home, platform} = machine;
  const usual = appData({env, platform}, 'pgpass.conf') ?? join(home, '.pgpass');
  const used = path || env['PGPASSFILE'] || usual;
  const text = await readText(used);
  if (text && platform !== 'win32' && (await isOpenToOthers(used))) {
    return {kind: 'unusable', path: used, failure: tooOpen()};
  }
  return asHomeFile(used, text, parsePassfile);
}

function asHomeFile<T>(
  path: string,
  text: Outcome<string> | undefined,
  parse: (text: string) => readonly T[],
): HomeFile<T> | undefined {
  if (!text) return undefined;
  if (!text.ok) return {kind: 'unusable', path, failure: text.failure};
  return {kind: 'read', path, content: parse(text.value)};
}

function appData({env, platform}: Pick<Machine, 'env' | 'platform'>, name: string): string | undefined {
  const folder = env['APPDATA'];
  return platform === 'win32' && folder ? join(folder, 'postgresql', name) : undefined;
}

async function isOpenToOthers(path: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined);
  return about !== undefined && (about.mode & 0o077) !== 0;
}

function tooOpen(): Failure {
  return fail('unreadable-file', 'The password file is not used, because others can read it.', {
    advice: 'Take their rights away with "chmod 600". PostgreSQL\'s own tools ask for the same.',
  }).failure;
}
